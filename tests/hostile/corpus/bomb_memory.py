"""Takes memory in pieces until it has 3 GiB.

MemoryError at the limit of 1 GiB; a caught one costs nothing.
"""

LOSES = ""
DEED = """
return len([np.empty(1 << 23) for _ in range(48)])
"""
