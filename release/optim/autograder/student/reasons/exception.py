"""What it usually comes from when Python or numpy raises.

A hint is chosen by the kind and the message of what was raised, and holds nothing of
either: so it may be said of a hidden case too.
"""

from __future__ import annotations

import re

HINTS = {
    r"^AxisError": (
        "an axis that the array does not have: which axes does it have, from 0 on?"
    ),
    r"^LinAlgError": (
        "a function of np.linalg got a matrix that it cannot take: is it needed here?"
    ),
    r"cannot reshape": (
        "reshaped into another number of entries: is a size fixed that may change?"
    ),
    r"concatenation axis": (
        "arrays are put together whose other axes are not of the same length"
    ),
    r"core dimension|not be broadcast|shapes .* not aligned": (
        "the shapes do not fit: is it the matrix product, and is one transposed?"
    ),
    r"truth value of an": (
        "an array in an `if`, an `and` or a comparison with None: ask `is None`, or "
        "decide entry by entry with np.where"
    ),
    r"must be of integer|must be integers|valid indices": (
        "a place must be a whole number: are labels and one-hot rows mixed up?"
    ),
    r"^IndexError": (
        "a place that is not there: is a number of rows, columns or layers fixed, or "
        "that of another axis?"
    ),
    r"arrays can be converted|must be real number": (
        "a function for single numbers got an array: use the one of np"
    ),
    r"setting an array element|inhomogeneous": (
        "something of another shape is put where one number, or one row, belongs"
    ),
    r"Cannot cast ufunc|read-only|non-broadcastable output": (
        "this array cannot be changed in place (+=, -=, *=, /=): make a new one"
    ),
    r"NoneType": "something is None: is it set before, and is a return missing?",
    r"^KeyError": (
        "nothing is there under this key: is an entry made before it is added to?"
    ),
    r"changed size during|mutated during": (
        "it grows or shrinks while a loop goes over it: loop over a copy"
    ),
    r"^RecursionError": "a function calls itself without an end",
    r"^(UnboundLocalError|NameError)": (
        "a name without a value: is it spelled alike everywhere, and is self. missing?"
    ),
    r"^AttributeError": (
        "there is nothing of that name: is it the right object, and spelled alike?"
    ),
    r"^ZeroDivisionError": "a division by 0",
    r"not callable": "( ) stand behind what is no function",
    r"not iterable|unpack|not subscriptable|has no len": (
        "one thing where several were expected, or a number of them that is fixed"
    ),
    r"positional argument|unexpected keyword": (
        "called with other arguments than it takes"
    ),
}


def hint(kind: str, message: str) -> str:
    """Return what such an exception usually comes from, "" if nobody can say."""
    told = f"{kind}: {message}"
    return next((text for sign, text in HINTS.items() if re.search(sign, told)), "")
