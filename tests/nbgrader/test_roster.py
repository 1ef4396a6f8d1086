"""A roster fills the gradebook, or it is said in one line what it lacks."""

import pytest
from nbgrader.api import Gradebook

from autograder.platforms.collect import collect, zone_of
from autograder.platforms.roster import import_roster
from tests.support.archives import packed, work
from tests.support.handed_out import (
    hand_out,
    marks,
    nobody_yet,
    stamp,
    with_roster,
    zip_collect,
)


@pytest.fixture
def course(released):
    return nobody_yet(released)


def test_a_roster_fills_the_gradebook_and_names_who_is_absent(course):
    lines = with_roster(course)
    assert lines[0] == "3 students: 3 new, 0 known before"
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mytorch") as gradebook:
        jan = gradebook.find_student("jan")
        assert (jan.first_name, jan.last_name) == ("Jan", "Łukasiewicz")
        assert jan.lms_user_id == "12"
    assert with_roster(course)[0] == "3 students: 0 new, 3 known before"
    hand_out(course, {"lovelaceada_11_900_mlp.zip": packed(work("ada"))})
    printed = zip_collect(course)
    assert "handed in nothing (2):" in printed
    assert "grace  Grace Hopper" in printed


MOODLE_ROSTER = (
    "\ufeffIdentifier,Full name,Email address,Status,Grade\n"
    "Participant 51,Ada Lovelace,ada@example.org,Submitted,\n"
    "Participant 52,Ada Lovelace,ada2@example.org,Submitted,\n"
)


def test_moodles_worksheet_tells_two_of_one_name_apart(course):
    (course / "worksheet.csv").write_text(MOODLE_ROSTER, encoding="utf-8")
    import_roster(course, course / "worksheet.csv")
    folder = "Ada Lovelace_{}_assignsubmission_file_/mlp.zip"
    whole = {folder.format(n): packed(work(f"of {n}")) for n in (51, 52)}
    hand_out(course, {"mlp.zip": packed(whole)})
    zip_collect(course)
    assert marks(course) == {"ada": "of 51", "ada2": "of 52"}


SHEET = (
    "Identifier,Full name,Last modified (submission),Grade\n"
    'Participant 51,Ada,"{}",\nParticipant 52,Bob,-,\nParticipant 53,Cy,gestern,\n'
)


def test_moodles_worksheet_says_when_it_was_handed_in(course):
    place = "Ada_51_assignsubmission_file_/mlp.zip"
    archive = course / "downloaded/mlp/archive"
    days = {"old": "Monday, 23 November 2026, 9:30 PM"}
    days |= {"new": "Tuesday, November 24, 2026, 12:30\u202fAM"}
    hand_out(course, {"CS.zip": packed({place: packed(work("new"))})})
    assert "has no times" in zip_collect(course)
    for mark, said in (("new", "is known now"), ("old", "older than what was")):
        (archive / "Grades.csv").write_text(SHEET.format(days[mark]))
        hand_out(course, {"CS.zip": packed({place: packed(work(mark))})})
        done = collect(course, "mlp", [archive], zone=zone_of("Europe/Paris")).lines()
        assert "Grades.csv, line 4: 'gestern' is no date" in "\n".join(done)
        assert "has no times" not in "\n".join(done)
        assert said in done[0]
    assert marks(course) == {"Ada": "new"}
    assert stamp(course, "Ada").startswith("2026-11-23 23:30:00")
    hand_out(course, {"CS.zip": packed({}), "other.csv": b"a,b\n1,2\n"})
    assert "other.csv is not collected: expected Moodle's" in zip_collect(course)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Full name,Grade\nAda,1\n", "has no column for an id"),
        ("ID number,Grade\nada,1\n", "has no column for names"),
        ("", "has no column for an id"),
        ('id,name\n\nada,A\n"bob,B\ncy,C\n', "line 4: a quote opens a cell and does"),
        ('id,name\n"ada,A\n"bob",B\n', "line 2: a quote opens a cell and does not"),
        ("id,name\n<b>,Ada B\n", "names no student: r.csv, line 2: '<b>' is no id"),
    ],
)
def test_a_roster_that_lacks_something_is_one_line(course, text, said):
    (course / "r.csv").write_text(text)
    with pytest.raises(RuntimeError, match=said):
        import_roster(course, course / "r.csv")


def test_ids_that_are_there_twice_are_named(course):
    (course / "r.csv").write_text("id;name\n\nada;Ada B\nada;Ada C\nbob;Bob D\n")
    lines = import_roster(course, course / "r.csv")
    assert lines[0] == "r.csv, line 4: ada is there twice"
    assert lines[1].startswith("2 students")
