"""Guesses the ids of questions, thousands of times.

The first wrong one ends the worker.
"""

LOSES = "all"
BASE = "stub"
CODE = r"""
import struct

def guess(*_):
    for number in range(10_000):
        id = number.to_bytes(16, "little")
        os.write(3, struct.pack("<16sBI", id, 5, 5) + struct.pack("<HH", 1, 0) + b"\0")

everywhere(guess)
"""
