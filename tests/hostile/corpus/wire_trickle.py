"""Sends the beginning of a frame and then a byte now and then.

Waiting for the rest ends with the clock.
"""

LOSES = "one"
REASON = "slept or waited"
INSIDE = """
import gc, struct, time
for found in gc.get_objects():
    if type(found).__name__ == "Channel":
        os.write(3, struct.pack("<16sBI", found.id, 5, 10_000))
        while True:
            os.write(3, b"x")
            time.sleep(0.05)
"""
