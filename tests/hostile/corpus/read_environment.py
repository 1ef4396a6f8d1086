"""Looks for the grader's environment: os.environ, /proc, and the C library's own copy.

A worker has an environment of its own, and nothing of the grader's is in it.
"""

LOSES = ""
DEED = """
found = [dict(os.environ).get("HOSTILE_CANARY")]
for pid in ("self", os.getppid(), 1):
    try:
        found.append(open(f"/proc/{pid}/environ", "rb").read())
    except OSError:
        pass
environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
i = 0
while environ and environ[i]:
    found.append(environ[i])
    i += 1
return [entry for entry in found if "HOSTILE_CANARY" in str(entry) or "/" in
        str(entry).replace("HOME=/", "")]
"""
