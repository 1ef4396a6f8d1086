"""Writes into a folder in which everybody may write, and changes a file there.

Nothing is written and nothing changes.
"""

LOSES = ""
DEED = """
done = []
for act in (lambda: open(f"{PLACE}/new", "w").write("x"),
            lambda: open(f"{PLACE}/target", "a").write("x"),
            lambda: os.truncate(f"{PLACE}/target", 0),
            lambda: os.mkdir(f"{PLACE}/folder"),
            lambda: os.rename(f"{PLACE}/target", f"{PLACE}/moved"),
            lambda: os.link(f"{PLACE}/target", f"{PLACE}/link"),
            lambda: os.symlink("/etc", f"{PLACE}/etc"),
            lambda: os.mkfifo(f"{PLACE}/fifo"),
            lambda: os.mknod(f"{PLACE}/node"),
            lambda: os.chmod(f"{PLACE}/target", 0o777),
            lambda: os.utime(f"{PLACE}/target", (0, 0)),
            lambda: os.setxattr(f"{PLACE}/target", "user.x", b"x"),
            lambda: os.unlink(f"{PLACE}/target")):
    try:
        act()
        done.append(True)
    except OSError:
        continue
return done
"""
