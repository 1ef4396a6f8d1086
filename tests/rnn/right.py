"""Which programs are right besides the reference, and what do finite differences prove?

For tests only.
"""

from tests.support.programs import Right

# question, of which, gradient by input, the input that weighs
SLOPES: tuple[tuple[object, ...], ...] = ()
RIGHT: tuple[Right, ...] = ()
