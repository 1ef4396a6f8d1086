"""When a file of Python's library was read last, which `stat` tells to everybody.

At level 4 the library is mounted so that reading leaves no trace. At level 3 it does,
where the file system keeps the time: docs/threat-model.md says so.
"""

# Needs a library whose files were read long ago: the copy in harness/house.py.
AGED = True
TOOLS = """
import email
place = os.path.dirname(os.path.dirname(email.__file__))
# Nobody imports these.
files = [f"{place}/{name}.py" for name in ("this", "antigravity", "nturl2path")]
"""
LEAVE = """
for file in files:
    open(file).read()
"""
FETCH = """
found = [os.stat(file).st_atime > 1_000_000_000 for file in files]
return bytes(found) if any(found) else None
"""
