"""Opens the reference, hidden cases, mistakes and the solutions' notebook.

None of them can be opened.
"""

LOSES = ""
DEED = """
found = []
material = f"tests/{ASSIGNMENT}"
for path in (f"mytorch/{MODULE}.py", f"{material}/hidden.py",
             f"{material}/mistakes.py", f"{material}/visible.json",
             f"source/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"):
    try:
        found.append(open(f"{COURSE}/{path}", encoding="utf-8").read(200))
    except OSError:
        continue
return found
"""
