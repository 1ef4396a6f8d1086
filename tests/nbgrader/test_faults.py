"""Faults on our side: after a rerun every submission has exactly one result.

Each disturbs one real `nbgrader autograde` of a small class, runs it again, and
compares with a class that nothing disturbed. The pool's own faults, a killed worker
and a killed zygote, are in test_sandbox.py.
"""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from autograder.nbgrader_steps.gradebook import read_report
from tests.hostile.harness import attack
from tests.hostile.harness.classes import Class, released
from tests.support.waiting import until

pytestmark = pytest.mark.long

NAMES = ("exit_question", "lie_dtypes", "lie_visible", "notebook_broken")
STUDENTS = ("aa_honest", *NAMES, "zz_honest")
Result = tuple[list[dict[str, float | None]], object]


def hand_in(made: Class) -> None:
    for student in STUDENTS:
        if student in NAMES:
            attack.load(student).hand_in(made.folder(student), made.world)
        else:
            attack.hand_in(made.folder(student), made.world)


def results(made: Class) -> dict[str, Result]:
    """Return what gradebook and notebook say of each student, but for times."""
    scores = made.scores()
    return {student: (scores[student], verdicts(made, student)) for student in STUDENTS}


def verdicts(made: Class, student: str) -> object:
    path = made.course / f"autograded/{student}/mlp/mlp.ipynb"
    report = read_report(path)
    assert report is not None
    return [(q.id, q.points, q.problem, q.verdicts) for q in report.questions]


def forget(made: Class) -> None:
    """Make the course as it was before anybody was graded, whatever went on since."""
    for pid in made.world.processes():
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    remove = "rm -rf autograded gradebook.db* gradebook.aside .grading-* submitted"
    restore = "cp gradebook.fresh gradebook.db && cp -a submitted.fresh submitted"
    subprocess.run(f"{remove} && {restore}", shell=True, cwd=made.course, check=True)


@pytest.fixture(scope="module")
def made() -> Iterator[Class]:
    with released() as made:
        hand_in(made)
        keep = "rm -rf submitted/other && cp -a submitted submitted.fresh"
        subprocess.run(keep, shell=True, cwd=made.course, check=True)
        (made.course / "gradebook.fresh").write_bytes(
            (made.course / "gradebook.db").read_bytes()
        )
        yield made


@pytest.fixture(scope="module")
def undisturbed(made: Class) -> dict[str, Result]:
    assert made.nbgrader("autograde", "mlp").returncode == 0
    return results(made)


@pytest.fixture
def course(made: Class, undisturbed: dict[str, Result]) -> Iterator[Class]:
    forget(made)
    yield made
    done = made.nbgrader("autograde", "mlp")
    assert done.returncode == 0, done.stderr
    assert results(made) == undisturbed
    assert list(made.course.glob(".grading-*")) == []
    until(lambda: made.world.processes() == set())


def start(
    made: Class, limit: Callable[[], None] | None = None
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        made.command("autograde", "mlp"),
        cwd=made.course,
        env=made.environment(),
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=limit,
    )


def graded(made: Class) -> list[Path]:
    return list(made.course.glob("autograded/*/mlp/mlp.ipynb"))


@pytest.mark.parametrize("done", [0, 1, 3])
def test_the_grader_is_killed(course: Class, done: int) -> None:
    grader = start(course)
    until(lambda: course.world.processes() and len(graded(course)) >= done)
    grader.kill()
    grader.communicate()
    until(lambda: not course.world.processes())


def test_the_grader_is_killed_as_soon_as_it_writes(course: Class) -> None:
    grader = start(course)
    until(lambda: any(course.course.glob(".grading-*/output/*/*")))
    grader.kill()
    grader.communicate()


def test_a_worker_and_the_zygote_are_killed(course: Class) -> None:
    grader = start(course)
    until(lambda: len(graded(course)) >= 1)
    for pid in course.world.processes():
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    _, errors = grader.communicate()
    assert grader.returncode == 0, errors
    assert len(graded(course)) == len(STUDENTS)


def test_the_disk_is_full(course: Class) -> None:
    """No file may grow beyond 100 KB, which the gradebook does."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    grader = start(course, limit)
    _, said = grader.communicate()
    assert grader.returncode == 1
    assert "the gradebook cannot be written: is the disk full?" in said
    assert "Traceback" not in said


def test_the_gradebook_is_locked(course: Class) -> None:
    assert course.nbgrader("autograde", "mlp").returncode == 0
    before = results(course)
    with closing(sqlite3.connect(course.course / "gradebook.db")) as lock:
        lock.execute("begin exclusive")
        wait = "--Autograde.gradebook_wait=0.5"
        done = course.nbgrader("autograde", "mlp", "--force", wait)
        lock.rollback()
    assert done.returncode == 1
    assert "another program holds the gradebook" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert results(course) == before


@pytest.mark.parametrize("command", ["autograde", "generate_feedback"])
def test_the_gradebook_is_of_an_older_nbgrader(course: Class, command: str) -> None:
    assert course.nbgrader("autograde", "mlp").returncode == 0
    gradebook = course.course / "gradebook.db"
    good = gradebook.read_bytes()
    with closing(sqlite3.connect(gradebook)) as database:
        database.execute(
            "alter table submitted_notebook drop column late_submission_penalty"
        )
    done = course.nbgrader(command, "mlp")
    gradebook.write_bytes(good)
    assert done.returncode == 1
    assert "nbgrader db upgrade" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_gradebook_cannot_be_opened(course: Class) -> None:
    # A file of this name cannot be replaced, not even by root: it is a folder.
    gradebook = course.course / "gradebook.db"
    aside = gradebook.rename(course.course / "gradebook.aside")
    gradebook.mkdir()
    done = course.nbgrader("autograde", "mlp")
    gradebook.rmdir()
    aside.rename(gradebook)
    assert done.returncode == 1
    assert "the gradebook cannot be opened" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_one_folder_cannot_be_written_and_the_rest_goes_on(course: Class) -> None:
    # Not even root can make a folder inside a file.
    blocked = course.course / "autograded/lie_dtypes"
    blocked.parent.mkdir()
    blocked.touch()
    done = course.nbgrader("autograde", "mlp")
    blocked.unlink()
    assert done.returncode == 1
    assert "mlp of lie_dtypes is left as it was" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(graded(course)) == len(STUDENTS) - 1


def test_a_notebook_was_written_in_part(course: Class) -> None:
    assert course.nbgrader("autograde", "mlp").returncode == 0
    for path in graded(course)[:2]:
        path.chmod(0o644)
        path.write_bytes(path.read_bytes()[:5000])


def test_a_folder_was_made_and_nothing_written(course: Class) -> None:
    (course.course / "autograded/aa_honest/mlp").mkdir(parents=True)


def test_a_submission_changed_after_grading(course: Class) -> None:
    stale = course.folder("aa_honest") / "mytorch/nn.py"
    right = stale.read_bytes()
    stale.write_text("import os\nos._exit(0)\n")
    assert course.nbgrader("autograde", "mlp").returncode == 0
    assert set(course.scores()["aa_honest"][0].values()) == {0.0}
    stale.write_bytes(right)
