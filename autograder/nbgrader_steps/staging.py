"""How does what a step of nbgrader writes appear: whole, or not at all?

A converter of nbgrader's removes what it is about to write again, and writes in
place. Here it writes into a folder of its own, which takes the old one's place when
all is done; what fails leaves the last good one as it was. One failure is one line.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Self

from nbgrader.converters.base import BaseConverter, NbGraderException
from sqlalchemy.exc import DBAPIError, SAWarning

from autograder.nbgrader_steps.course_folder import open_folder, place
from autograder.nbgrader_steps.faults import FAULTS, FULL, explained
from autograder.nbgrader_steps.gradebook import OpenGradebook, opened
from autograder.nbgrader_steps.lock import locked

WORK = ".grading-"
SWAP = 2  # RENAME_EXCHANGE of Linux's renameat2
HERE = -100  # AT_FDCWD


class Staged(BaseConverter):
    """A converter of nbgrader's whose output takes its place when it is complete."""

    step: str  # of nbgrader's, as its folders are called
    gradebook_wait = 60.0  # seconds to wait for another who writes
    work: Path
    gradebook: OpenGradebook
    failed: list[str]  # whose submission, or page, is as it was before
    closing: ExitStack  # what is to be closed when the step is over
    alone: ExitStack  # and when the submission is

    @classmethod
    def of(cls, root: Path, name: str, student: str = "*", **named: object) -> Self:
        """Return this step for the course in `root`, by its own config file."""
        coursedir = open_folder(root, name, student)
        step = cls(coursedir=coursedir, config=coursedir.config, **named)
        step.log.setLevel("ERROR")
        return step

    def start(self) -> None:
        """Do the whole step. Raises NbGraderException, after one line in the log."""
        try:
            self._whole()
        except FAULTS as error:
            self.log.debug("the step ended", exc_info=True)
            self.log.error("%s", explained(error))
            raise NbGraderException(explained(error)) from error

    def run(self) -> None:
        """Do what `start` does, for callers who say themselves what went wrong.

        Raises RuntimeError, in one line, if the step could not be done; submissions
        that failed by themselves are in `failed`.
        """
        try:
            self._whole()
        except FAULTS as error:
            raise RuntimeError(explained(error)) from error
        except NbGraderException:
            if not self.failed:
                raise

    def _whole(self) -> None:
        self.failed = []
        root = Path(self.coursedir.root)
        place = root, self.coursedir.db_url, self.coursedir.course_id
        with (
            quiet(),
            work_folder(root) as self.work,
            opened(*place, self.gradebook_wait) as self.gradebook,
            ExitStack() as self.closing,
        ):
            self.prepare()
            super().start()

    def prepare(self) -> None:
        """Settle what must hold before the first submission is looked at."""

    def complete(self, assignment_id: str, student_id: str) -> None:
        """Do what comes last, before the output takes its place."""

    @property
    def final_directory(self) -> str:
        """The folder of nbgrader's in which the output is to stand."""
        return str(getattr(self.coursedir, f"{self.step}_directory"))

    @property
    def _output_directory(self) -> str:
        return self.relative(self.work / "output")

    def relative(self, path: Path) -> str:
        # nbgrader makes a pattern of the folder's name, and escapes the root alone.
        return str(path.relative_to(self.coursedir.root))

    def final(self, student_id: str) -> Path:
        """Return where the output is to stand."""
        return place(self.coursedir, self.final_directory, student_id)

    def convert_notebooks(self) -> None:
        """Do one submission after another; name those that fail, and go on."""
        pattern = self._format_source("(?P<name>.*)", "(?P<student>.*)", escape=True)
        lines = []
        for folder in sorted(self.assignments):
            self.notebooks = sorted(self.assignments[folder])
            match = re.match(pattern, folder)
            assert match is not None
            name, student = match["name"], match["student"]
            try:
                self.convert_one(name, student)
            except (DBAPIError, KeyboardInterrupt):
                raise
            except Exception as error:
                if isinstance(error, OSError) and error.errno in FULL:
                    raise
                self.log.debug("while processing %s", student, exc_info=True)
                who = name if student == "." else f"{name} of {student}"
                lines.append(f"{who} is left as it was: {explained(error)}")
                self.log.error("%s", lines[-1])
                self.failed.append(student)
        if lines:
            raise NbGraderException("; ".join(lines))

    def convert_one(self, name: str, student: str) -> None:
        """Do all steps for one submission, as nbgrader does."""
        with ExitStack() as self.alone:
            self.alone.callback(self.gradebook.forget)
            if not self.init_destination(name, student):
                return
            self.run_pre_convert_hook()
            self.init_assignment(name, student)
            for notebook in self.notebooks:
                self.convert_single_notebook(notebook)
            self.set_permissions(name, student)
        self.run_post_convert_hook()

    def set_permissions(self, assignment_id: str, student_id: str) -> None:
        """The last step: what is complete takes its place."""
        super().set_permissions(assignment_id, student_id)
        final = self.final(student_id)
        made = Path(self._format_dest(assignment_id, student_id))
        # Before the scores are saved: what cannot be put there leaves all as it was.
        final.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(final.parent, os.W_OK):
            raise PermissionError(
                errno.EACCES, os.strerror(errno.EACCES), str(final.parent)
            )
        self.complete(assignment_id, student_id)
        put_in_place(made, final)
        if self.coursedir.groupshared:
            share(final.parent, Path(self.coursedir.root))


@contextmanager
def quiet() -> Iterator[None]:
    """Keep to itself what nbgrader and its database library warn each other of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        yield


@contextmanager
def work_folder(root: Path) -> Iterator[Path]:
    """Give a folder for what is not complete yet, on the same disk as the course."""
    with ExitStack() as stack:
        with locked(root):
            remove_abandoned(root)
            work = Path(tempfile.mkdtemp(prefix=WORK, dir=root))
            stack.callback(shutil.rmtree, work, ignore_errors=True)
            stack.enter_context(locked(work))
        yield work


def remove_abandoned(root: Path) -> None:
    """Remove what graders left behind that were killed: their locks are open."""
    for work in root.glob(f"{WORK}*"):
        with suppress(BlockingIOError), locked(work, wait=False):
            shutil.rmtree(work, ignore_errors=True)


def put_in_place(made: Path, final: Path) -> None:
    """Let `made` be what stands at `final`; there is no moment without either.

    Nobody else may do so at the same time: see `locked`.
    """
    if not os.path.lexists(final):
        made.rename(final)
    elif not _swap(made, final):
        final.rename(made.with_name(f"{made.name}.old"))
        made.rename(final)


def _swap(one: Path, other: Path) -> bool:
    """Swap two folders in one step; return False where the system cannot."""
    swap = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if swap is None:
        return False
    if swap(HERE, os.fsencode(one), HERE, os.fsencode(other), SWAP) == 0:
        return True
    code = ctypes.get_errno()
    if code in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}:
        return False
    raise OSError(code, os.strerror(code), str(other))


def share(folder: Path, root: Path) -> None:
    """Let the group write in a folder, and in those above it that are the course's."""
    for part in (folder, *folder.parents):
        if part == root or root not in part.parents:
            return
        mode = part.stat().st_mode & 0o7777
        if mode & 0o2770 != 0o2770:
            try:
                part.chmod(mode | 0o2770)
            except PermissionError:
                return
