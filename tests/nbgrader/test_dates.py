"""Dates are read where they mean one moment, and never guessed."""

import shutil
import sys
from datetime import datetime

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI

from autograder.judging.regular_files import Problem
from autograder.nbgrader_steps.course_folder import load_config
from autograder.nbgrader_steps.dates import decode, parse, parse_attempt, written
from autograder.nbgrader_steps.exchange import handed_in_at, strict_parse
from autograder.nbgrader_steps.gradebook import read_report
from autograder.nbgrader_steps.hold import hold
from autograder.nbgrader_steps.release import write_release
from tests.support import commands
from tests.support.classes import hand_in, nbgrader
from tests.support.samples import samples

NOON = datetime(2026, 7, 20, 11, 0)
READ = {
    "2026-07-20 13:00:00 +0200": NOON,
    "2026-07-20 13:00:00 +02:00": NOON,
    "2026-07-20T13:00+02": NOON,
    "2026-07-20 11:00:00 UTC": NOON,
    "2026-07-20 11:00:00.000000 UTC": NOON,
    "2026-07-20T11:00:00Z": NOON,
    "20260720T110000Z": NOON,
    "2026-07-20 11:00:00": NOON,
    "2026-07-20 11:00 AM": NOON,
    "2026-07-20 01:00 PM +0200": NOON,
    "2026-07-20 12:00 AM": datetime(2026, 7, 20),
    "Mon, 20 Jul 2026 13:00:00 +0200": NOON,
    "20 Jul 2026 11:00 GMT": NOON,
    "\n 2026-07-20 06:30:00 -0430 \r\n": NOON,
}
UNREAD = [
    "2026-07-20 13:00:00 CEST",
    "10:30",
    "05.11.2026",
    "05/11/2026 10:00",
    "2026-07-20",
    "2026-13-20 10:00:00",
    "2026-07-20 25:00:00",
    "2026-07-20 13:00 PM",
    "Tue, 20 Jul 2026 13:00:00 +0200",
    "0001-01-01 00:00:00 +0200",
    "9999-12-31 23:59:59 -2359",
    "2026-07-20 13:00:00 +0299",
    "2026-07-20 13:00:00 +9900",
    "2026-07-20 13:00:00 /some/file",
    "٢٠٢٦-07-20 13:00:00",
    "1e999999 13:00:00 1",
    "",
    "9" * 100_000,
]


@pytest.mark.parametrize("text", READ)
def test_a_date_that_means_one_moment_is_read(text):
    assert parse(text) == READ[text]
    assert parse(written(READ[text])) == READ[text]


@pytest.mark.parametrize("text", UNREAD, ids=lambda text: text[:40])
def test_any_other_is_named_and_never_guessed(text):
    assert parse(text) is None
    moment, odd = handed_in_at(text.encode())
    assert moment is None
    assert "timestamp.txt holds" in odd
    assert len(odd) < 300
    with pytest.raises(ValueError, match="no date as in"):
        strict_parse(text)


@pytest.mark.parametrize("form", ["utf-8", "utf-8-sig", "utf-16"])
def test_marks_of_byte_order_are_no_part_of_a_date(form):
    assert parse(decode("2026-07-20 11:00:00 UTC\r\n".encode(form))) == NOON


def test_the_time_of_an_attempt_is_of_one_platform():
    assert parse_attempt("2026-11-20-11-22-33") == datetime(2026, 11, 20, 11, 22, 33)
    assert parse_attempt("2026-11-20-11-22-61") is None


def test_what_is_missing_is_not_odd():
    assert handed_in_at(Problem("timestamp.txt is missing: hand it in")) == (None, "")


@pytest.fixture(scope="module")
def course(scratch):
    course = scratch()
    write_release(course, "mlp")
    texts = {
        "berlin": b"2026-07-20 13:00:00 +0200",
        "bom": b"\xef\xbb\xbf2026-07-20 11:00:00 UTC",
        "cest": b"2026-07-20 13:00:00 CEST",
        "file": b"2026-07-20 13:00:00 ../../../../../../dev/zero",
        "huge": b"1e999999 13:00:00 1",
    }
    for name, text in texts.items():
        folder = hand_in(course, "mlp", name, samples("mlp")["right"][0])
        (folder / "timestamp.txt").write_bytes(text)
    return course


