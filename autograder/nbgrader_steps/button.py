"""How do nbgrader's commands and formgrader's buttons use this course's steps?

Its commands get this course's converters. A button runs the command in a process of
its own: a JupyterLab that has been running for weeks holds cases, references and the
engine as they were when it started.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbgrader.apps.autogradeapp
import nbgrader.apps.generateassignmentapp
import nbgrader.apps.generatefeedbackapp
from nbgrader.apps.api import NbGraderAPI

from autograder.judging.shared_folder import let_group_write
from autograder.nbgrader_steps import exchange
from autograder.nbgrader_steps.autograde import Autograde
from autograder.nbgrader_steps.feedback import GenerateFeedback
from autograder.nbgrader_steps.release import GenerateAssignment

# What of nbgrader's settings says where a course lies and who may write there.
SETTINGS = (
    "root",
    "course_id",
    "db_url",
    "directory_structure",
    "source_directory",
    "release_directory",
    "submitted_directory",
    "autograded_directory",
    "feedback_directory",
    "groupshared",
    "student_id_exclude",
)


def install() -> None:
    """Let nbgrader's commands and formgrader's buttons use this course's steps."""
    nbgrader.apps.autogradeapp.Autograde = Autograde
    nbgrader.apps.generatefeedbackapp.GenerateFeedback = GenerateFeedback
    nbgrader.apps.generateassignmentapp.GenerateAssignment = GenerateAssignment
    NbGraderAPI.autograde = autograde
    NbGraderAPI.generate_feedback = generate_feedback
    NbGraderAPI.generate_assignment = generate_assignment
    exchange.install()
    let_group_write(Path.cwd())


def autograde(
    api: NbGraderAPI,
    assignment_id: str,
    student_id: str,
    force: bool = True,
    create: bool = True,
) -> dict[str, Any]:
    """Grade one student's submission; return what nbgrader's own method does."""
    options = {
        "CourseDirectory.student_id": student_id,
        "Autograde.force": force,
        "Autograde.create_student": create,
    }
    return run(api, "autograde", assignment_id, options)


def generate_feedback(
    api: NbGraderAPI,
    assignment_id: str,
    student_id: str | None = None,
    force: bool = True,
) -> dict[str, Any]:
    """Write the pages of one student or all; return what nbgrader's own does."""
    options: dict[str, object] = {"GenerateFeedback.force": force}
    if student_id is not None:
        options["CourseDirectory.student_id"] = student_id
    return run(api, "generate_feedback", assignment_id, options)


def generate_assignment(
    api: NbGraderAPI, assignment_id: str, force: bool = True, create: bool = True
) -> dict[str, Any]:
    """Make a release; return what nbgrader's own method does."""
    options = {
        "GenerateAssignment.force": force,
        "GenerateAssignment.create_assignment": create,
    }
    return run(api, "generate_assignment", assignment_id, options)


def run(
    api: NbGraderAPI, command: str, assignment: str, options: Mapping[str, object]
) -> dict[str, Any]:
    """Run a command of nbgrader in a process of its own, in the API's course."""
    settings = {f"CourseDirectory.{n}": getattr(api.coursedir, n) for n in SETTINGS}
    flags = [f"--{name}={value}" for name, value in {**settings, **options}.items()]
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", command, assignment, *flags],
        cwd=api.coursedir.root,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    result: dict[str, Any] = {"success": done.returncode == 0, "log": done.stdout}
    if done.returncode:
        errors = [line for line in done.stdout.splitlines() if "ERROR" in line]
        result["error"] = "\n".join(errors) or done.stdout
    return result
