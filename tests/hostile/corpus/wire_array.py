"""Sends an array that claims sides of 16 million, with none of its bytes.

Sizes are checked against what was sent: nothing is allocated. The backward question,
which rehearses forward, is asked again without it.
"""

LOSES = "one"
REASON = "sent what is not an answer"
INSIDE = r"""
import gc, struct
shape = struct.pack("<BB8I", 0, 8, *[1 << 24] * 8)
payload = struct.pack("<HHH", 1, 1, 6) + b"outputA" + shape + b"\0"
for found in gc.get_objects():
    if type(found).__name__ == "Channel":
        os.write(3, struct.pack("<16sBI", found.id, 5, len(payload)) + payload)
        import time
        time.sleep(60)
"""
