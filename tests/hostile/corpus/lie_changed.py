"""Answers each case with outputs of another type, size or kind, ever another one.

Whatever comes is judged: nothing of it makes the judge fail or warn.
"""

LOSES = "any"
CODE = """
import itertools

changes = itertools.cycle([
    lambda a: a > 0, lambda a: a * 1j, lambda a: a * np.nan, lambda a: str(a),
    lambda a: None, lambda a: a.tolist(), lambda a: [a, str(a), None, True, 10**30],
    lambda a: np.zeros((0, 3)), lambda a: a.astype("u1"), lambda a: float("inf"),
    lambda a: (1, (2, (3, []))), lambda a: True, lambda a: a[None].astype("f2"),
    lambda a: -1, lambda a: 1e300 * (a + 1), lambda a: [],
])

def change(name, inputs, outputs):
    how = next(changes)
    for name, value, *_ in outputs():
        try:
            yield name, how(np.asarray(value))
        except Exception:
            yield name, None

around(change)
"""
