"""Climbs the stack and the garbage collector's lists, looking for answers.

A worker holds inputs and nothing else: there is nothing to find.
"""

LOSES = ""
DEED = """
import gc
wanted = {"expected", "reference", "seed", "course", "trials", "mistakes", "hidden"}
found, frame = [], sys._getframe()
while frame:
    found += wanted & set(frame.f_locals)
    frame = frame.f_back
names = {"Course", "Trial", "Grader", "Misconception", "Pool", "Report", "Case"}
found += [type(o).__name__ for o in gc.get_objects() if type(o).__name__ in names]
return found
"""
