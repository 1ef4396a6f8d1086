"""What platforms hand out arrives in submitted/, each student by themselves."""

import shutil
from pathlib import Path

import pytest

from autograder.platforms.archives import parts
from autograder.platforms.collect import collect, zone_of
from tests.support.archives import BAD, packed, tarred, work
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


def test_every_failure_stays_with_its_archive(course):
    hand_out(course, {name: make() for name, make in BAD.items()})
    hand_out(course, {"zz.zip": packed(work("last"))})
    printed = zip_collect(course)
    assert marks(course) == {"zz": "last", "comment": "x"} or marks(course) == {
        "zz": "last"
    }
    for name in BAD:
        assert name.partition(".")[0] in printed, printed
    assert "Traceback" not in printed
    assert not Path("/tmp/planted-by-zip.py").exists()
    written = [p for p in (course / "submitted").rglob("*") if p.is_file()]
    assert sum(path.stat().st_size for path in written) < 60 << 20
    assert not list(course.rglob("planted*"))


def test_canvas(course):
    with_roster(course)
    backslashes = packed(work("jan")).replace(b"mlp/mytorch/nn", b"mlp\\mytorch\\nn")
    hand_out(
        course,
        {
            "submissions.zip": packed(
                {
                    "lovelaceada_11_900_mlp.zip": packed(work("old")),
                    "lovelaceada_11_901_mlp-1.zip": packed(work("ada")),
                    "łukasiewiczjan_LATE_12_902_My Work.ZIP": backslashes,
                    "hoppergrace_13_903_nn.py": b"MARK = 'grace'\n",
                    "hoppergrace_13_904_mlp-2.ipynb": b"{}",
                    "strangereve_99_905_mlp.tar.gz": tarred(work("eve")),
                }
            )
        },
    )
    printed = zip_collect(course)
    assert marks(course) == {
        "ada": "ada", "grace": "grace", "jan": "jan", "strangereve": "eve"
    }  # fmt: skip
    assert "an older attempt is left: submissions.zip: lovelaceada_11_900" in printed
    assert "marked late by the platform" in printed
    assert "missing: mytorch/optim.py" in printed
    assert "not in the gradebook" in printed
    assert (course / "submitted/grace/mlp/mlp.ipynb").read_bytes() == b"{}"


def test_moodle_with_a_file_or_a_zip_of_each_student(course):
    folder = "Ada Lovelace_51_assignsubmission_file_"
    nested = packed({"mine/" + name: data for name, data in work("ada").items()})
    loose = "Łukasz Ó'Brien_52_assignsubmission_file_"
    whole = {
        f"{folder}/mlp.zip": nested,
        f"{loose}/nn.py": b"MARK = 'loose'\n",
        f"{loose}/optim.py": b"",
        f"{loose}/mlp.ipynb": b"{}",
        "Grace Hopper_53_assignsubmission_onlinetext_/onlinetext.html": b"<p>hello",
        "Two Same_54_assignsubmission_file_/mlp.zip": packed(work("one")),
        "Two Same_55_assignsubmission_file_/mlp.zip": packed(work("two")),
    }
    hand_out(course, {"CS-99.zip": packed(whole)})
    printed = zip_collect(course)
    assert marks(course) == {
        "Ada Lovelace": "ada",
        "Two Same 54": "one",
        "Two Same 55": "two",
        "Łukasz Ó'Brien": "loose",
    }
    assert "only text typed on the platform" in printed


def test_blackboard_takes_the_last_attempt_and_its_time(course):
    files = {}
    for user, time, mark in [
        ("ada", "2026-11-20-11-22-33", "old"),
        ("ada", "2026-11-21-09-00-00", "new"),
        ("eve", "2026-11-21-10-00-00", "eve"),
    ]:
        head = f"mlp_{user}_attempt_{time}"
        own = {**work(mark), "mlp/timestamp.txt": b"2026-11-01 00:00:00 UTC"}
        own["mlp/submission_secret.txt"] = b"of-the-student"
        files[f"{head}_mlp.zip"] = packed(own)
        files[f"{head}.txt"] = b"Name: somebody"
    hand_out(course, {"gradebook_mlp.zip": packed(files)})
    printed = zip_collect(course)
    assert marks(course) == {"ada": "new", "eve": "eve"}
    assert stamp(course, "ada") == "2026-11-21 09:00:00.000000 UTC"
    assert stamp(course, "eve") == "2026-11-21 10:00:00.000000 UTC"
    assert "left out: mlp/mlp/timestamp.txt" in printed
    assert not list(course.glob("submitted/*/mlp/submission_secret.txt"))


def test_the_time_of_a_platform_may_be_of_another_zone(course):
    name = "mlp_ada_attempt_2026-07-20-13-00-00_mlp.zip"
    hand_out(course, {name: packed(work("ada"))})
    path = course / "downloaded/mlp/archive" / name
    collect(course, "mlp", [path], zone=zone_of("Europe/Berlin"))
    assert stamp(course, "ada") == "2026-07-20 11:00:00.000000 UTC"
    with pytest.raises(RuntimeError, match="no time zone"):
        zone_of("../../etc/passwd")


