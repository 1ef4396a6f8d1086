"""Groups and likeness: one folder for several people, and who shares what is rare."""

import shutil
from dataclasses import replace

import numpy as np
import pytest

from autograder.classroom.grade import grade_class
from autograder.cli import main
from autograder.judging.wrong_answer import wrong_answer
from autograder.nbgrader_steps.gradebook import read_report
from autograder.nbgrader_steps.groups import FILE, read_groups, write_groups
from autograder.nbgrader_steps.release import write_release
from autograder.student.kinds import Kind
from autograder.student.marking import Verdict
from autograder.student.probing import CaseResult
from tests.support.classes import hand_in, lost_questions, nbgrader
from tests.support.samples import code

pytestmark = pytest.mark.long

ODD = "def forward(self, x):\n    self.x = x\n    return np.where(x > 0, x, 0.25)\n"
ODD_TOO = ODD.replace("np.where(x > 0, x, 0.25)", "x * (x > 0) + (x <= 0) / 4")
COMMON = ODD.replace("0.25", "0.75")
BROKEN = "def step(self):\n    raise NotImplementedError\n"
RELU, STEP = "nn.ReLU.forward", "optim.SGD.step"


def own(owner, replacements):
    """Return a sample whose code nobody else of another `owner` has."""

    def change(folder):
        code(replacements)(folder)
        for path in (folder / "mytorch").glob("[no]*.py"):
            helper = f"\n\ndef helper_of_{owner}():\n    return {owner!r}\n"
            path.write_text(path.read_text(encoding="utf-8") + helper, "utf-8")

    return change


def stamped(folder, moment):
    (folder / "timestamp.txt").write_text(moment)


@pytest.fixture(scope="module")
def released(scratch):
    root = scratch()
    write_release(root, "mlp")
    return root


@pytest.fixture
def course(released):
    """Return a course in which nobody has handed in, and nobody is in a group."""
    for name in ("submitted", "autograded", "feedback"):
        shutil.rmtree(released / name, ignore_errors=True)
    (released / FILE).unlink(missing_ok=True)
    return released


def command(course, *words):
    return main(["--root", str(course), *map(str, words)])


def reports(course):
    found = {
        p.parts[-3]: read_report(p) for p in course.glob("autograded/*/mlp/*.ipynb")
    }
    assert all(found.values())
    return found


@pytest.mark.parametrize("text", ["", "\n\n", "group,id\n", "ada\nbob\n"])
def test_a_list_without_a_group_changes_none(course, tmp_path, capsys, text):
    write_groups(course, "mlp", [("ada", "bob")])
    listed = tmp_path / "groups.csv"
    listed.write_text(text)
    assert command(course, "groups", "mlp", listed) == 1
    (said,) = capsys.readouterr().err.splitlines()
    assert "groups.csv names no group of two or more; no group was changed" in said
    assert read_groups(course, "mlp") == [("ada", "bob")]


GROUP = ("cy", "ada", "bob")


def test_a_group_hands_in_once_and_each_member_is_graded(course, tmp_path, capsys):
    listed = tmp_path / "groups.csv"
    listed.write_text("\ufeffGroup;Username\nA;cy\nA;ada\nA;bob\n;dan\nB;zoe\nB;yan\n")
    assert command(course, "groups", "mlp", listed) == 0
    assert capsys.readouterr().out == "cy, ada, bob\nzoe, yan\n"
    hand_in(course, "mlp", "ada", own("ada", {}))
    hand_in(course, "mlp", "dan", own("dan", {STEP: BROKEN}))
    assert grade_class(course, "mlp", jobs=1, feedback=True).counts["graded"] == 4
    clean = {name: set() for name in GROUP}
    assert lost_questions(course, "mlp") == {**clean, "dan": {"sgd"}}
    assert all((course / f"feedback/{name}/mlp/mlp.html").exists() for name in GROUP)
    # Judged once: even the seconds that it took are the same.
    assert len({str(reports(course)[name].questions) for name in GROUP}) == 1
    assert reports(course)["bob"].remarks != reports(course)["ada"].remarks == ()
    assert grade_class(course, "mlp", jobs=1).before == [*sorted(GROUP), "dan"]

    # A second hand-in, by another member, and an older one by the third, alone.
    stamped(course / "submitted/ada/mlp", "2026-11-20 10:00:00 UTC")
    stamped(hand_in(course, "mlp", "bob", own("b", {STEP: BROKEN})), "2026-11-20 11:00")
    stamped(hand_in(course, "mlp", "cy", own("c", {RELU: ODD})), "2026-11-20 09:00:00")
    for name in ("bob", "cy"):
        (course / f"submitted/{name}/mlp/submission_secret.txt").write_text(name * 9)
    printed = nbgrader(course, "autograde", "mlp")
    # Through the exchange each gets the own page, and nobody another's.
    secrets = course.glob("autograded/*/mlp/submission_secret.txt")
    assert sorted(path.read_text() for path in secrets) == ["bob" * 9, "cy" * 9]
    assert "ada: the score moved from 100 to 90" in printed
    assert lost_questions(course, "mlp") == {name: {"sgd"} for name in (*GROUP, "dan")}
    assert len({str(reports(course)[name].questions) for name in GROUP}) == 1
    nbgrader(course, "generate_feedback", "mlp")
    again = grade_class(course, "mlp", jobs=1)
    assert again.before == [*sorted(GROUP), "dan"]
    assert "cy, ada handed in, too: of the group, bob's folder counts" in again.lines()

    # Alone again, each has what they handed in themselves.
    assert command(course, "groups", "mlp", "--none") == 0
    grade_class(course, "mlp", jobs=1)
    assert lost_questions(course, "mlp") == {
        "ada": set(), "bob": {"sgd"}, "cy": {"relu_forward"}, "dan": {"sgd"}
    }  # fmt: skip


