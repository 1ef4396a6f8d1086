"""Do two values agree, and if not, what is the most likely reason?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from autograder.student.equality import RTOL, close, same_shape
from autograder.student.kinds import Kind
from autograder.student.probing import Output, Unusable
from autograder.student.questions import PLAIN, Array, Rule, Value
from autograder.student.reasons import array

BARE_ZERO = "a bare 0, expected an array: not yet written?"
CHANGED = "was changed: leave it as it came, and work on a copy"
FUNCTION = "is a function, expected an array: are the () of a call missing?"
# What came instead of an array, by its type or the first words of `Unusable`.
INSTEAD = {
    "NotImplementedType": "is NotImplemented: not yet written",
    "generator": "is a generator, expected an array: is there a yield for a return?",
    "function": FUNCTION,
    "builtin_function_or_method": FUNCTION,
    "method": FUNCTION.replace("function", "method"),
    "a subclass of ndarray": (
        "is a subclass of an array, such as np.matrix or a masked one, expected a "
        "plain NumPy array"
    ),
    "an array of object": (
        "is an array of objects, expected numbers: is there a row of another length, "
        "or something else than a number in it?"
    ),
    "an array of more than": "is far larger than what the formula gives",
    "NoneType": "is None: is a return or an assignment missing, or not yet written?",
    "list": "is a list, expected a NumPy array: np.array makes one of it",
    "tuple": "is a tuple, expected one array: is there a comma too many?",
    "str": "is text, expected a NumPy array or a number",
}
TYPES = {"NoneType": "None", "str": "text", "list": "a list", "tuple": "a tuple"}
TYPES["ndarray"] = "an array or a number"


@dataclass(frozen=True)
class Finding:
    """Why the output `name` is not right, or the case as a whole ("").

    `text` holds no number of any array and no word of a student's program, so it may
    be said of a hidden case. `seen` is said of visible cases in its place: it has
    shapes and types of this case, or what was raised. `call` is 2 for what a second
    call raised. A `vague` one is said for want of something better: how the values come
    about would say more.
    """

    kind: Kind
    text: str
    seen: str = ""
    name: str = ""
    call: int = 1
    vague: bool = False

    def say(self, visible: bool) -> str:
        """Return the reason in one line; with the numbers if the case is visible."""
        return (visible and self.seen) or self.text


@np.errstate(all="ignore")  # whatever numbers came
def compare(
    expected: Value,
    got: Output,
    rule: Rule = PLAIN,
    sizes: Mapping[str, int] | None = None,
    *,
    axes: tuple[str, ...] = (),
    rtol: float = RTOL,
) -> Finding | None:
    """Return None if `got` is as good as `expected`, else the likeliest reason.

    `sizes` names sizes of this case ({"N": 5, "O": 2}), so that a factor can be
    named; `axes` names the axes of the output, so that a place can be.
    """
    if equal(expected, got, rule, rtol):
        return None
    if rule.same:
        return Finding(Kind.CHANGED, CHANGED)
    if not isinstance(expected, np.ndarray):
        return _value_finding(expected, got, rtol)
    if not isinstance(got, np.ndarray):
        return _no_array(got)
    if expected.ndim and not got.ndim and not got.any():
        return Finding(Kind.SHAPE, BARE_ZERO, vague=True)
    if not same_shape(expected, got, rule.flat):
        text = next(array.shape_reasons(expected.shape, got.shape, axes))
        seen = f"has shape {got.shape}, expected {expected.shape}: {text}"
        return Finding(Kind.SHAPE, text, seen)
    return _entries_finding(expected, got.reshape(expected.shape), sizes or {}, axes)


def equal(expected: Value, got: Output, rule: Rule = PLAIN, rtol: float = RTOL) -> bool:
    """Return whether `got` is as good as `expected`: type, shape, and all entries."""
    if not isinstance(got, type(expected)):
        return False
    if isinstance(got, list | tuple):
        pairs = zip(expected, got, strict=False)
        return len(got) == len(expected) and all(equal(*p, rule, rtol) for p in pairs)
    if not isinstance(got, np.ndarray):
        return bool(got == expected)
    if rule.zero and got.ndim == 0 and not expected.any():
        return not got.any()
    return (
        _fits(expected, got)
        and same_shape(expected, got, rule.flat)
        and close(expected, got.reshape(expected.shape), rtol)
    )


def _fits(expected: Array, got: Array) -> bool:
    """Return whether the type will do: truth values for such, else real numbers."""
    real = got.dtype == np.float64 or got.dtype.kind in "iu"
    return got.dtype == expected.dtype or (expected.dtype != bool and real)


def _no_array(got: Output) -> Finding:
    """Return what to say of something that is neither an array nor a number."""
    what = _type_of(got)
    for start, text in INSTEAD.items():
        if f"{what} ".startswith(f"{start} "):
            unwritten = start == "NotImplementedType"
            return Finding(Kind.UNWRITTEN if unwritten else Kind.DTYPE, text)
    text = "neither a NumPy array nor a number"
    return Finding(Kind.DTYPE, text, f"is {what}, expected an array: {text}")


def _type_of(got: Output) -> str:
    return got.what if isinstance(got, Unusable) else type(got).__name__


def _value_finding(expected: Value, got: Output, rtol: float) -> Finding:
    """Return what is wrong where text, a list or None was expected."""
    want, have = (TYPES.get(_type_of(value), "") for value in (expected, got))
    if want != have or isinstance(got, Unusable):
        # Of the same name where its name, or what it holds, is odd: no more is said.
        came = f", got {have}" if have not in ("", want) else ""
        return Finding(Kind.DTYPE, f"expected {want}{came}")
    if isinstance(expected, str):
        return Finding(Kind.VALUES, _text_reason(expected, got))
    return _items_finding(expected, got, rtol)


def _items_finding(expected: Value, got: Value, rtol: float) -> Finding:
    if len(got) != len(expected):
        more = "more" if len(got) > len(expected) else "fewer"
        text = f"{more} items than expected"
        seen = f"has {len(got)} items, expected {len(expected)}: {text}"
        return Finding(Kind.SHAPE, text, seen)
    if sorted(map(repr, expected)) == sorted(map(repr, got)):
        return Finding(Kind.VALUES, "the right items in another order")
    found = (compare(*pair, rtol=rtol) for pair in zip(expected, got, strict=True))
    number, inner = next((i, each) for i, each in enumerate(found) if each)
    place = {0: "the first", len(got) - 1: "the last"}.get(number, "a later")
    text = f"wrong from {place} item on: {inner.text}"
    seen = inner.seen and inner.seen.removesuffix(inner.text) + text
    return Finding(inner.kind, text, seen)


def _text_reason(expected: str, got: str) -> str:
    if got.lower() == expected.lower():
        return "right but for upper and lower case"
    if got.split() == expected.split() or got.strip() == expected.strip():
        return "right but for spaces or line ends"
    if got == expected[::-1]:
        return "reversed"
    if got in expected:
        return "a part of what was expected: does it stop too early?"
    if got.startswith(expected):
        return "goes on after what was expected: does it stop too late?"
    return "another text than expected"


def _entries_finding(
    expected: Array, got: Array, sizes: Mapping[str, int], axes: tuple[str, ...]
) -> Finding:
    """Return what is wrong with the type or the entries, where the shapes agree."""
    if not _fits(expected, got):
        wanted = "bool" if expected.dtype == bool else "float64"
        text = array.dtype_reason(expected, got)
        seen = f"has type {got.dtype.name}, expected {wanted}: {text}"
        return Finding(Kind.DTYPE, text, seen)
    if text := next(array.value_reasons(expected, got, sizes), ""):
        return Finding(Kind.VALUES, text)
    return Finding(Kind.VALUES, array.place_reason(expected, got, axes), vague=True)
