"""Opens the memory of its parent and of itself as a file.

Neither opens.
"""

LOSES = ""
DEED = """
for pid in (os.getppid(), VICTIM, "self"):
    for mode in ("rb", "r+b"):
        try:
            return open(f"/proc/{pid}/mem", mode, buffering=0)
        except OSError:
            continue
"""