def test_nbgrader_gets_our_own_text_and_the_student_is_not_told(course):
    printed = nbgrader(course, "autograde", "mlp")
    assert "cest: timestamp.txt holds '2026-07-20 13:00:00 CEST'" in printed
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mytorch") as gradebook:
        stamps = {
            s.student.id: s.timestamp for s in gradebook.assignment_submissions("mlp")
        }
    assert stamps == {
        "berlin": NOON, "bom": NOON, "cest": None, "file": None, "huge": None
    }  # fmt: skip
    report = read_report(course / "autograded/cest/mlp/mlp.ipynb")
    assert report is not None
    assert "CEST" in report.remarks[0]
    nbgrader(course, "generate_feedback", "mlp")
    assert "CEST" not in (course / "feedback/cest/mlp/mlp.html").read_text("utf-8")


def test_formgraders_list_survives_odd_dates(course):
    config = load_config(course)
    api = NbGraderAPI(config=config)
    found = {row["student"]: row for row in api.get_submissions("mlp")}
    assert set(found) == {"berlin", "bom", "cest", "file", "huge"}
    assert api.get_submitted_timestamp("mlp", "huge") is None
    assert api.get_submitted_timestamp("mlp", "berlin") == NOON


def run(folder, *words, **environment):
    status, printed = commands.run(folder, "nbgrader", *words, **environment)
    assert status == 0, printed[-3000:]


@pytest.mark.skipif(sys.platform == "win32", reason="the exchange is of Unix")
def test_the_exchange_from_release_to_feedback(scratch, tmp_path):
    course = scratch()
    write_release(course, "mlp")
    exchange, student = tmp_path / "exchange", tmp_path / "student"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    student.mkdir()
    root = f"--Exchange.root={exchange}"
    own = {"JUPYTER_DATA_DIR": str(student / "data")}
    of = ("mlp", "--course", "mytorch", root)
    nbgrader(course, "release_assignment", "mlp", root)
    run(student, "fetch_assignment", *of, **own)
    run(student, "submit", *of, **own)
    inbound = exchange / "mytorch/inbound"
    (inbound / "eve+mlp+1e999999 10:00:00 tz").mkdir()
    printed = nbgrader(course, "collect", "mlp", root)
    assert "its name holds no date" in printed
    (handed_in,) = course.glob("submitted/*/mlp/submission_secret.txt")
    # Somebody whose work came by another way is no hindrance.
    hand_in(course, "mlp", "by-mail", samples("mlp")["right"][0])
    nbgrader(course, "autograde", "mlp")
    name = handed_in.parts[-3]
    kept = course / f"autograded/{name}/mlp/submission_secret.txt"
    assert kept.read_text() == handed_in.read_text()
    nbgrader(course, "generate_feedback", "mlp")
    printed = nbgrader(course, "release_feedback", "mlp", root)
    assert "by-mail: no page is released" in printed
    run(student, "fetch_feedback", *of, **own)
    (page,) = student.glob("mlp/feedback/*/mlp.html")
    assert "of 105 points" in page.read_text("utf-8")

    # In folders of another order, and with a mark that is held back.
    pages = exchange / "mytorch/feedback"
    shutil.rmtree(pages)
    folder = course / f"feedback/{name}/mlp"
    for student in (name, "held"):
        shutil.copytree(folder, course / f"feedback/mlp/{student}")
    (course / "feedback/mlp/held/submission_secret.txt").write_text("of another")
    hold(course, "mlp", "held", "why")
    structure = "{nbgrader_step}/{assignment_id}/{student_id}"
    order = f"--CourseDirectory.directory_structure={structure}"
    printed = nbgrader(course, "release_feedback", "mlp", root, order)
    assert "held: no page is released, for the mark is held back" in printed
    assert len(list(pages.glob("*.html"))) == 1
