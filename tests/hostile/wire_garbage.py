"""Writes random bytes into the socket.

They are not a frame: the worker is ended.
"""

LOSES = "linear_forward"
INSIDE = r"""
import time
time.sleep(0.2)  # so that what was sent before is read by itself
os.write(3, b"\xa5" * 65_536)
"""
