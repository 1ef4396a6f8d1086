"""What does `nbgrader zip_collect` do here? The same as `autograder collect`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nbgrader.apps.zipcollectapp import ZipCollectApp

# Collects a folder into a course: root, assignment, folder, force; returns lines.
Collect = Callable[[Path, str, Path, bool], list[str]]


def bind_zip_collect(collect: Collect) -> None:
    """Let `nbgrader zip_collect` collect its archive folder by `collect`.

    Names are recognised, so that no pattern is needed and none is looked at; nothing
    is unpacked to disk, so that there is no folder of extracted files.
    """

    def process(app: ZipCollectApp) -> None:
        folder = Path(app._format_collect_path(app.archive_directory))
        if not folder.is_dir():
            app.fail(f"{folder} is missing: put what the platform hands out there")
        root, name = Path(app.coursedir.root), app.coursedir.assignment_id
        try:
            lines = collect(root, name, folder, app.force)
        except (ModuleNotFoundError, RuntimeError) as error:
            app.fail(str(error))
        print("\n".join(lines))

    ZipCollectApp.extract_archive_files = lambda app: None
    ZipCollectApp.process_extracted_files = process
