"""Lists submitted/ and opens what others handed in.

Neither the folder nor a file in it can be opened.
"""

LOSES = ""
DEED = """
found = []
for root in (f"{COURSE}/submitted", PLACE, "/"):
    try:
        found += os.listdir(root)
    except OSError:
        continue
try:
    found.append(open(f"{COURSE}/submitted/other/{ASSIGNMENT}/mytorch/{MODULE}.py").read())
except OSError:
    pass
return found
"""
