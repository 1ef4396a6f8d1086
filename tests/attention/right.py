"""Which programs are right besides the reference? For tests only."""

from tests.support.programs import Right

RIGHT: tuple[Right, ...] = ()