def copied(course, tmp_path):
    """Hand in copies, what many wrote, the same file of a group, and nothing."""
    owners = {"dan": "pair", "eve": "pair", "kim": "group", "lou": "group"}
    for student, owner in owners.items():  # the same file
        hand_in(
            course, "mlp", student, own(owner, {RELU: ODD} if owner == "pair" else {})
        )
    hand_in(course, "mlp", "fay", own("fay", {RELU: ODD_TOO}))
    for student in ("gus", "hal", "ivy", "jon"):  # too many to be rare
        hand_in(course, "mlp", student, own(student, {RELU: COMMON}))
    hand_in(course, "mlp", "max", lambda folder: None)
    hand_in(course, "mlp", "nat", lambda folder: None)
    moved = hand_in(course, "mlp", "odd", own("odd", {}))
    (moved / "mlp.ipynb").rename(moved / "miniflow.ipynb")
    listed = tmp_path / "groups.csv"
    listed.write_text("kim,lou\n")
    assert command(course, "groups", "mlp", listed) == 0


def swap(course, one, other):
    """Let two students have each other's folder."""
    places = [course / f"submitted/{name}" for name in (one, other)]
    aside = course / "submitted/aside"
    places[0].rename(aside)
    places[1].rename(places[0])
    aside.rename(places[1])


def test_similar_names_who_shares_what_and_leaves_groups_out(course, tmp_path, capsys):
    copied(course, tmp_path)
    capsys.readouterr()
    lines = list(grade_class(course, "mlp", jobs=1).lines())
    assert "dan, eve handed in the same code: see `similar mlp`" in lines
    assert len([line for line in lines if "the same code" in line]) == 1
    holds = "odd: the folder holds miniflow.ipynb and no mlp.ipynb"
    assert f"{holds}: are two folders swapped?" in lines

    assert command(course, "similar", "mlp") == 0
    *rows, last = capsys.readouterr().out.splitlines()
    assert last.startswith("A hint, no verdict")
    rare = "the same rare wrong answer to relu_forward"
    files = "the same mytorch/nn.py; the same mytorch/optim.py"
    assert rows == [
        f"dan, eve: {files}",
        f"dan, eve, fay: {rare}",
    ]

    own_work = tmp_path / "export"
    assert command(course, "similar", "mlp", "--export", own_work) == 0
    text = (own_work / "fay/nn.py").read_text()
    compile(text, "nn.py", "exec")
    assert "(x <= 0) / 4" in text
    assert "import numpy" not in text
    assert not (own_work / "max").exists()
    assert not (own_work / "lou").exists()
    assert command(course, "similar", "mlp", "--export", own_work) == 1
    assert "name a new folder" in capsys.readouterr().err

    swap(course, "gus", "hal")
    swap(course, "ivy", "jon")
    odd = grade_class(course, "mlp", jobs=1).odd
    swapped = "each folder holds what the other had handed in before: are they swapped?"
    assert [f"{a}: {swapped}" for a in ("gus and hal", "ivy and jon")] == [
        line for line in odd if swapped in line
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ada,bob\nbob,cy\n", "bob twice"),
        ("group,points\nA,3\n", "no column of"),
        (b"\xff\xfe\x00", "not in UTF-8"),
        ("ada,../etc\n", "is neither in the gradebook"),
    ],
)
def test_a_list_of_groups_that_is_wrong_changes_nothing(tmp_path, text, why, capsys):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    (tmp_path / FILE).write_text('{"mlp": [["ada", "bob"]]}')
    listed = tmp_path / "groups.csv"
    listed.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert command(tmp_path, "groups", "mlp", listed) == 1
    assert why in capsys.readouterr().err
    assert read_groups(tmp_path, "mlp") == [("ada", "bob")]


def test_a_damaged_file_of_groups_is_said_in_one_line(tmp_path):
    (tmp_path / FILE).write_text("{")
    with pytest.raises(RuntimeError, match="mend it"):
        read_groups(tmp_path, "mlp")


def test_rounding_makes_no_other_answer_and_a_known_mistake_has_no_name():
    failed = Verdict("case", True, False, kind=Kind.VALUES)
    right = Verdict("case", True, True)

    def name(value, *verdicts):
        return wrong_answer(verdicts or (failed,), [CaseResult((("out", value),))])

    third = np.array([1 / 3, 2.0])
    assert name(third) == name(third * (1 + 1e-12)) != ""
    assert name(third) != name(third * (1 + 1e-5))
    assert name(third) != name(third[:, None])
    assert name([third, None]) != name([third])
    known = replace(failed, mistake="a known one")
    assert name(third, right) == name(third, known, failed) == ""
    assert name(third, replace(failed, kind=Kind.RAISED)) == ""
