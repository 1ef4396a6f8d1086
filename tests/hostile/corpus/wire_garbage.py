"""Writes random bytes into the socket.

They are not a frame: the worker is ended.
"""

LOSES = "one"
INSIDE = r"""
os.write(3, b"\xa5" * 65_536)
"""
