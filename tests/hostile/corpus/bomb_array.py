"""Asks numpy for 2 GiB at once.

MemoryError; a caught one costs nothing.
"""

LOSES = ""
DEED = """
return np.empty(1 << 28).size
"""
