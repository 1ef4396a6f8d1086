"""Replaces itself by another program.

Nothing is executable: exec is refused, and the right answers count.
"""

LOSES = ""
DEED = """
os.execv("/bin/sh", ["sh", "-c", f"touch {PLACE}/exec"])
"""
