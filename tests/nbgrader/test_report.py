"""The instructor's page: its numbers, counted anew, and what it never holds."""

import csv
import json
import re
import shutil
from collections import Counter
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread
from nbgrader.api import Gradebook

from autograder.classroom.page import _csv, write_report
from autograder.classroom.statistics import Graded, point_biserial, said
from autograder.cli import main
from autograder.judging.report import QuestionReport, Report
from tests.support.classes import hand_in, nbgrader
from tests.support.samples import code, samples

REPORT = Report("mlp", (QuestionReport("sgd", 10.0),), 3)
# A folder of this name is refused while grading; one may lie in autograded/ still.
HOSTILE = "<img src=x onerror=alert(1)>"
QUOTE = "<script>alert('Mallory Quentin')</script>"
RAISES = f'def forward(self, x):\n    raise ValueError("{QUOTE}")\n'
LOSS, MASK = "mistake-in-xeloss-forward", "mistake-in-relu-backward"
NAMES = (
    "right",
    "half-done",
    "syntax-error",
    "endless-loop",
    "broken-notebook",
    LOSS,
    MASK,
)


@pytest.fixture(scope="module")
def course(scratch):
    """Return a graded class of which only the results are left."""
    root = scratch()
    nbgrader(root, "generate_assignment", "mlp")
    for name in NAMES:
        hand_in(root, "mlp", name, samples("mlp")[name][0])
    hand_in(root, "mlp", "the-same-mistake", samples("mlp")[LOSS][0])
    hand_in(root, "mlp", "raises", code({"nn.ReLU.forward": RAISES}))
    nbgrader(root, "autograde", "mlp")
    with Gradebook(f"sqlite:///{root}/gradebook.db", "mytorch") as gradebook:
        gradebook.add_student("absent-one")
    (root / "autograded" / LOSS).rename(root / "autograded" / HOSTILE)
    for part in ("submitted", "source", "release", "tests", "mytorch", ".course_seed"):
        path = root / part
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return root


@pytest.fixture(scope="module")
def page(course):
    return write_report(course, "mlp").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def anonymous(course):
    return write_report(course, "mlp", anonymous=True).read_text(encoding="utf-8")


def graded(course):
    """Return the Reports as they stand in the notebooks, without the engine."""
    paths = Path(course).glob("autograded/*/mlp/mlp.ipynb")
    return [json.loads(p.read_text())["metadata"]["autograder"] for p in paths]


def fact(page, name):
    return unescape(re.search(f"<td>{name}</td><td>(.*?)</td>", page)[1])


def test_numbers_are_those_of_the_gradebook(course, page):
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mytorch") as gradebook:
        scores = [s.score for s in gradebook.assignment_submissions("mlp")]
    assert fact(page, "graded") == str(len(scores)) == "9"
    assert fact(page, "full marks") == str(scores.count(100.0)) == "2"
    assert f"mean {sum(scores) / 9:.1f}" in fact(page, "points for code")
    assert f"median {sorted(scores)[4]:g}" in fact(page, "points for code")
    assert fact(page, "with a module that did not load") == "1"


def test_cases_are_counted_by_those_who_passed(course, page):
    counts = Counter()
    for report in graded(course):
        for question in report["questions"]:
            for verdict in question["verdicts"]:
                counts[question["id"], verdict["case"]] += verdict["passed"]
    assert len(counts) > 40
    for (question, case), n in counts.items():
        part = page[page.index(f'<th scope="col">{question}</th>') :]
        row = f"<td>{case}</td><td>{n} of 9</td>"
        assert row in unescape(part[: part.index("</table>")])


def test_each_student_counts_once_for_a_mistake(course, page):
    made = Counter(
        key
        for report in graded(course)
        for key in {
            (q["id"], v["mistake"]) for q in report["questions"] for v in q["verdicts"]
        }
        if key[1]
    )
    assert sorted(made.values()) == [1, 2]
    for (question, sentence), n in made.items():
        row = f"<td>{n}</td><td>{question}</td><td>{sentence}</td>"
        assert row in unescape(page)


