"""Hides memory in a file that exists in memory only.

memfd_create is refused.
"""

LOSES = ""
DEED = """
file = os.memfd_create("hidden")
return os.write(file, b"x" * (1 << 24))
"""
