"""Announces a frame of 4 GiB.

Lengths are checked before anything is read or allocated.
"""

LOSES = "one"
REASON = "returned more than"
INSIDE = r"""
os.write(3, bytes(16) + b"\5" + b"\xff" * 4)
"""
