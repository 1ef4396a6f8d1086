"""What must be true at each step of a term, by the gradebook and the files."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from pathlib import Path

from nbgrader.api import Gradebook

from tests.support.classes import lost_questions
from tests.term.handed_in import MISJUDGED, HandedIn
from tests.term.people import STUDENTS

PRESENT = {s.id for s in STUDENTS if s.platform != "nothing"}
# Nothing was written into the cell of the written question.
WITHOUT_ANSWER = "lie"
HELD = "cauchy"
BY_HAND = {"lukasie": {"relu_forward": 4.0}}
COMMENTS = {
    "lukasie": {"relu_forward": "The idea is right; see the hint once more."},
    "hopper": {"in_words": "The chain rule, named: well done."},
}


def written_points(made: HandedIn) -> dict[str, dict[str, float]]:
    """Return what an instructor gives: 5 points, 3.5 where something else is wrong."""
    return {
        name: {"in_words": 3.5 if made.programs[name].loses else 5.0}
        | BY_HAND.get(name, {})
        for name in PRESENT - {WITHOUT_ANSWER}
    }


def scores(course: Path, assignment: str = "mlp") -> dict[str, float]:
    """Return what counts for each who handed in: points by hand, penalty taken off."""
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mytorch") as gradebook:
        return {
            row.student.id: row.score - row.late_submission_penalty
            for row in gradebook.assignment_submissions(assignment)
            if row.notebooks
        }


def penalties(course: Path, assignment: str = "mlp") -> dict[str, float]:
    """Return what being late costs, of those whom it costs something."""
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mytorch") as gradebook:
        return {
            row.student.id: row.late_submission_penalty
            for row in gradebook.assignment_submissions(assignment)
            if row.late_submission_penalty
        }


def extra_time_is_kept(course: Path) -> None:
    """One has two days more for mlp, one a week for whatever is released."""
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mytorch") as gradebook:
        rows = gradebook.assignment_submissions("mlp")
        extra = {row.student.id: row.extension for row in rows if row.extension}
    assert extra == {"knuth": timedelta(days=2), "liskov": timedelta(days=7)}


def all_is_collected(course: Path, made: HandedIn) -> None:
    """Each student's newest attempt lies in submitted/, and nothing else of theirs."""
    assert {path.name for path in course.glob("submitted/*")} == PRESENT
    for name in PRESENT:
        folder = course / "submitted" / name / "mlp"
        own = made.of(name)
        assert {p: (folder / p).read_bytes() for p in own} == own, name
        code = {p.relative_to(folder).as_posix() for p in folder.rglob("*.py")}
        assert code == {p for p in own if p.endswith(".py")}
    stamps = {
        path.parts[-3]: path.read_text()[:16]
        for path in course.glob("submitted/*/mlp/timestamp.txt")
    }
    timed = {s.id for s in STUDENTS if s.platform in ("blackboard", "moodle")}
    assert set(stamps) == timed
    assert stamps["euler"] == "2026-11-30 17:00"  # 18:00 in Paris
    assert stamps["church"] == "2026-12-01 09:00"  # 10:00 in Paris
    assert stamps["knuth"] == "2026-12-02 23:30"


def all_is_judged(course: Path, made: HandedIn, wrong_case: bool) -> None:
    """Each student loses the questions of their mistake, and no other."""
    expected = {name: set(program.loses) for name, program in made.programs.items()}
    for name in MISJUDGED if wrong_case else ():
        expected[name] |= {"linear_forward"}
    assert lost_questions(course, "mlp") == expected


