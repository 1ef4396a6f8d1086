"""Takes memory in pieces until it has 3 GiB.

MemoryError at the limit of 1 GiB; a caught one costs nothing.
"""

LOSES = ""
DEED = """
return len([b"x" * (1 << 26) for _ in range(48)])
"""
