"""Lists the machine's processes and reads their command lines and maps.

Nothing of /proc opens.
"""

LOSES = ""
DEED = """
found = []
for path in ("/proc", "/proc/1", f"/proc/{VICTIM}", "/proc/self/task"):
    try:
        found += os.listdir(path)
    except OSError:
        continue
for name in ("cmdline", "maps", "status", "mountinfo", "net/tcp", "fdinfo/3"):
    for pid in ("self", os.getppid(), VICTIM):
        try:
            found.append(open(f"/proc/{pid}/{name}", "rb").read(200))
        except OSError:
            continue
return found
"""
