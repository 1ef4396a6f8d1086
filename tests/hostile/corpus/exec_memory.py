"""Writes a program into memory and executes it from there.

There is no file in memory, and exec is refused.
"""

LOSES = ""
DEED = """
program = os.memfd_create("program", 0)
os.write(program, open("/usr/bin/touch", "rb").read())
os.execve(program, ["touch", f"{PLACE}/memory"], {})
"""
