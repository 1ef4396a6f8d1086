"""Makes a socket of every family and kind that the kernel may know.

None is made.
"""

LOSES = ""
DEED = """
done = []
for family in range(46):
    for kind in (1, 2, 3, 5):
        try:
            socket.socket(family, kind).close()
            done.append((family, kind))
        except OSError:
            continue
return done
"""
