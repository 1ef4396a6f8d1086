"""Files: in folders for all, in shared memory, without a name, as attributes.

None can be made.
"""

TOOLS = ""
LEAVE = """
for place in ("/tmp", "/var/tmp", "/dev/shm", "/run", PLACE):
    try:
        with open(f"{place}/{MARK}-left", "wb") as file:
            file.write(word)
    except OSError:
        continue
for file in (os.__file__, np.__file__):
    try:
        os.setxattr(file, "user.left", word)
    except OSError:
        continue
"""
FETCH = """
for place in ("/tmp", "/var/tmp", "/dev/shm", "/run", PLACE):
    try:
        return open(f"{place}/{MARK}-left", "rb").read()
    except OSError:
        continue
for file in (os.__file__, np.__file__):
    try:
        return os.getxattr(file, "user.left")
    except OSError:
        continue
"""
