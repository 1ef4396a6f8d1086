"""What the course relies on inside nbgrader: one test for each reliance.

A new nbgrader that moves one of these fails here, by name, before anything else.
"""

import inspect

import nbgrader.apps.api
import nbgrader.apps.autogradeapp
import pytest
from nbconvert.exporters import NotebookExporter
from nbconvert.writers import FilesWriter
from nbformat.v4 import new_code_cell, new_output
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde as Stock
from nbgrader.converters.base import BaseConverter
from nbgrader.preprocessors import SaveAutoGrades
from nbgrader.utils import determine_grade

from autograder.judging.report import QuestionReport, Report
from autograder.nbgrader_steps.autograde import Autograde
from autograder.nbgrader_steps.button import install
from autograder.nbgrader_steps.course_folder import load_config
from autograder.nbgrader_steps.gradebook import (
    OPENERS,
    OpenGradebook,
    cell_outputs,
    opened,
)
from autograder.student.marking import Verdict
from tests.support.samples import ROOT


def cell_with(outputs):
    mark = {"grade": True, "grade_id": "sgd", "points": 10, "solution": False}
    return new_code_cell(outputs=outputs, metadata={"nbgrader": mark})


@pytest.mark.parametrize("passed", [0, 1, 2, 3])
def test_score_is_the_float_in_the_first_execute_result(passed):
    verdicts = tuple(Verdict("hidden case", False, i < passed, "why") for i in range(3))
    question = QuestionReport("sgd", 10.0, verdicts)
    cell = cell_with(cell_outputs(question, Report("mlp", (question,), 3, ("note",))))
    assert determine_grade(cell) == (question.points, 10.0)


def test_stderr_would_be_a_zero():
    stream = new_output("stream", name="stderr", text="a warning")
    assert determine_grade(cell_with([stream])) == (0, 10.0)


def test_no_output_would_be_full_marks():
    assert determine_grade(cell_with([])) == (10.0, 10.0)


def test_hooks_come_in_the_order_that_the_converter_needs():
    source = inspect.getsource(BaseConverter.convert_notebooks)
    hooks = ("init_destination", "init_assignment", "convert_single_notebook")
    places = [source.index(f"self.{hook}(") for hook in (*hooks, "set_permissions")]
    assert places == sorted(places)


def test_the_command_and_the_api_look_up_autograde_by_name():
    before = nbgrader.apps.api.Autograde
    install()
    assert nbgrader.apps.autogradeapp.Autograde is Autograde
    assert nbgrader.apps.api.Autograde is Autograde
    assert "Autograde(" in inspect.getsource(nbgrader.apps.autogradeapp.AutogradeApp)
    assert "Autograde(" in inspect.getsource(nbgrader.apps.api.NbGraderAPI.autograde)
    assert before in {Stock, Autograde}


def test_steps_open_the_gradebook_by_the_name_in_their_module(tmp_path):
    url = f"sqlite:///{tmp_path}/gradebook.db"
    with opened(url, "mytorch") as shared:
        for module in OPENERS:
            assert module.Gradebook(url) is shared
    assert all(module.Gradebook is Gradebook for module in OPENERS)
    assert "Gradebook(self.db_url)" in inspect.getsource(SaveAutoGrades)


def test_nothing_is_in_the_gradebook_before_save(tmp_path):
    url = f"sqlite:///{tmp_path}/gradebook.db"
    Gradebook(url, "mytorch").close()
    gradebook = OpenGradebook(url, "mytorch")
    gradebook.update_or_create_student("somebody")
    with Gradebook(url, "mytorch") as other:
        assert other.students == []
    gradebook.save()
    with Gradebook(url, "mytorch") as other:
        assert [student.id for student in other.students] == ["somebody"]
    gradebook.close()


def test_files_of_a_preprocessor_are_written_after_all_steps():
    source = inspect.getsource(BaseConverter.convert_single_notebook)
    assert source.index("from_filename") < source.index("write_single_notebook")
    assert "outputs" in inspect.getsource(FilesWriter)


def test_notebooks_can_be_validated_once_at_the_end():
    assert "optimistic_validation" in NotebookExporter.class_traits(config=True)


def test_the_config_lists_every_step_that_nbgrader_has():
    """Apart from those that would run code, or check what intake has made sure."""
    left_out = {
        "ClearOutput",
        "DeduplicateIds",
        "CheckCellMetadata",
        "Execute",
        "IgnorePattern",
        "ClearMetadataPreprocessor",
    }
    config = load_config(ROOT).Autograde
    ours = {step.__name__ for step in config.sanitize_preprocessors}
    ours |= {step.__name__ for step in config.autograde_preprocessors}
    stock = {step.__name__ for step in Stock().sanitize_preprocessors}
    stock |= {step.__name__ for step in Stock().autograde_preprocessors}
    assert ours == (stock - left_out) | {"WriteReport"}
