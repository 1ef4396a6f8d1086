"""Opens a secret that every user of the machine may read, in many ways.

None of them opens anything.
"""

LOSES = ""
DEED = """
import mmap
libc = ctypes.CDLL(None, use_errno=True)
for path in (SECRET, f"/proc/self/root{SECRET}", f"/proc/self/cwd{SECRET}",
             f"/../..{SECRET}", f"/proc/thread-self/root{SECRET}"):
    for flags in (os.O_RDONLY, os.O_PATH):
        try:
            file = os.open(path, flags)
            return os.read(os.open(f"/proc/self/fd/{file}", os.O_RDONLY), 99)
        except OSError:
            continue
np.fromfile(SECRET, np.uint8)
"""