def all_is_marked(course: Path, made: HandedIn, wrong_case: bool) -> None:
    """Points by hand stand beside those of the judge, penalties taken off."""
    off, found = penalties(course), scores(course)
    full = {n: 105.0 for n, p in made.programs.items() if not p.loses}
    full[WITHOUT_ANSWER] = 100.0
    for name in MISJUDGED if wrong_case else ():
        full[name] = 105.0 - 1.67  # one case of six, of ten points
    assert full == {n: round(found[n] + off.get(n, 0.0), 2) for n in full}
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mytorch") as gradebook:
        rows = gradebook.assignment_submissions("mlp")
        assert not [row.student.id for row in rows if row.needs_manual_grade]
        relu = gradebook.find_grade("relu_forward", "mlp", "mlp", "lukasie")
        assert (relu.manual_score, relu.score) == (4.0, 4.0)
        for name, own in COMMENTS.items():
            notebook = gradebook.find_submission_notebook("mlp", "mlp", name)
            assert own == {c.name: c.comment for c in notebook.comments if c.comment}


def the_log_tells(course: Path, who: str, because: str) -> None:
    """The log of regrades has one line, which names who moved."""
    [line] = (course / "regrades.jsonl").read_text().splitlines()
    row = json.loads(line)
    assert (row["who"], row["because"]) == (who, because)
    moved = {m["student"]: (m["before"], m["after"]) for m in row["moved"]}
    # What being late costs follows the points by hand: 20 of 100 become 21 of 105.
    late = {"allen": (85.0, 84.0), "church": (95.0, 94.5), "knuth": (95.0, 94.5)}
    assert moved == dict.fromkeys(MISJUDGED, (103.33, 105.0)) | late


def pages_are_written(course: Path) -> None:
    """Everybody has a page but the one whose mark is held back."""
    pages = {path.parts[-3]: path for path in course.glob("feedback/*/mlp/mlp.html")}
    assert set(pages) == PRESENT - {HELD}
    hopper = pages["hopper"].read_text("utf-8")
    assert "105 of 105 points" in hopper
    assert COMMENTS["hopper"]["in_words"] in hopper
    assert "one row without a batch" not in hopper
    assert COMMENTS["lukasie"]["relu_forward"] in pages["lukasie"].read_text("utf-8")


def the_report_counts(course: Path) -> None:
    """The page about the class counts 38, and names the two who handed in nothing."""
    page = (course / "report-mlp.html").read_text("utf-8")
    assert "<td>graded</td><td>38</td>" in page
    assert "fermat" in page
    assert "cardano" in page
    with (course / "report-mlp.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["student"] for row in rows} == PRESENT
    # The report has the judge's points, without those by hand.
    assert {r["points"] for r in rows if r["student"] in MISJUDGED} == {"100"}


def exports_agree(course: Path) -> None:
    """Every export says what the gradebook says; one mark is in none of them."""
    found = scores(course)
    with (course / "canvas.csv").open(encoding="utf-8-sig", newline="") as file:
        canvas = {row["SIS Login ID"]: row["mlp (77)"] for row in csv.DictReader(file)}
    filled = {name: float(text) for name, text in canvas.items() if text and name}
    assert filled == {n: round(s, 4) for n, s in found.items() if n != HELD}
    assert canvas["fermat"] == canvas[HELD] == canvas["xyz"] == ""
    with (course / "moodle.csv").open(encoding="utf-8-sig", newline="") as file:
        moodle = {r["Email address"]: r["Grade"] for r in csv.DictReader(file)}
    assert float(moodle["germain@example.org"]) == found["germain"]
    assert moodle[f"{HELD}@example.org"] == ""
    with (course / "mlp-marks.csv").open(encoding="utf-8-sig", newline="") as file:
        own = {row["student"]: row for row in csv.DictReader(file)}
    assert len(own) == 40
    assert own[HELD]["score"] == "held back"
    assert COMMENTS["lukasie"]["relu_forward"] in own["lukasie"]["relu_forward: reason"]
    with (course / "grades.csv").open(newline="") as file:
        theirs = [r for r in csv.DictReader(file) if r["assignment"] == "mlp"]
    assert len(theirs) == 40
    assert {r["score"] for r in theirs if r["student_id"] == HELD} == {""}
    assert {float(r["score"]) for r in theirs if r["student_id"] == "lukasie"} == {
        found["lukasie"]
    }
