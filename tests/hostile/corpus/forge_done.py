"""Says that its modules have loaded, under the right id, and then raises.

It is believed; what it sends afterwards answers no question.
"""

LOSES = "all"
BASE = "stub"
CODE = r"""
import gc, struct

for found in gc.get_objects():
    if type(found).__name__ == "Channel":
        for kind, payload in ((3, struct.pack("<H", 2) + b"nn" + b"\0"), (4, b"")):
            os.write(3, struct.pack("<16sBI", found.id, kind, len(payload)) + payload)
raise ValueError("loaded")
"""
