"""Opens descriptors without end.

The limit is 32.
"""

LOSES = ""
DEED = """
return [os.dup(0) for _ in range(500)]
"""
