"""Looks for the host's paths in the code that it runs beside: file names, modules.

Code of the engine and of the probes has neutral file names.
"""

LOSES = ""
DEED = """
import gc, types
found, frame = set(), sys._getframe()
while frame:
    found.add(frame.f_code.co_filename)
    frame = frame.f_back
for one in gc.get_objects():
    if isinstance(one, types.FunctionType):
        found.add(one.__code__.co_filename)
for module in list(sys.modules.values()):
    found |= {str(getattr(module, name, "")) for name in ("__file__", "__path__")}
return [text for text in found if (COURSE in text or ENGINE in text)
        and "site-packages" not in text]  # compiled into numpy's own files
"""
