"""Searches all memory that it can reach for the secret that the grader knows.

The zygote was never told any secret: its copy in the worker has none.
"""

LOSES = ""
DEED = """
import gc
word = "canary" + "-of-"
return [s for s in gc.get_objects() for s in (gc.get_referents(s) if isinstance(s,
        (dict, list, tuple)) else ()) if isinstance(s, str) and word in s
        and 20 < len(s) < 99 and SECRET not in s]
"""
