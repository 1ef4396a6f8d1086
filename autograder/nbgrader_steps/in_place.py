"""Would nbgrader release and grade by this course's steps, or by its own?

Where nbgrader_config.py cannot be run, nbgrader says so in its log and goes on with
its own settings: it releases a notebook without the library, and runs what students
wrote outside of any confinement.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nbgrader.apps import autogradeapp as apps
from traitlets.config.loader import LazyConfigValue

from autograder.judging.seed import CONFIG_FILE
from autograder.nbgrader_steps.autograde import Autograde
from autograder.nbgrader_steps.course_folder import Refused, load_config
from autograder.nbgrader_steps.gradebook import WriteReport
from autograder.nbgrader_steps.release import CompleteRelease

STEPS = (
    ("GenerateAssignment", "preprocessors", CompleteRelease),
    ("Autograde", "autograde_preprocessors", WriteReport),
)
STOCK = "nbgrader would go on with its own settings"


def config_faults(root: Path) -> list[str]:
    """Return why nbgrader would do without the steps of the course in `root`."""
    apps.Autograde = None
    try:
        config = load_config(root)
    except Refused as error:
        return [f"{error}; {STOCK}"]
    finally:
        installed, apps.Autograde = apps.Autograde, Autograde
    faults = [] if installed else [f"{CONFIG_FILE} does not call install(); {STOCK}"]
    for command, setting, step in STEPS:
        found = config[command][setting]
        if isinstance(found, LazyConfigValue) or step not in found:
            name = f"c.{command}.{setting}"
            faults.append(f"{CONFIG_FILE}: {name} holds no {step.__name__}; {STOCK}")
    return faults


def stock_releases(root: Path) -> Iterator[str]:
    """Yield the releases that were made without this course's steps."""
    for notebook in sorted(root.glob("release/*/*.ipynb")):
        folder = notebook.parent
        if not (folder / "mytorch").is_dir():
            yield (
                f"release/{folder.name} holds no mytorch: it was made without the "
                f"steps of this course; run nbgrader generate_assignment {folder.name}"
            )
