"""What may travel between a worker and the judge?

Arrays of a plain dtype (bool and infinity included), Python's int, float, bool, str
and None, and lists and tuples of these, nested, within the caps below.
"""

from __future__ import annotations

from typing import Any

# Any of the types above: a checker of types cannot say it more exactly in a way that
# spares every reader of a value a chain of isinstance.
Value = Any

MAX_DEPTH = 8  # of lists within lists
MAX_ITEMS = 10_000  # of one value, at all depths together
MAX_TEXT = 10_000  # characters of one text
MAX_INT_BYTES = 128
MAX_DIMENSIONS = 8
MAX_SIDE = 1 << 24
MAX_BYTES = 8 << 20  # of one array
