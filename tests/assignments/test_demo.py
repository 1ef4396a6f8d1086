"""The class of the demo, in every assignment: each sample loses what it should."""

import pytest

from tests.support.classes import lost_questions
from tests.support.demo import copy_course, grade, small_class
from tests.support.samples import ASSIGNMENTS

pytestmark = pytest.mark.long


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_each_sample_loses_exactly_its_questions(name, tmp_path, capsys):
    course = copy_course(tmp_path / "course")
    grade(course, name)
    expected = {sample: lost for sample, (_, lost) in small_class(name).items()}
    assert lost_questions(course, name) == expected
    printed = capsys.readouterr().out
    assert all(f"\n{sample:<32}" in printed for sample in expected)