def test_what_did_not_load_and_what_was_handed_in_is_named(page):
    loaded = page[page.index("What did not load") :]
    assert re.search(
        r"nn\.py did not load: SyntaxError.*?<td>syntax-error</td>", loaded
    )
    noted = page[page.index("Notes on") :]
    assert "not valid JSON</td><td>broken-notebook</td>" in unescape(noted)


def test_pictures_stand_in_the_page_and_beside_it(course, page):
    assert page.count('<img src="data:image/png;base64,') == 3
    assert all(len(alt) > 20 for alt in re.findall('alt="(.*?)"', page))
    assert len(re.findall("<img", page)) == 3
    assert "http:" not in page
    assert "https:" not in page
    pictures = sorted(path.name for path in (course / "report-mlp").iterdir())
    assert pictures == ["cases.png", "questions.png", "scores.png"]


def test_pictures_are_readable_on_a_phone_and_nothing_is_cut_off(course, page):
    for path in (course / "report-mlp").iterdir():
        image = imread(path)
        width = image.shape[1]
        edges = image[:5], image[-5:], image[:, :5], image[:, -5:]
        assert all((edge == 1).all() for edge in edges), path.name
        assert 10 / 72 * 150 * 388 / width >= 10, path.name  # pixels of the letters


def test_discrimination_is_the_correlation_with_the_rest(course, page):
    reports = graded(course)
    points = [{q["id"]: q["points"] for q in r["questions"]} for r in reports]
    name = "xeloss_forward"
    passed = [float(row[name] == 10) for row in points]
    rest = [sum(row.values()) - row[name] for row in points]
    value = np.corrcoef(passed, rest)[0, 1]
    row = f"<td>{name}</td><td>{value:.2f}</td>"
    assert row in page
    assert point_biserial([True, False, False], [90, 50, 40]) > 0.9
    assert point_biserial([False, True, True], [90, 50, 40]) < -0.9
    assert point_biserial([True, True, True], [90, 50, 40]) is None
    assert point_biserial([True, False], [90, 50]) is None


def test_who_handed_in_nothing_is_named(page, anonymous):
    part = page[page.index("but nothing is graded") :]
    assert f"<p>absent-one, {LOSS}</p>" in part
    assert "absent-one" not in anonymous


def test_the_table_has_a_row_for_each_student_and_no_formula(course):
    write_report(course, "mlp")
    with (course / "report-mlp.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    scores = {row["student"]: float(row["points"]) for row in rows}
    assert len(rows) == 9
    assert scores["right"] == 100
    questions = [name for name in rows[0] if name.endswith(("ward", "sgd"))]
    assert len(questions) == 9
    for row in rows:
        assert sum(float(row[q]) for q in questions) == float(row["points"])
    write_report(course, "mlp", anonymous=True)
    text = (course / "report-mlp.csv").read_text()
    assert "right" not in text
    assert len(text.splitlines()) == 10
    assert list(_csv([Graded("=1+1", REPORT)], False))[1][0] == "'=1+1"


def test_nothing_of_a_student_becomes_part_of_the_page(page):
    assert unescape(page).count(HOSTILE) >= 1
    assert HOSTILE not in page
    assert "Mallory" in page
    assert "<script" not in page


def test_no_name_stands_in_an_anonymous_page(course, anonymous):
    words = unescape(anonymous)
    assert HOSTILE not in words
    assert "Mallory" not in words
    found = [path.name for path in (course / "autograded").iterdir()]
    assert len(found) == 9
    cells = re.findall("<td>(.*?)</td>", words)
    assert not {name for name in found if any(name in cell for cell in cells)}
    assert fact(anonymous, "graded") == "9"


def test_a_short_name_does_not_eat_words():
    assert said("a letter of a", "a", True) == "(name) letter of (name)"
    assert said("two\nlines\x1b[31m", "x", False) == "two lines\ufffd[31m"


def test_the_command_says_where_the_page_is_and_what_is_missing(course, capsys):
    assert main(["--root", str(course), "report", "mlp"]) == 0
    assert capsys.readouterr().out.strip().endswith("report-mlp.html")
    assert main(["--root", str(course), "report", "nothing"]) == 1
    assert "nothing of 'nothing' is graded yet" in capsys.readouterr().err
