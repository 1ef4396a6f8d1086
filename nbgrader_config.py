"""How nbgrader releases, grades and hands back this course."""

import os
import sys
from pathlib import Path

from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    IncludeHeaderFooter,
    LimitOutput,
    LockCells,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
    SaveCells,
)

from autograder.nbgrader_steps.button import install
from autograder.nbgrader_steps.export import CsvExport
from autograder.nbgrader_steps.gradebook import WriteReport
from autograder.nbgrader_steps.handed_back import ReleaseFeedback
from autograder.nbgrader_steps.kernels import bind_kernels
from autograder.nbgrader_steps.late import LatePenalty
from autograder.nbgrader_steps.pages import Page, bound_formgrader
from autograder.nbgrader_steps.release import CompleteRelease
from autograder.nbgrader_steps.zip_collect import bind_zip_collect
from autograder.platforms.collect import collect_folder

# nbgrader makes a new gradebook by running `alembic`, which lies beside Python.
os.environ["PATH"] = os.pathsep.join(
    [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
)
install()
bound_formgrader()
# No file beside a student's notebook is imported by the kernel that opens it.
bind_kernels(Path(__file__).parent)
# What platforms hand out is recognised by its names.
bind_zip_collect(collect_folder)

c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "mytorch"

# A release is made anew each time: it is committed, so that a change is seen.
c.GenerateAssignment.force = True
c.GenerateAssignment.preprocessors = [
    IncludeHeaderFooter,
    LockCells,
    ClearSolutions,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
    CompleteRelease,
    SaveCells,
    ClearHiddenTests,
    ClearMarkScheme,
    ComputeChecksums,
    CheckCellMetadata,
]

# No kernel: what a student's code gives was judged before, in a process of its own.
# Graded cells come from the master, so their metadata need no check for each student.
c.Autograde.sanitize_preprocessors = [OverwriteKernelspec, OverwriteCells]
c.Autograde.autograde_preprocessors = [
    WriteReport,
    LimitOutput,
    SaveAutoGrades,
    AssignLatePenalties,
]
c.OverwriteCells.add_missing_cells = True

# A second net under the intake: pages for people hold no active content.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.embed_images = True
# A page is made within limits of computing time and memory: c.Page.seconds, .mebibytes.
c.GenerateFeedback.exporter_class = Page

# Lateness: c.LatePenalty.percent_per_day, .grace_minutes and .most_percent; as it
# stands here, it costs nothing.
c.AssignLatePenalties.plugin_class = LatePenalty

# Notebooks are checked when all steps are done, and not before each of them.
c.Exporter.optimistic_validation = True

# Pages go back to those who handed in through the exchange, and to them alone.
c.ExchangeFactory.release_feedback = ReleaseFeedback

# Names with commas stay in their column.
c.ExportApp.plugin_class = CsvExport

# When a student's page tells why hidden cases failed: "at once", "after the deadline",
# "after publishing" (for the assignments in c.Autograde.published) or "never". After
# a change run `nbgrader generate_feedback`; nothing is judged again.
c.Autograde.hidden_reasons = "at once"

# What stands in the cell of a written answer before a student writes there.
c.ClearSolutions.text_stub = "Write your answer here."
