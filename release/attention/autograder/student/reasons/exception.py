"""What is the usual cause of an exception of Python or NumPy?

A hint holds nothing of what was raised, so it may be said of a hidden case too.
"""

from __future__ import annotations

import re

HINTS = {
    r"^AxisError": "the array has no such axis: count the axes from 0",
    r"^LinAlgError": (
        "a function of np.linalg cannot take this matrix: is it needed here?"
    ),
    r"cannot reshape": (
        "reshape to a different number of entries: is a size hard-coded, or was "
        "another axis summed?"
    ),
    r"concatenation axis": "arrays that are concatenated differ in another axis",
    r"core dimension|not be broadcast|shapes .* not aligned": (
        "the shapes do not fit: is it the matrix product, and is one transposed?"
    ),
    r"truth value of an": (
        "an array in an `if`, an `and` or a comparison with None: ask `is None`, or "
        "decide entry by entry with np.where"
    ),
    r"slices, not tuple": "a tuple takes one number in []: is axis a tuple here?",
    r"more dimensions": "an axis too many: was one put back that keepdims had kept?",
    r"must be of integer|must be integers|valid indices": (
        "an index must be an integer: are labels and one-hot rows mixed up?"
    ),
    r"boolean index did not match": (
        "a mask in [] must have the array's own shape: np.where stretches it"
    ),
    r"^IndexError": (
        "index out of range: is a size hard-coded, or taken from another axis?"
    ),
    r"arrays can be converted|must be real number": (
        "a function for single numbers got an array: use NumPy's function"
    ),
    r"setting an array element|inhomogeneous": (
        "an array of another shape is assigned to a single entry, or to a row"
    ),
    r"non-broadcastable output": (
        "+=, -=, *= and /= keep the shape of the left side, and the right side has "
        "another: is it transposed, not summed, or is a slice cut off at the edge?"
    ),
    r"Cannot cast ufunc|read-only": (
        "this array cannot be changed in place (+=, -=, *=, /=): make a new one"
    ),
    r"NoneType": "something is None: is it set before, and is a return missing?",
    r"^KeyError": (
        "the dictionary has no such key: is an entry set before it is added to?"
    ),
    r"changed size during|mutated during": (
        "it changes its size while a loop runs over it: loop over a copy"
    ),
    r"^RecursionError": "the function calls itself without end",
    r"^(UnboundLocalError|NameError)": (
        "a variable without a value: is it spelled the same everywhere, and is self. "
        "missing?"
    ),
    r"^AttributeError": (
        "there is no attribute of that name: is it the right object, and spelled right?"
    ),
    r"^ZeroDivisionError": "a division by 0",
    r"not callable": "something that is not a function is called: is a ( ) too many?",
    r"zip\(\) argument": (
        "another number of values than expected: is it a tuple, with the comma of (x,)?"
    ),
    r"values to unpack": (
        "another number of values than there are names left of the =: has the array "
        "more or fewer axes here?"
    ),
    r"not iterable|unpack|not subscriptable|has no len": (
        "one value where several are expected, or another number of them"
    ),
    r"positional argument|unexpected keyword": (
        "a function is called with other arguments than it takes"
    ),
}


def hint(kind: str, message: str) -> str:
    """Return the usual cause of such an exception, "" if none is known."""
    told = f"{kind}: {message}"
    return next((text for sign, text in HINTS.items() if re.search(sign, told)), "")
