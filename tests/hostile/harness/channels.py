"""Channels: what one run may leave for a later one, tried in pairs and repeats.

A file of tests/hostile/channels has two functions' bodies, LEAVE (with `word`, some
bytes) and FETCH, which returns what was left, or nothing. Of each three submissions
are made: one that leaves, one that fetches and tells, and one that does both, for
itself: it leaves a hidden input, ends its process, and fetches in the next one.
"""

from __future__ import annotations

import importlib
import shutil
import textwrap
from pathlib import Path
from types import ModuleType

from autograder.judging.report import Report
from tests.hostile.harness import attack
from tests.hostile.harness.subject import ROOT
from tests.hostile.harness.trial import Trial, start, verdict_of
from tests.hostile.harness.world import World

FOLDER = ROOT / "tests/hostile/channels"
LOOT = "something was left here"
BOTH = """

class Loot(Exception):
    pass


def leave(word):
{leave}


def fetch():
{fetch}

"""
LEAVES = """
def wrap(original, *given):
    leave(b"left by somebody")
    return original(*given)


leave(b"left by somebody")
instead(wrap)
"""
FETCHES = """
found = fetch()
if found:
    raise Loot(f"something was left here: {found.hex()}")
"""
# What is fetched can be told, or used: both lose more than `one`.
OWN = """
def wrap(original, *given):
    if is_hidden(*given):
        leave(" ".join(numbers(*given))[:24].encode())
        os._exit(0)
    return original(*given)


found = fetch()
if found:
    raise Loot(f"something was left here: {found.decode('utf-8', 'replace')}")
instead(wrap)
"""
TEXTS = {"leaves": LEAVES, "fetches": FETCHES, "own": OWN}


def names(aged: bool = False) -> list[str]:
    """Return the channels; with `aged` those too that need a library not yet read."""
    found = sorted(path.stem for path in FOLDER.glob("[a-z]*.py"))
    return [name for name in found if aged or not hasattr(_space(name), "AGED")]


def hand_in(folder: Path, world: World, channel: str, part: str) -> None:
    """Write one of the three submissions of a channel into a new folder."""
    attack.hand_in(folder, world)
    attack.write(folder, world, text(channel, part))


def text(channel: str, part: str) -> str:
    space = _space(channel)
    bodies = {
        name: textwrap.indent(getattr(space, name.upper()).strip("\n"), "    ")
        for name in ("leave", "fetch")
    }
    return str(space.TOOLS) + BOTH.format(**bodies) + TEXTS[part]


def _space(channel: str) -> ModuleType:
    return importlib.import_module(f"tests.hostile.channels.{channel}")


def grade(trial: Trial, channel: str, part: str) -> Report:
    folder = trial.world.folder / "handed-in"
    hand_in(folder, trial.world, channel, part)
    try:
        return trial.grader.grade(trial.grader.read(folder))
    finally:
        shutil.rmtree(folder)


def complaints(trial: Trial, channel: str) -> list[str]:
    """Return what one run got of what an earlier one left, in pairs and repeats."""
    wrong = []
    # The first says whether the channel says something where nothing was left.
    order = ("fetches", "leaves", "fetches", "own", "own", "fetches")
    for turn, part in enumerate(order):
        report = grade(trial, channel, part)
        what = f"turn {turn}, {part}"
        told = report.to_json()
        wrong += [f"{what}: {leak}" for leak in trial.leaks(told)]
        if LOOT in told:
            wrong.append(f"{what}: fetched what was left")
        loses = {trial.world.subject.one.id} if part == "own" else set[str]()
        wrong += [f"{what}: {line}" for line in verdict_of(report, loses)]
    return wrong + trial.world.changes()


def run(level: int, assignment: str, aged: bool) -> dict[str, list[str]]:
    """Return what went wrong at one level, by channel: {} if nothing did."""
    found = {}
    with start(level, assignment) as trial:
        for name in names(aged):
            found[name] = complaints(trial, name)
    return {name: wrong for name, wrong in found.items() if wrong}