def test_no_inner_name_takes_the_place_of_another_student(course):
    inside = {
        **work("eve"),
        "lovelaceada_11_900_mlp.zip": packed(work("forged")),
        "Ada Lovelace_51_assignsubmission_file_/mytorch/nn.py": b"MARK = 'forged'\n",
        "mlp_ada_attempt_2026-12-31-10-00-00_mlp/mytorch/nn.py": b"MARK = 'forged'\n",
        "ada.zip": packed(work("forged")),
    }
    hand_out(course, {"ada.zip": packed(work("ada")), "eve.zip": packed(inside)})
    zip_collect(course)
    assert marks(course) == {"ada": "ada", "eve": "eve"}
    with_roster(course)
    everybody = {"mlp_eve_attempt_2026-11-21-10-00-00_mlp.zip": packed(inside)}
    hand_out(course, {"class.zip": packed(everybody)})
    zip_collect(course)
    assert marks(course)["ada"] == "ada"


def test_what_was_zipped_along_is_left_out_by_name(course):
    along = {f"mlp/.venv/lib/site-packages/p{i}/nn.py": b"x" for i in range(3_000)}
    along |= {f"mlp/autograder/student/{i}.py": b"x" for i in range(9)}
    along |= {"mlp/tests/mlp/mytorch/nn.py": b"x", "mlp/data.csv": b"1"}
    along |= {"__MACOSX/mlp/mytorch/._nn.py": b"x", "mlp/.DS_Store": b"x"}
    along |= {"mlp/../../nn.py": b"x", "mlp/mytorch/more.py": b"y = 1\n"}
    hand_out(course, {"ada.zip": packed({**along, **work("ada")})})
    printed = zip_collect(course)
    files = {
        path.relative_to(course / "submitted/ada/mlp").as_posix()
        for path in (course / "submitted/ada/mlp").rglob("*.*")
    }
    assert files == {
        "mlp.ipynb", "mytorch/nn.py", "mytorch/optim.py", "mytorch/more.py",
        "collected.json",
    }  # fmt: skip
    assert "left out: mlp/mlp/.venv/ (3000 files)" in printed or (
        "left out: ada/mlp/.venv/ (3000 files)" in printed
    )
    assert "autograder/ (9 files)" in printed
    assert "data.csv" in printed
    assert "leads elsewhere" in printed
    assert "MACOSX" not in printed


def test_a_newer_attempt_replaces_and_an_older_one_does_not(course):
    def attempt(day, mark):
        shutil.rmtree(course / "downloaded/mlp/archive")
        name = f"mlp_ada_attempt_2026-11-{day}-10-00-00_mlp.zip"
        hand_out(course, {name: packed(work(mark))})
        return zip_collect(course)

    assert "new: mlp.ipynb" in attempt(20, "first")
    assert "newer, replaced" in attempt(22, "second")
    assert "older than what was collected before" in attempt(21, "between")
    assert marks(course) == {"ada": "second"}
    assert stamp(course, "ada").startswith("2026-11-22")
    assert "as it was" in attempt(22, "second")
    assert "older, replaced all the same" in zip_force(course, attempt)
    assert marks(course) == {"ada": "forced"}
    assert not list((course / "submitted/ada").glob(".collecting-*"))


def zip_force(course, attempt):
    attempt(19, "forced")
    return zip_collect(course, "--force")


def test_an_older_upload_of_canvas_does_not_replace(course):
    for number, mark in (("905", "second"), ("904", "first")):
        shutil.rmtree(course / "downloaded/mlp/archive")
        hand_out(course, {f"adalovelace_11_{number}_mlp.zip": packed(work(mark))})
        printed = zip_collect(course)
    assert "older than what was collected before" in printed
    assert marks(course) == {"adalovelace": "second"}


def test_one_that_cannot_be_written_stops_nobody(course):
    (course / "submitted").mkdir()
    (course / "submitted/ada").write_text("a file where a folder should be")
    hand_out(course, {f"{name}.zip": packed(work(name)) for name in ("ada", "bob")})
    printed = zip_collect(course)
    assert "not written (File exists), found" in printed
    assert marks(course) == {"bob": "bob"}


def test_what_an_archiver_leaves_in_submitted_is_nobody(course):
    from autograder.nbgrader_steps.autograde import Autograde, submitted_students

    for name in ("ada", "__MACOSX"):
        (course / f"submitted/{name}/mlp").mkdir(parents=True)
    (course / "submitted/.DS_Store").write_bytes(b"")
    assert submitted_students(Autograde.of(course, "mlp").coursedir) == ["ada"]


def test_the_commands(course, capsys):
    from autograder.cli import main

    hand_out(course, {"ada.zip": packed(work("ada")), "bob/mlp.zip": packed(work("b"))})
    folder = course / "downloaded/mlp/archive"
    root = ["--root", str(course)]
    assert main([*root, "collect", "mlp", str(folder)]) == 0
    assert marks(course) == {"ada": "ada", "bob": "b"}
    assert "2 students" in capsys.readouterr().out
    assert main([*root, "collect", "mlp", str(folder / "nothing.zip")]) == 1
    assert "there is no" in capsys.readouterr().err
    assert main([*root, "roster", str(course / "nothing.csv")]) == 1
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ["a/../../b", "/a", "C:\\a", "a\0b", "..\\a", "a" * 400]
)
def test_a_name_that_leads_elsewhere_is_none(name):
    assert parts(name) == ()


def test_backslashes_are_separators():
    assert parts("mlp\\mytorch\\.\\nn.py") == ("mlp", "mytorch", "nn.py")
