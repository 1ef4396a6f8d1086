"""Reads from every descriptor that it was born with.

There is /dev/null, the two outputs, the socket, and handles that cannot be read.
"""

LOSES = ""
DEED = """
found = []
for handle in range(4, 1024):
    try:
        found.append(os.read(handle, 64))
    except OSError:
        continue
for handle in (1, 2):
    try:
        found.append(os.read(handle, 64))
    except OSError:
        continue
return found
"""
