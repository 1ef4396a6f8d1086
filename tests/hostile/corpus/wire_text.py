"""Sends names with escapes, bidi marks and half characters in its answers.

A name must be plain: the worker is ended. The backward question, which rehearses
forward, is asked again without it.
"""

LOSES = "one"
REASON = "sent what is not an answer"
INSIDE = r"""
import gc, struct, time
name = "\x1b[2J\u202e<script>".encode()
payload = struct.pack("<HHH", 1, 1, len(name)) + name + b"U\0\0" + b"\0"
for found in gc.get_objects():
    if type(found).__name__ == "Channel":
        os.write(3, struct.pack("<16sBI", found.id, 5, len(payload)) + payload)
        time.sleep(60)
"""
