"""Sends, for each question, an answer of 262,140 outputs in 65,535 cases.

Reading stops at the number of cases and the names that were asked for.
"""

LOSES = "all"
BASE = "stub"
CODE = r"""
import gc, struct

case = struct.pack("<H", 4) + 4 * (struct.pack("<H", 1) + b"aU\0\0") + b"\0"
flood = struct.pack("<H", 65_535) + 65_535 * case

def send(*_):
    for found in gc.get_objects():
        if type(found).__name__ == "Channel":
            data = memoryview(struct.pack("<16sBI", found.id, 5, len(flood)) + flood)
            while data:
                data = data[os.write(3, data):]

everywhere(send)
"""
