"""Tries to leave a file in every place where files are left.

None of them takes it.
"""

LOSES = ""
DEED = """
done = []
for folder in ("/tmp", "/var/tmp", "/dev/shm", "/run", "/", COURSE, os.getcwd(),
               f"{COURSE}/submitted/other/{ASSIGNMENT}", f"{COURSE}/mytorch"):
    try:
        done.append(open(f"{folder}/{MARK}", "w"))
    except OSError:
        continue
return done
"""
