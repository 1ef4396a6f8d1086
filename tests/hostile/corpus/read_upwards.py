"""Walks upwards from the handles of the library folders.

Landlock holds for what a handle leads to as well.
"""

LOSES = ""
DEED = """
found = []
for handle in range(3, 32):
    for up in ("..", "../..", "../../../../../../.."):
        for last in ("", "/etc/passwd", SECRET):
            try:
                file = os.open(f"{up}{last}", os.O_RDONLY, dir_fd=handle)
                found.append(os.fstat(file))
            except (OSError, ValueError):
                continue
return found
"""
