"""What may a kernel of the course's Lab import? No file that a student put beside it.

Python puts the folder that it starts in before everything else. A kernel on
submitted/<student>/<assignment>/<assignment>.ipynb would so run the student's
`ipykernel_launcher.py`, as the instructor, before the first cell.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

MANAGERS = "jupyter_server.services.kernels.kernelmanager"
# On the module of the managers, when they start kernels as below.
MARK = "starts_safe_kernels"
# Folders of the course whose notebooks may import what lies beside them.
OWN = ("source", "release", "docs")


def bind_kernels(course: Path) -> None:
    """Let Jupyter's server, if this is one, start kernels on a safe path.

    nbgrader's extensions read nbgrader_config.py while the server starts, whichever
    command started it.
    """
    module = sys.modules.get(MANAGERS)
    if module is None or hasattr(module, MARK):
        return
    before = module.ServerKernelManager
    setattr(module, MARK, True)
    start, course = before.start_kernel, course.resolve()

    async def start_kernel(manager: Any, *args: Any, **kw: Any) -> Any:
        if not is_own(course, Path(kw.get("cwd") or os.getcwd())):
            # The first for Python itself, the second for IPython before 9.7.
            kw["env"] = {**(kw.get("env") or os.environ), "PYTHONSAFEPATH": "1"}
            more = kw.get("extra_arguments") or []
            kw["extra_arguments"] = [*more, "--IPKernelApp.ignore_cwd=True"]
        return await start(manager, *args, **kw)

    before.start_kernel = start_kernel


def is_own(course: Path, folder: Path) -> bool:
    """Return whether a folder holds what the course itself wrote."""
    folder = folder.resolve()
    own = any(folder.is_relative_to(course / name) for name in OWN)
    return own or folder == course
