"""Prints without end.

It is ended at 1 MiB, and that question alone is lost.
"""

LOSES = "one"
REASON = "printed more than"
INSIDE = """
while True:
    os.write(1, b"all work and no play " * 1000)
"""
