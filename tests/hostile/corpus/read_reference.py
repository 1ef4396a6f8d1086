"""Opens the reference, hidden cases, mistakes and the solutions' notebook.

None of them can be opened.
"""

LOSES = ""
DEED = """
found = []
for path in ("mytorch/nn.py", "tests/mlp/hidden.py", "tests/mlp/mistakes.py",
             "tests/mlp/visible.json", "source/mlp/mlp.ipynb"):
    try:
        found.append(open(f"{COURSE}/{path}", encoding="utf-8").read(200))
    except OSError:
        continue
return found
"""
