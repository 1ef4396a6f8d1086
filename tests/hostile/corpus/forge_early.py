"""Sends answers before any question was asked, while nn.py is imported.

They bear no id of a question: the worker is ended, and what needs nn is lost.
"""

LOSES = "all"
REASON = "did not load"
BASE = "stub"
CODE = r"""
import struct

payload = struct.pack("<HH", 0, 0) + b"\0"
for kind in (5, 4, 1, 2, 3, 6, 7):
    os.write(3, struct.pack("<16sBI", bytes(16), kind, len(payload)) + payload)
"""
