"""Memory that the parent shares with other workers: any mapping that can be found.

A worker has no mapping that another one has, too.
"""

TOOLS = """
import gc, mmap

def pages():
    frame, left, seen = sys._getframe(), [], set()
    while frame:
        left += frame.f_locals.values()
        frame = frame.f_back
    for _ in range(200_000):
        if not left:
            break
        one = left.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if type(one) is mmap.mmap:
            yield one
        elif type(one).__module__ != "builtins" or type(one) in (dict, list, tuple):
            left += gc.get_referents(one)
"""
LEAVE = """
for page in pages():
    try:
        page[8:8 + len(word)] = word
        page[-1] = len(word)
    except (TypeError, ValueError):
        continue
"""
FETCH = """
for page in pages():
    try:
        if page[-1]:
            return page[8:8 + page[-1]]
    except (IndexError, ValueError):
        continue
"""
