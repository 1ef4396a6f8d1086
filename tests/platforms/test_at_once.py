"""Two take in work, or give out, at the same time: nothing is mixed, or lost."""

import shutil
import zipfile
from datetime import datetime, timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from nbgrader.api import Gradebook
from nbgrader.exchange.default import ExchangeCollect

from autograder.nbgrader_steps.course_folder import (
    open_folder,
    read_submission,
)
from autograder.nbgrader_steps.deadlines import extend, listed
from autograder.nbgrader_steps.people import Person, write_people
from autograder.platforms import gradescope, lite
from autograder.platforms.collect import collect
from autograder.platforms.gradescope import write_zip
from autograder.student.assignment import load
from tests.support.archives import packed
from tests.support.at_once import at_once, often


@pytest.fixture(scope="module")
def course(scratch):
    """Return a course whose gradebook knows one assignment."""
    root = scratch()
    with Gradebook(f"sqlite:///{root}/gradebook.db", "mytorch") as gradebook:
        gradebook.add_assignment("mlp")
    return root


def marked(name):
    """Return the files of an attempt, each of which says which one it is."""
    text = f"MARK = {name!r}\n".encode()
    return {f"mlp/mytorch/{module}.py": text for module in ("nn", "optim")}


def collected(course, name, number):
    archive = course.parent / f"{name}-{number}" / "cyd.zip"
    archive.parent.mkdir()
    archive.write_bytes(packed(marked(f"{name} {number}")))
    done = collect(course, "mlp", [archive])
    assert "not written" not in "\n".join(done.lines())


def read(course, student, number):
    """Fail if what is read of a submission is not all there, or of two attempts."""
    coursedir, assignment = open_folder(course, "mlp"), load(course, "mlp")
    for _ in range(30):
        sources = read_submission(coursedir, assignment, student).sources
        assert len(sources) == 2, number
        assert len(set(sources.values())) == 1, number


def test_a_submission_is_whole_whoever_collects_and_reads_it(course):
    collected(course, "first", 0)
    collect_it, read_it = partial(collected, course), partial(read, course, "cyd")
    at_once(
        *(partial(often, collect_it, name) for name in "xy"), partial(often, read_it)
    )
    assert not list(course.glob("submitted/*/.*"))
    shutil.rmtree(course / "submitted/cyd")


def test_what_nbgrader_collects_is_not_read_before_it_is_whole(course):
    inbound = course.parent / "inbound"
    for name, data in marked("x").items():
        path = inbound / "dan+mlp" / name.removeprefix("mlp/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def collect_it(number):
        exchange = ExchangeCollect(coursedir=open_folder(course, "mlp"))
        exchange.inbound_path, exchange.check_owner = str(inbound), False
        exchange.update = True
        exchange.src_records = [
            {"username": "dan", "filename": "dan+mlp", "timestamp": datetime.now()}
        ]
        exchange.copy_files()

    collect_it(0)
    at_once(partial(often, collect_it), partial(often, partial(read, course, "dan")))
    shutil.rmtree(course / "submitted/dan")


def test_the_zip_with_the_seed_stays_its_owners_if_two_write_it(course, monkeypatch):
    target, add, others = course / "mlp-gradescope.zip", gradescope._add, []

    class Opened(zipfile.ZipFile):
        def __init__(self, *arguments):
            target.unlink(missing_ok=True)  # another is about to write a new one
            super().__init__(*arguments)

    def interrupted(*parts, **named):
        if not others:
            others.append("once")
            write_zip(course, "mlp", target)
        add(*parts, **named)

    monkeypatch.setattr(zipfile, "ZipFile", Opened)
    monkeypatch.setattr(gradescope, "_add", interrupted)
    write_zip(course, "mlp", target)
    monkeypatch.undo()
    assert target.stat().st_mode & 0o777 == 0o600
    assert zipfile.ZipFile(target).testzip() is None
    assert not list(course.glob(".mlp-gradescope*"))


def test_two_commands_add_the_same_students_and_extensions(course):
    def add(number):
        write_people(course, [Person(f"new-{number}", "A", "B")])
        extend(course, "mlp", f"new-{number}", timedelta(days=1))

    at_once(*[partial(often, add)] * 3)
    assert len([line for line in listed(course, "mlp") if "new-" in line]) == 15


def test_a_site_is_whole_whoever_builds_it(course, monkeypatch):
    (course / "release/mlp").mkdir(parents=True)
    (course / "release/mlp/mlp.ipynb").touch()
    target = course / "build/lite"

    def run(project):
        for number in range(50):
            (project / f"site/{number}").mkdir(parents=True)
        (project / "site" / lite.PAGE).touch()

    def build(number):
        lite.build_site(course, target, "https://example.org/pyodide.mjs")

    for name, act in {
        "find_spec": bool,
        "_add": lambda *parts: None,
        "_run": run,
    }.items():
        monkeypatch.setattr(lite, name, act)
    others = []

    def rmtree(path, **named):
        shutil.rmtree(path, **named)
        if not others:
            others.append("once")
            build(0)

    tools = {"rmtree": rmtree, "move": shutil.move, "copytree": shutil.copytree}
    monkeypatch.setattr(lite, "shutil", SimpleNamespace(**tools))
    build(0)
    at_once(*[partial(often, build)] * 2)
    assert len(list(target.iterdir())) == 51
    assert list(target.parent.iterdir()) == [target]
