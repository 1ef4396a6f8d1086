"""Looks for the host's paths in the arguments of its process, and in settings.

A worker is told no path of the course and of the engine.
"""

LOSES = ""
DEED = """
seen = [*sys.argv, *getattr(sys, "orig_argv", ()), *sys.path, os.getcwd(),
        sys.executable or "", *map(repr, sys.path_importer_cache)]
return [text for text in seen if (COURSE in text or ENGINE in text)
        and "site-packages" not in text]  # numpy must be found
"""
