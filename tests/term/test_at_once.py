"""Two who use the same course folder at the same time lose nothing of each other's."""

import os
from functools import partial

import pytest

from autograder.judging import seed
from autograder.judging.seed import SEED_FILE, read_seed
from autograder.nbgrader_steps.groups import read_groups, write_groups
from autograder.nbgrader_steps.hold import held_back, hold
from autograder.term.new_term import begin, plan
from tests.support.at_once import at_once

OFTEN = 40


def hold_often(root, name):
    for number in range(OFTEN):
        hold(root, "mlp", f"{name}-{number}", "ask")


def group_often(root, assignment):
    for number in range(OFTEN):
        write_groups(root, assignment, [("a", f"b-{number}")])
        assert read_groups(root, assignment) == [("a", f"b-{number}")]


def test_nobody_who_is_held_back_is_let_out_by_another_command(tmp_path):
    at_once(*(partial(hold_often, tmp_path, name) for name in "xy"))
    assert len(held_back(tmp_path, "mlp")) == 2 * OFTEN


def test_groups_of_two_assignments_are_written_at_once(tmp_path):
    at_once(*(partial(group_often, tmp_path, name) for name in ("mlp", "cnn")))


def test_two_who_make_the_seed_at_once_get_the_same(tmp_path, monkeypatch):
    """Also where both have the same process id, as in two containers."""
    link, others = os.link, []

    def late(source, target):
        if not others:
            others.append(None)
            others.append(read_seed(tmp_path))
        link(source, target)

    monkeypatch.setattr(seed.os, "link", late)
    assert read_seed(tmp_path) == others[1]
    assert [path.name for path in tmp_path.iterdir()] == [SEED_FILE]


def test_a_seed_that_is_made_and_used_meanwhile_is_not_lost(tmp_path):
    made = []

    def graded():
        made.append(read_seed(tmp_path))
        return True

    assert [read_seed(tmp_path, graded)] == made


def test_a_seed_that_is_lost_is_said_to_be(tmp_path):
    with pytest.raises(seed.SeedError, match="is lost"):
        read_seed(tmp_path, lambda: True)


def test_a_term_is_ended_by_one_of_two(scratch):
    course = scratch()
    (course / "submitted").mkdir()
    planned, ended = plan(course, "2026-autumn"), course / "ended"

    def end():
        try:
            begin(planned)
        except RuntimeError as error:
            ended.write_text(str(error))

    at_once(end, end)
    assert "is there already" in ended.read_text()
    assert {"gradebook.db", "submitted", "term.json"} <= {
        path.name for path in (course / "terms/2026-autumn").iterdir()
    }
