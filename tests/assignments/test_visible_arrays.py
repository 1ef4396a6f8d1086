"""What is frozen for students is what the references give, in every assignment."""

from __future__ import annotations

import json
import math

import pytest

from autograder.judging.answer_key import Course
from autograder.releasing.freeze import frozen_text
from tests.support.samples import ASSIGNMENTS, ROOT


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_visible_arrays_are_what_the_reference_gives(name):
    committed = (ROOT / "tests" / name / "visible.json").read_text(encoding="utf-8")
    fresh = frozen_text(Course.load(ROOT, name, bytes(32)))
    assert_same(json.loads(committed), json.loads(fresh))


def assert_same(committed, fresh):
    """Fail unless all words are equal, and all numbers up to rounding."""
    assert type(committed) is type(fresh)
    if isinstance(committed, dict):
        assert list(committed) == list(fresh)
        committed, fresh = list(committed.values()), list(fresh.values())
    if isinstance(committed, list):
        assert len(committed) == len(fresh)
        for one, other in zip(committed, fresh, strict=True):
            assert_same(one, other)
    elif isinstance(committed, float):
        assert math.isclose(committed, fresh, rel_tol=1e-9, abs_tol=1e-12)
    else:
        assert committed == fresh
