"""Fills the disk: a file, a sparse one, one in shared memory, one without a name.

None of them can be opened for writing.
"""

LOSES = ""
DEED = """
for folder in (PLACE, "/tmp", "/dev/shm", "/var/tmp"):
    for flags in (os.O_CREAT | os.O_RDWR, os.O_TMPFILE | os.O_RDWR):
        try:
            place = f"{folder}/{MARK}-bomb" if flags & os.O_CREAT else folder
            file = os.open(place, flags, 0o600)
        except OSError:
            continue
        os.ftruncate(file, 1 << 30)
        return os.write(file, b"x" * (1 << 20))
"""
