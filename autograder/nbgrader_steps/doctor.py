"""Is this machine, and this course, ready to grade? What was looked at, and found.

Nothing is changed, and no secret is shown.
"""

from __future__ import annotations

import os
import platform
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from nbgrader.apps import autogradeapp as apps
from nbgrader.exchange.default import Exchange
from traitlets.config.loader import LazyConfigValue

from autograder.judging.seed import (
    CONFIG_FILE,
    LOST,
    SEED_FILE,
    configured_seed,
    parse_seed,
)
from autograder.judging.submission import REQUIRED_LEVEL
from autograder.nbgrader_steps import kernels
from autograder.nbgrader_steps.autograde import Autograde
from autograder.nbgrader_steps.course_folder import (
    Refused,
    has_gradebook,
    load_config,
    open_folder,
    open_gradebook,
)
from autograder.nbgrader_steps.faults import FAULTS, explained
from autograder.nbgrader_steps.gradebook import WriteReport
from autograder.nbgrader_steps.release import CompleteRelease
from autograder.sandbox.trusted.levels import probe_levels

STEPS = (
    ("GenerateAssignment", "preprocessors", CompleteRelease),
    ("Autograde", "autograde_preprocessors", WriteReport),
)
# Where nbgrader_config.py cannot be run, nbgrader says so in its log and goes on: it
# releases a notebook without the library, and runs what students wrote unconfined.
STOCK = "nbgrader would go on with its own settings"
TIMES = Path("/proc/self/schedstat")
PACKAGES = ("numpy", "nbgrader", "jupyterlab", "sqlalchemy")
# What only those who grade may read, and what nobody else may write.
PRIVATE = (SEED_FILE, "gradebook.db", "submitted", "autograded", "feedback")


@dataclass(frozen=True)
class Line:
    """One line: its subject, what was found, and whether it has to be repaired.

    A line without a subject belongs to the one before.
    """

    subject: str
    text: str
    is_fault: bool = False

    @property
    def line(self) -> str:
        head = f"{self.subject}:" if self.subject else ""
        return f"{head:<15}{'FAULT: ' if self.is_fault else ''}{self.text}"


Examination = Callable[[Path], Iterator[Line]]


def examine(root: Path) -> Iterator[Line]:
    """Yield what was found about the machine and about the course in `root`."""
    for subject, look in EXAMINATIONS.items():
        try:
            yield from look(root)
        except FAULTS as error:
            yield Line(subject, explained(error), True)


def _versions(root: Path) -> Iterator[Line]:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    yield Line("Versions", f"Python {platform.python_version()}, {packages}")
    yield Line("", sys.executable)


def _isolation(root: Path) -> Iterator[Line]:
    levels = probe_levels()
    few = levels.level < REQUIRED_LEVEL
    text = f"level {levels.level} of 4 on {levels.kernel}"
    text += f"; grading needs {REQUIRED_LEVEL}" if few else ""
    yield Line("Isolation", text, few)
    for tried in levels.evidence:
        yield Line("", f"tried: {tried}")
    if levels.next_step:
        yield Line("", levels.next_step)


def _times(root: Path) -> Iterator[Line]:
    if os.access(TIMES, os.R_OK):
        yield Line("Times", "waiting for a processor is not counted (schedstat)")
        return
    yield Line(
        "Times",
        "this kernel does not tell how long a process waits (no schedstat): computing "
        "time decides, and on a busy machine waiting may be taken for sleeping",
    )


def _seed(root: Path) -> Iterator[Line]:
    configured = configured_seed(root)
    if configured:
        place = f"c.Autograde.course_seed in {CONFIG_FILE}"
        parse_seed(configured, place)
        yield Line("Seed", place)
        return
    path = root / SEED_FILE
    if not path.exists():
        lost = any(root.glob("autograded/*/*"))
        none = "none yet: the first release or grading makes it"
        yield Line("Seed", f"{path} {LOST}" if lost else none, lost)
        return
    parse_seed(path.read_text(encoding="utf-8", errors="replace"), str(path))
    yield Line("Seed", f"{path}, {_rights(path)}")


