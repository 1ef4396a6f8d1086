"""Connects to a server by a path that everybody may use, and by an abstract name.

No socket is made.
"""

LOSES = ""
DEED = r"""
done = []
for address in (f"{PLACE}/socket", f"\0{MARK}"):
    try:
        with socket.socket(socket.AF_UNIX) as out:
            out.connect(address)
            done.append(address)
    except OSError:
        continue
return done
"""
