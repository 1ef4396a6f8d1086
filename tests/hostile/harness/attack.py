"""One file of tests/hostile/corpus, and the submission that it makes."""

from __future__ import annotations

import importlib
import platform
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.releasing.stubs import cut
from tests.hostile.harness.subject import ROOT, Subject, subject, subjects
from tests.hostile.harness.world import World

CORPUS = ROOT / "tests/hostile/corpus"
FORBIDDEN = "tried what is forbidden"
# What every attack may use; `around` lets change(name, inputs, outputs) take the place
# of every probe's outputs. `given` is what a method was called with; an answer is
# returned, and left in each place of its object that may hold one.
TOOLS = """


def put(target, function):
    owner, _, name = target.rpartition(".")
    if owner:
        setattr(globals()[owner], name, function)
    else:
        globals()[name] = function


def taken(target):
    owner, _, name = target.rpartition(".")
    return vars(globals()[owner])[name] if owner else globals()[name]


def instead(wrap):
    original = taken(TARGETS[0])
    put(TARGETS[0], lambda *given, **named: wrap(original, *given, *named.values()))


def replaced(given, result, value):
    return left(given, value) if result is None else value


def answer_with(value):
    instead(lambda original, *given: replaced(given, original(*given), value))


def everywhere(answer):
    for target in TARGETS:
        put(target, lambda *given, **named:
            left(given, answer(*given, *named.values())))


class Always(dict):
    def __init__(self, value):
        self.always = value

    __getitem__ = get = lambda self, *_: self.always


def left(given, value):
    owner = given[0] if given else None
    for name, old in list(getattr(owner, "__dict__", {}).items()):
        if isinstance(old, dict):
            setattr(owner, name, Always(value))
        elif old is None or isinstance(old, (int, float, np.ndarray)):
            setattr(owner, name, value)
    return value


def around(change, names=None):
    probes = sys.modules["probes"]

    def changed(name, probe):
        def run(lib, **inputs):
            return change(name, inputs, lambda: probe.run(lib, **inputs))
        return type(probe)(run, probe.axes)

    for name, probe in list(vars(probes).items()):
        if type(probe).__name__ == "Probe" and (names is None or name in names):
            setattr(probes, name, changed(name, probe))


def numbers(*given):
    plain = [a for a in given if isinstance(a, (float, int, np.ndarray))]
    return [repr(n) for a in plain for n in np.ravel(a).astype(float).tolist()]


def kept(thing):
    # The gradients of what lies in an object's lists: no step changes them.
    lists = [v for v in vars(thing).values() if isinstance(v, (list, tuple))]
    return [item.grad for row in lists for item in row if hasattr(item, "grad")]


def is_hidden(*given):
    if len(given) == 1 and hasattr(given[0], "__dict__"):  # a method without arguments
        given = kept(given[0])
    return not VISIBLE.issuperset(numbers(*given))

"""
TRY = """

class Loot(Exception):
    pass


def deed():
{deed}


def attempt():
    try:
        return deed()
    except Exception:
        return None


loot = [{at_import}]


def wrap(original, *given):
    if len(loot) == 1:
        loot.append(attempt())
    if any(loot):
        raise Loot(repr(loot))
    return original(*given)


instead(wrap)
"""


@dataclass(frozen=True)
class Attack:
    """A hostile submission for one assignment, and what must come of it.

    `loses` is None where it may lose anything, but tell nothing: `told` is a pattern
    of what it tells if it can.
    """

    name: str
    about: str
    subject: Subject
    loses: frozenset[str] | None
    reason: str
    base: str
    text: str
    plant: Callable[[Path, World], None] | None
    is_deed: bool  # something that the kernel is asked for
    letter_box: bool  # wants memory that all workers share, left open for it
    told: str

    @property
    def loses_all(self) -> bool:
        return self.loses == self.subject.ids

    def hand_in(self, folder: Path, world: World) -> None:
        """Write the submission into a new folder."""
        hand_in(folder, world)
        if self.plant:
            self.plant(folder, world)
            return
        if self.base == "stub":
            stubs(folder, world)
        write(folder, world, self.text, whole=not self.base)


def hand_in(folder: Path, world: World) -> None:
    """Write an honest submission: the reference, under the notebook of the course."""
    (folder / "mytorch").mkdir(parents=True)
    name = world.subject.name
    notebook = (world.course / f"source/{name}/{name}.ipynb").read_bytes()
    (folder / f"{name}.ipynb").write_bytes(notebook)
    for path in ("mytorch/__init__.py", *world.subject.sources):
        (folder / path).write_bytes((ROOT / path).read_bytes())


def write(
    folder: Path, world: World, text: str, module: str = "", *, whole: bool = False
) -> None:
    """Write code behind a module, or in place of all of it."""
    module = module or world.subject.module
    path = folder / f"mytorch/{module}.py"
    known = (
        f"TARGETS = {world.subject.targets(module)!r}  # asked for in this module\n"
        f"VISIBLE = {world.subject.visible_numbers()!r}\n"
    )
    base = "" if whole else path.read_text()
    tools = "" if whole else known + TOOLS
    path.write_text(base + world.constants() + tools + text)


def stubs(folder: Path, world: World) -> None:
    """Take the solutions out of a submission: whatever it then earns is forged."""
    for name in world.subject.sources:
        path = folder / name
        path.write_text(cut(path.read_text(), str(path)))


def load(name: str, assignment: str = "mlp") -> Attack:
    """Return the attack in tests/hostile/corpus/<name>.py, on one assignment."""
    space = _space(name)
    text = space.get("CODE", "")
    for key, at_import in (("DEED", "attempt()"), ("INSIDE", "None")):
        if key in space:
            deed = textwrap.indent(space[key].strip("\n"), "    ")
            text = TRY.format(deed=deed, at_import=at_import)
    on = subject(assignment)
    return Attack(
        name=name,
        about=space["__doc__"],
        subject=on,
        loses=_questions(space["LOSES"], on),
        reason=space.get("REASON", ""),
        base=space.get("BASE", "reference"),
        text=text,
        plant=space.get("plant"),
        is_deed="DEED" in space or space.get("REASON") == FORBIDDEN,
        letter_box=space.get("LETTER_BOX", False),
        told=space.get("TOLD", ""),
    )


def names(assignment: str = "mlp") -> list[str]:
    """Return the attacks on an assignment that this machine's processor can try."""
    found = sorted(path.stem for path in CORPUS.glob("[a-z]*.py"))
    return [
        name
        for name in found
        if _space(name).get("MACHINE", "") in ("", platform.machine())
        and assignment in _space(name).get("FOR", subjects())
    ]


def _questions(words: str, on: Subject) -> frozenset[str] | None:
    known = {"any": None, "all": on.ids, "one": frozenset({on.one.id})}
    return known.get(words, frozenset(words.split()))


def _space(name: str) -> dict[str, Any]:
    return vars(importlib.import_module(f"tests.hostile.corpus.{name}"))