def _steps(root: Path) -> Iterator[Line]:
    """Ask what nbgrader would do here, and whether it has done otherwise."""
    faults = [*config_faults(root), *stock_releases(root)]
    for fault in faults:
        yield Line("Steps", fault, True)
    if not faults:
        yield Line("Steps", "nbgrader releases and grades by this course's steps")


def config_faults(root: Path) -> list[str]:
    """Return why nbgrader would do without the steps of the course in `root`."""
    apps.Autograde = None
    try:
        config = load_config(root)
    except Refused as error:
        return [f"{error}; {STOCK}"]
    finally:
        installed, apps.Autograde = apps.Autograde, Autograde
    faults = [] if installed else [f"{CONFIG_FILE} does not call install(); {STOCK}"]
    for command, setting, step in STEPS:
        found = config[command][setting]
        if isinstance(found, LazyConfigValue) or step not in found:
            name = f"c.{command}.{setting}"
            faults.append(f"{CONFIG_FILE}: {name} holds no {step.__name__}; {STOCK}")
    return faults


def stock_releases(root: Path) -> Iterator[str]:
    """Yield the releases that were made without this course's steps."""
    for notebook in sorted(root.glob("release/*/*.ipynb")):
        folder = notebook.parent
        if not (folder / "mytorch").is_dir():
            yield (
                f"release/{folder.name} holds no mytorch: it was made without the "
                f"steps of this course; run nbgrader generate_assignment {folder.name}"
            )


def _gradebook(root: Path) -> Iterator[Line]:
    coursedir = open_folder(root)
    shown = str(coursedir.db_url).rpartition("@")[2]  # without a password
    if not has_gradebook(coursedir):
        yield Line("Gradebook", f"none yet: {shown} is made when it is needed")
        return
    with open_gradebook(root) as gradebook:
        students, works = len(gradebook.students), len(gradebook.assignments)
    yield Line("Gradebook", f"{shown}: {students} students, {works} assignments")


def _exchange(root: Path) -> Iterator[Line]:
    folder = Path(Exchange(config=load_config(root)).root)
    if not folder.is_dir():
        yield Line("Exchange", f"not used: there is no folder {folder}")
        return
    writable = os.access(folder, os.W_OK | os.X_OK)
    text = f"{folder}, {_rights(folder)}"
    yield Line("Exchange", text + ("" if writable else "; not writable"), not writable)


def _permissions(root: Path) -> Iterator[Line]:
    """Others are those who are neither the owner nor in the group."""
    if not os.access(root, os.W_OK | os.X_OK):
        yield Line("Permissions", f"nothing can be written into {root}", True)
    found = [root / name for name in PRIVATE if (root / name).exists()]
    closed = not root.stat().st_mode & stat.S_IXOTH
    bad = [path for path in found if path.stat().st_mode & stat.S_IRWXO]
    if closed or not bad:
        yield Line("Permissions", "others can read nothing that is secret")
        return
    for path in bad:
        yield Line(
            "Permissions",
            f"others may use {path.name} ({_rights(path)}): chmod -R o-rwx {path}",
            path.name == SEED_FILE,
        )


def _kernels(root: Path) -> Iterator[Line]:
    """The config file is run, and asked whether it binds the kernels of a server."""
    bound = list[Path]()
    before = kernels.bind_kernels
    kernels.bind_kernels = bound.append  # type: ignore[assignment]
    try:
        load_config(root)
    finally:
        kernels.bind_kernels = before
    text = "start on a safe path: no file beside a student's notebook is imported"
    if bound:
        yield Line("Lab's kernels", text)
        return
    yield Line(
        "Lab's kernels",
        "import what lies beside a student's notebook: let "
        f"{CONFIG_FILE} call bind_kernels(Path(__file__).parent)",
        True,
    )


def _rights(path: Path) -> str:
    found = path.stat()
    mine = "yours" if found.st_uid == os.geteuid() else f"of user {found.st_uid}"
    return f"{stat.filemode(found.st_mode)}, {mine}"


EXAMINATIONS: dict[str, Examination] = {
    "Versions": _versions,
    "Isolation": _isolation,
    "Times": _times,
    "Steps": _steps,
    "Seed": _seed,
    "Gradebook": _gradebook,
    "Exchange": _exchange,
    "Permissions": _permissions,
    "Lab's kernels": _kernels,
}
