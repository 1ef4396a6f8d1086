"""Finds the worker's channel and sends answers of its own under the right id.

What it sends is only what it could have returned, and it has no right answer.
"""

LOSES = "all"
BASE = "stub"
CODE = r"""
import gc, struct, sys

def forged():
    ones = struct.pack("<BBII", 0, 2, 5, 3) + np.ones((5, 3)).tobytes()
    named = struct.pack("<H", 6) + b"output" + b"A" + ones
    return struct.pack("<H", 1) + named + b"\0"

def asked():
    frame = sys._getframe()
    while "cases" not in frame.f_locals:
        frame = frame.f_back
    return len(frame.f_locals["cases"])

def forge(*_):
    for found in gc.get_objects():
        if type(found).__name__ == "Channel":
            payload = struct.pack("<H", asked()) + asked() * forged()
            head = struct.pack("<16sBI", found.id, 5, len(payload))
            os.write(3, head + payload)

everywhere(forge)
"""
