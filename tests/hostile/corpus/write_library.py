"""Plants code in Python's own library and in caches, for the next run to import.

Nothing there opens for writing.
"""

LOSES = ""
DEED = """
import importlib.util, json
done = []
for place in {os.path.dirname(m.__file__) for m in list(sys.modules.values())
              if getattr(m, "__file__", None) and "/" in str(m.__file__)}:
    for name in (f"{MARK}.py", f"__pycache__/{MARK}.pyc"):
        try:
            open(f"{place}/{name}", "w").close()
            done.append(place)
            os.unlink(f"{place}/{name}")
        except OSError:
            continue
return done
"""
