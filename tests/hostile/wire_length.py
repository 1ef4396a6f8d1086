"""Announces a frame of 4 GiB.

Lengths are checked before anything is read or allocated.
"""

LOSES = "linear_forward"
REASON = "returned more than"
INSIDE = r"""
import time
time.sleep(0.2)  # so that what was sent before is read by itself
os.write(3, bytes(16) + b"\6" + b"\xff" * 4)
"""
