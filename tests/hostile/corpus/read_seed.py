"""Opens the secret seed of the course.

It cannot be opened: not by this user, and not by any under Landlock.
"""

LOSES = ""
DEED = """
return open(f"{COURSE}/.course_seed").read()
"""
