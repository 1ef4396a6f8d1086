"""How does an author say what is asked, and of which inputs?

`ask` declares a probe, `case` a row of data, `objects` a list of objects that a
library makes of given arrays. docs/authors.md explains each field with an example.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder.student.asking import SECOND, DeclaredProbe, Made, Objects
from autograder.student.questions import Case, Judge, Probe, Rule, Value
from autograder.student.typed import typed

Names = str | Sequence[str]


@typed
def objects(kind: str, make: Names, then: Names = ()) -> Objects:
    """Return a list of objects: "optim.Parameter" made with the inputs `make`.

    `then` names inputs that are set as attributes of the same names afterwards.
    """
    return Objects(kind, _names(make), _names(then))


@typed
def case(
    question: str,
    about: str,
    /,
    *,
    probe: str = "",
    judge: Judge | None = None,
    rtol: float = 1e-9,
    infinite: bool = False,
    again: Names | Mapping[str, Value] = (),
    **inputs: Value,
) -> Case:
    """Return a row: a question, what is special here in a few words, and the inputs.

    `again` makes a second call: the names of inputs that are drawn anew for it, or
    the inputs themselves. The other options are those of `Case`.
    """
    if not isinstance(again, Mapping):
        unknown = ", ".join(name for name in _names(again) if name not in inputs)
        if unknown:
            raise TypeError(f"again: there is no input '{unknown}' to draw anew")
        again = {name: inputs[name] for name in _names(again)}
    second = {f"{SECOND}{name}": value for name, value in again.items()}
    return Case(question, about, {**inputs, **second}, probe, judge, rtol, infinite)


@typed
def ask(
    target: str,
    *,
    args: Names = (),
    by_name: Names = (),
    make: Made | Sequence[Made] = (),
    state: Names | Mapping[str, Made] = (),
    rehearse: Names = (),
    see: Names = (),
    same: Names = (),
    output: str = "output",
    flat: Mapping[str, int | tuple[int, ...]] | None = None,
    zero: Names = (),
    axes: Mapping[str, str] | None = None,
    **lists: Objects,
) -> Probe:
    """Return the probe that calls `target` with the inputs `args` and looks around.

    The table in docs/authors.md says what each field means.
    """
    if not isinstance(state, Mapping):
        state = {name: name for name in _names(state)}
    for name, given in lists.items():
        if not isinstance(given, Objects):
            raise TypeError(f"ask() has no field '{name}', and it is no objects(...)")
    same = _names(same)
    flats = {k: (v,) if isinstance(v, int) else v for k, v in (flat or {}).items()}
    rules = {
        name: Rule(name in same, flats.get(name, ()), name in _names(zero))
        for name in {*flats, *_names(zero), *same}
    }
    made = (make,) if isinstance(make, str) or callable(make) else tuple(make)
    lookups = {"args": args, "by_name": by_name, "rehearse": rehearse, "see": see}
    declared = DeclaredProbe(
        target=tuple(target.split(".")),
        make=made,
        state=state,
        same=same,
        output=output,
        rules=rules,
        axes=axes or {},
        objects=lists,
        **{field: _names(names) for field, names in lookups.items()},
    )
    return Probe(declared, axes or {})


def _names(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)
