"""When a link was followed last: links may be read wherever they lie.

At level 4 they are mounted so that it leaves no trace. At level 3 any link of the
machine can be such a place: docs/threat-model.md says so.
"""

# At level 3 the machine's own links would tell what anybody did.
AGED = True
TOOLS = """
links = ["/dev/core", "/dev/ptmx", "/dev/stderr", "/proc/net", "/lib32", "/libx32"]
links = [link for link in links if os.path.islink(link)]
"""
LEAVE = """
for link in links:
    os.readlink(link)
"""
FETCH = """
found = [os.lstat(link) for link in links]
found = [status.st_atime_ns > status.st_mtime_ns for status in found]
return bytes(found) if any(found) else None
"""
