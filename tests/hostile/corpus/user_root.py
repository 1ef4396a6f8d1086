"""Becomes root again, or gets a capability, or leaves its root.

It is another user without a capability, and the calls are refused.
"""

LOSES = ""
DEED = """
done = []
for act in (lambda: os.setuid(0), lambda: os.setresuid(0, 0, 0), lambda: os.setgid(0),
            lambda: os.setgroups([0]), lambda: os.chroot(PLACE)):
    try:
        act()
        done.append(True)
    except OSError:
        continue
return done
"""
