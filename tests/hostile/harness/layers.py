"""A grader with layers taken away, and the table of which layer stops what."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from autograder.judging.report import Report
from autograder.sandbox.trusted import launch
from autograder.sandbox.trusted.levels import probe_levels
from tests.hostile.harness import attack, trial
from tests.hostile.harness.attack import Attack
from tests.hostile.harness.trial import Trial

# How each layer is left out of the worker's confinement.
WITHOUT = {
    "user": "confine.leave_root = lambda lines: True",
    "limits": "confine._limits = lambda plan, lines: True",
    "Landlock": "confine._landlock = lambda plan, lines: False",
    "seccomp": "confine._seccomp = lambda plan, closed, lines: False",
}
# Where a zygote has its modules and forks no worker yet.
SERVES = '    probes = importlib.import_module("probes")\n'
LAYERS = ("user", "limits", "namespaces", "Landlock", "seccomp")
POOL = ("took more than", "printed more", "returned more", "far larger")
PROCESS = ("ended the interpreter", "crashed the interpreter", "not an answer")
HEAD = """# Which layer stops what

Made by `make hostile`, which tries every submission of `tests/hostile` with all
layers, with none, and with each layer alone. Here:
{machine}

*Alone* lists each layer that is enough by itself. Where nothing was got without any
layer of the kernel either, the last column says what made the attempt useless:
a student's code runs in a process of its own (*process*) under limits of the pool
(*pool*), only plain arrays leave it and are judged elsewhere (*judge*), and folders
are read without trusting them (*reader*). *Nothing there*: a worker never has what
was looked for, or this machine does not know it. seccomp alone opens no file at all,
which is the form that it has below level 3. {count}

| submission | what it tries | with all layers | alone | else |
|---|---|---|---|---|
"""


@contextmanager
def only(*layers: str) -> Iterator[Trial]:
    """Give a trial whose workers have these layers and no other."""
    gone = [how for name, how in WITHOUT.items() if name not in layers]
    patch = ["from autograder.sandbox.untrusted import confine", *gone]
    boot = launch.BOOT
    assert SERVES in boot
    lines = "".join(f"    {line}\n" for line in patch)
    launch.BOOT = boot.replace(SERVES, lines + SERVES)
    highest = 4 if "namespaces" in layers else 3
    try:
        with trial.start(0, highest=highest) as started:
            yield started
    finally:
        launch.BOOT = boot


def got(tried: Attack, there: Trial) -> tuple[bool, Report]:
    """Return whether an attack got anything, and its report."""
    report = there.grade(tried)
    text = report.to_json()
    forged = tried.loses_all and report.points > 0
    harm = there.leaks(text) + there.world.changes() + there.leftovers()
    return forged or "Loot" in text or bool(harm), report


def table(names: list[str]) -> str:
    """Return docs/isolation.md."""
    attacks = [attack.load(name) for name in names]
    stopped: dict[str, list[str]] = {name: [] for name in names}
    needless = set()
    for layers in [(), *((layer,) for layer in LAYERS)]:
        with only(*layers) as there:
            for tried in attacks:
                # What none of the kernel's layers is needed for is tried once.
                if tried.name in needless or (layers and not tried.is_deed):
                    continue
                if not got(tried, there)[0]:
                    needless.update([] if layers else [tried.name])
                    stopped[tried.name] += layers
        print(f"tried with {layers or 'no layer'}", file=sys.stderr)
    with only(*LAYERS) as there:
        rows = [_row(tried, there, stopped[tried.name], needless) for tried in attacks]
    level = probe_levels()
    machine = f"{level.kernel}, isolation level {level.level}, user {os.getuid()}."
    through = sum(row.count("| GOT THROUGH |") for row in rows)
    count = f"{len(rows)} submissions; {through} got through all layers."
    return HEAD.format(machine=machine, count=count) + "".join(rows)


def _row(tried: Attack, there: Trial, stopped: list[str], needless: set[str]) -> str:
    harmful, report = got(tried, there)
    lost = report.lost
    said = f"loses {'all' if set(lost) == tried.subject.ids else ', '.join(lost)}"
    result = "GOT THROUGH" if harmful else said if lost else "refused, full marks"
    alone = ", ".join(stopped) or ("" if tried.name in needless else "none alone")
    other = _useless(tried, report) if tried.name in needless else ""
    about = tried.about.splitlines()[0].replace("|", "/")
    return f"| {tried.name} | {about} | {result} | {alone} | {other} |\n"


def _useless(tried: Attack, report: Report) -> str:
    """Return what made an attack useless that no layer of the kernel was needed for."""
    if tried.plant or tried.is_deed:
        return "reader" if tried.plant else "nothing there"
    said = " ".join(question.reason for question in report.questions)
    if any(words in said for words in POOL):
        return "pool"
    return "process" if any(words in said for words in PROCESS) else "judge"
