"""What the course relies on inside nbgrader: one test for each reliance.

A new nbgrader that moves one of these fails here, by name, before anything else.
"""

import inspect
import re
from pathlib import Path

import pytest
from nbconvert.exporters import NotebookExporter
from nbconvert.writers import FilesWriter
from nbformat.v4 import new_code_cell, new_output
from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.apps import autogradeapp, generateassignmentapp, generatefeedbackapp
from nbgrader.converters import Autograde as Stock
from nbgrader.converters.base import BaseConverter
from nbgrader.plugins import CsvExportPlugin
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades
from nbgrader.server_extensions.formgrader import apihandlers, formgrader, handlers
from nbgrader.utils import capture_log, determine_grade
from traitlets.config import Config

from autograder.judging.report import QuestionReport, Report
from autograder.nbgrader_steps.autograde import Autograde
from autograder.nbgrader_steps.button import install
from autograder.nbgrader_steps.course_folder import load_config
from autograder.nbgrader_steps.export import COLUMNS
from autograder.nbgrader_steps.feedback import GenerateFeedback
from autograder.nbgrader_steps.gradebook import (
    OPENERS,
    OpenGradebook,
    cell_outputs,
    opened,
)
from autograder.nbgrader_steps.pages import TEMPLATES, Page
from autograder.nbgrader_steps.release import GenerateAssignment
from autograder.nbgrader_steps.staging import Staged
from autograder.student.marking import Verdict
from tests.support.samples import ROOT


def cell_with(outputs):
    mark = {"grade": True, "grade_id": "sgd", "points": 10, "solution": False}
    return new_code_cell(outputs=outputs, metadata={"nbgrader": mark})


@pytest.mark.parametrize("passed", [0, 1, 2, 3])
def test_score_is_the_float_in_the_first_execute_result(passed):
    verdicts = tuple(Verdict("hidden case", False, i < passed, "why") for i in range(3))
    question = QuestionReport("sgd", 10.0, verdicts)
    report = Report("mlp", (question,), 3, ("note",))
    cell = cell_with(cell_outputs(question, report, question.told()))
    assert determine_grade(cell) == (question.points, 10.0)


def test_stderr_would_be_a_zero():
    stream = new_output("stream", name="stderr", text="a warning")
    assert determine_grade(cell_with([stream])) == (0, 10.0)


def test_no_output_would_be_full_marks():
    assert determine_grade(cell_with([])) == (10.0, 10.0)


HOOKS = (
    "init_destination",
    "run_pre_convert_hook",
    "init_assignment",
    "convert_single_notebook",
    "set_permissions",
    "run_post_convert_hook",
)


def test_a_submission_goes_through_nbgraders_hooks_in_its_order():
    for loop in (BaseConverter.convert_notebooks, Staged.convert_one):
        source = inspect.getsource(loop)
        places = [source.index(f"self.{hook}(") for hook in HOOKS]
        assert places == sorted(places)


def test_the_loop_over_submissions_is_called_by_start():
    source = inspect.getsource(BaseConverter.start)
    assert "self.init_notebooks()" in source
    assert "self.convert_notebooks()" in source


def test_nothing_is_written_but_to_the_output_directory():
    assert "self._output_directory" in inspect.getsource(BaseConverter._format_dest)
    for step in ("init_assignment", "write_single_notebook", "set_permissions"):
        assert "_format_dest(" in inspect.getsource(getattr(BaseConverter, step))


@pytest.mark.parametrize(
    ("module", "app", "ours"),
    [
        (autogradeapp, "AutogradeApp", Autograde),
        (generatefeedbackapp, "GenerateFeedbackApp", GenerateFeedback),
        (generateassignmentapp, "GenerateAssignmentApp", GenerateAssignment),
    ],
)
def test_commands_look_up_their_converter_by_name(module, app, ours):
    install()
    assert getattr(module, ours.__name__) is ours
    start = inspect.getsource(getattr(module, app).start)
    assert f"{ours.__name__}(coursedir=self.coursedir, parent=self)" in start
    assert "except NbGraderException:" in start


def test_buttons_call_these_methods_with_these_arguments():
    """What formgrader's handlers give, and what they read of the answer."""
    handlers = inspect.getsource(apihandlers)
    for call in (
        "self.api.autograde(assignment_id, student_id)",
        "self.api.generate_assignment(assignment_id)",
        "self.api.generate_feedback(assignment_id, student_id)",
        "self.api.generate_feedback(assignment_id)",
    ):
        assert call in handlers
    answer = inspect.getsource(capture_log)
    assert all(f'"{key}"' in answer for key in ("success", "log", "error"))


def test_penalties_need_the_gradebook_and_no_cell():
    source = inspect.getsource(AssignLatePenalties.preprocess)
    used = set(re.findall(r"resources\['nbgrader'\]\['(\w+)'\]", source))
    assert used == {"student", "assignment", "notebook", "db_url"}
    assert "nb.cells" not in source


def test_marks_are_read_by_these_columns():
    columns = {
        Grade: {"auto_score", "manual_score", "extra_credit", "cell_id", "notebook_id"},
        GradeCell: {"name", "max_score"},
        SubmittedNotebook: {"late_submission_penalty", "grades"},
        SubmittedAssignment: {"timestamp", "extension", "notebooks"},
    }
    for table, names in columns.items():
        assert names <= set(dir(table))


def test_the_exported_table_has_nbgraders_columns():
    source = inspect.getsource(CsvExportPlugin.export)
    start = source.index("keys = [")
    named = re.findall(r'"(\w+)"', source[start : source.index("]", start)])
    assert tuple(named) == COLUMNS


def test_steps_open_the_gradebook_by_the_name_in_their_module(tmp_path):
    url = f"sqlite:///{tmp_path}/gradebook.db"
    with opened(tmp_path, url, "mytorch") as shared:
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


def test_comments_on_graded_cells_need_a_row_and_no_more():
    """Formgrader finds a comment by its cell's name, and saves it by its id."""
    assert "notebook.comments" in inspect.getsource(
        apihandlers.CommentCollectionHandler.get
    )
    assert "find_comment_by_id" in inspect.getsource(apihandlers.CommentHandler)
    script = (Path(formgrader.__file__).parent / "static/js/formgrade.js").read_text()
    assert 'model.get("name") + "-comment").parents(".nbgrader_cell")' in script
    models = Path(formgrader.__file__).parent / "static/js/formgrade_models.js"
    assert '"change .comment"' in models.read_text()
    assert {"cell_id", "notebook_id", "manual_comment"} <= set(dir(Comment))


def test_formgraders_template_is_found_before_nbgraders():
    """It sets its own folder of templates; `Page` puts ours in front of it."""
    source = inspect.getsource(formgrader.FormgradeExtension)
    assert "HTMLExporter(config=self.config)" in source
    assert "template_name = 'formgrade'" in source
    config = Config()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    page = Page(config=config)
    first, second = page.template_paths[:2]
    assert first == str(TEMPLATES / "formgrade")
    assert second == str(Path(handlers.template_path) / "formgrade")
    assert "formgrade_macros" in (Path(second) / "index.html.j2").read_text()
