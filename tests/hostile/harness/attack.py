"""One file of tests/hostile, and the submission that it makes."""

from __future__ import annotations

import importlib
import platform
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.releasing.stubs import cut
from tests.hostile.harness.world import ROOT, World
from tests.mlp.questions import QUESTIONS

ALL = frozenset(question.id for question in QUESTIONS)
CORPUS = ROOT / "tests/hostile/corpus"
FORBIDDEN = "tried what is forbidden"
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
linear_forward = Linear.forward


def forward(self, x):
    if len(loot) == 1:
        loot.append(attempt())
    if any(loot):
        raise Loot(repr(loot))
    return linear_forward(self, x)


Linear.forward = forward
"""
EVERYWHERE = """

def everywhere(answer):
    for layer in (Linear, ReLU, Sequential, CrossEntropyLoss):
        layer.forward = layer.backward = lambda self, *given: answer(self, *given)

"""


@dataclass(frozen=True)
class Attack:
    """A hostile submission and what must come of it."""

    name: str
    about: str
    loses: frozenset[str]
    reason: str
    base: str
    text: str
    plant: Callable[[Path, World], None] | None
    is_deed: bool  # something that the kernel is asked for

    def hand_in(self, folder: Path, world: World) -> None:
        """Write the submission into a new folder."""
        hand_in(folder, world)
        if self.plant:
            self.plant(folder, world)
            return
        if self.base == "stub":
            stubs(folder)
        nn = folder / "mytorch/nn.py"
        base = nn.read_text() + EVERYWHERE if self.base else ""
        nn.write_text(base + world.constants() + self.text)


def hand_in(folder: Path, world: World) -> None:
    """Write an honest submission: the reference, under the notebook of the course."""
    (folder / "mytorch").mkdir(parents=True)
    notebook = (world.course / "source/mlp/mlp.ipynb").read_bytes()
    (folder / "mlp.ipynb").write_bytes(notebook)
    for name in ("__init__", "nn", "optim"):
        source = (ROOT / f"mytorch/{name}.py").read_bytes()
        (folder / f"mytorch/{name}.py").write_bytes(source)


def stubs(folder: Path) -> None:
    """Take the solutions out of a submission: whatever it then earns is forged."""
    for name in ("nn", "optim"):
        path = folder / f"mytorch/{name}.py"
        path.write_text(cut(path.read_text(), str(path)))


def load(name: str) -> Attack:
    """Return the attack in tests/hostile/corpus/<name>.py."""
    space = vars(importlib.import_module(f"tests.hostile.corpus.{name}"))
    text = space.get("NN", "")
    for key, at_import in (("DEED", "attempt()"), ("INSIDE", "None")):
        if key in space:
            deed = textwrap.indent(space[key].strip("\n"), "    ")
            text = TRY.format(deed=deed, at_import=at_import)
    return Attack(
        name=name,
        about=space["__doc__"],
        loses=ALL if space["LOSES"] == "all" else frozenset(space["LOSES"].split()),
        reason=space.get("REASON", ""),
        base=space.get("BASE", "reference"),
        text=text,
        plant=space.get("plant"),
        is_deed="DEED" in space or space.get("REASON") == FORBIDDEN,
    )


def names() -> list[str]:
    """Return the names of all attacks that this machine's processor can try."""
    found = sorted(path.stem for path in CORPUS.glob("[a-z]*.py"))
    return [name for name in found if _machine(name) in ("", platform.machine())]


def _machine(name: str) -> str:
    found = importlib.import_module(f"tests.hostile.corpus.{name}")
    return str(getattr(found, "MACHINE", ""))
