"""Due dates, extra time and what being late costs, in a real gradebook."""

from datetime import UTC, datetime, timedelta

import pytest
from nbgrader.api import Gradebook

from autograder.nbgrader_steps.deadlines import (
    extend,
    listed,
    read_date,
    read_extra,
    set_due,
)
from autograder.nbgrader_steps.late import LatePenalty

DAY = 24 * 60 * 60
DUE = datetime(2026, 11, 30, 22, 59, tzinfo=UTC)


@pytest.fixture
def course(tmp_path):
    """Return a course whose gradebook has two assignments and a student."""
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as gradebook:
        gradebook.add_assignment("mlp")
        gradebook.add_assignment("optim")
        gradebook.add_student("ada")
    return tmp_path


@pytest.mark.parametrize(
    "text", ["2026-11-30 23:59 +01:00", "2026-11-30T22:59Z", "2026-11-30 22:59:00 Z"]
)
def test_a_date_with_an_offset_is_read_as_it_says(text):
    assert read_date(text) == DUE


@pytest.mark.parametrize("text", ["30.11.2026", "tomorrow", "2026-11-31", ""])
def test_another_date_is_refused_in_one_line(text):
    with pytest.raises(RuntimeError, match="write it like"):
        read_date(text)


@pytest.mark.parametrize("text", ["", "2", "two days", "-1d", "1h2d"])
def test_another_extra_time_is_refused_in_one_line(text):
    with pytest.raises(RuntimeError, match="write it like"):
        read_extra(text)


def test_a_due_date_is_set_changed_and_taken_away(course):
    set_due(course, "mlp", DUE)
    assert listed(course, "mlp") == ["mlp is due 2026-11-30 22:59 UTC"]
    set_due(course, "mlp", DUE + timedelta(days=1))
    assert "2026-12-01" in listed(course, "mlp")[0]
    set_due(course, "mlp", None)
    assert listed(course, "mlp") == ["mlp has no due date"]


def test_extra_time_is_given_before_anything_was_handed_in(course):
    set_due(course, "mlp", DUE)
    assert extend(course, "mlp", "ada", timedelta(days=2)) == ["mlp"]
    assert listed(course, "mlp")[1:] == ["ada: 2d more, until 2026-12-02 22:59 UTC"]
    extend(course, "mlp", "ada", timedelta(days=1))
    assert "2026-12-01" in listed(course, "mlp")[1]
    extend(course, "mlp", "ada", timedelta())
    assert len(listed(course, "mlp")) == 1


def test_an_accommodation_holds_for_every_assignment(course):
    assert extend(course, "*", "ada", timedelta(days=7)) == ["mlp", "optim"]
    assert len(listed(course, "optim")) == 2


def test_who_or_what_is_not_known_is_said(course):
    with pytest.raises(RuntimeError, match="no student 'eve'"):
        extend(course, "mlp", "eve", timedelta(days=1))
    with pytest.raises(RuntimeError, match="no assignment 'cnn'"):
        set_due(course, "cnn", DUE)


@pytest.mark.parametrize(
    ("late", "taken"),
    [(0, None), (900, None), (901, 8.0), (DAY, 8.0), (DAY + 1, 16.0), (9 * DAY, 24.0)],
)
def test_each_day_begun_costs_after_the_grace_up_to_the_cap(late, taken):
    plugin = LatePenalty(percent_per_day=10, grace_minutes=15, most_percent=30)
    assert plugin.late_submission_penalty("ada", 80.0, late) == taken


def test_as_shipped_nothing_is_taken():
    assert LatePenalty().late_submission_penalty("ada", 80.0, 9 * DAY) is None
