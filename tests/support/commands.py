"""How does a test run `nbgrader` or `autograder` as a user would, and soon?

Most of such a command's time goes into importing nbgrader. A server (this file, run as
a program) has imported it, and each command runs in a fork of that, with its own
folder, environment and output: the function that the console script calls, in a
process that has loaded nothing of the course.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import subprocess
import sys
import tempfile
import threading
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

BIN = Path(sys.executable).parent
MAIN = {"nbgrader": "nbgrader.apps.nbgraderapp", "autograder": "autograder.cli"}
LIBRARIES = [*MAIN.values(), "autograder.classroom.grade", "nbgrader.converters"]
one_at_a_time = threading.Lock()


def run(
    folder: Path, program: str, *arguments: str, **environment: str
) -> tuple[int, str]:
    """Return the exit status of a command in a folder, and what it printed."""
    with tempfile.NamedTemporaryFile() as output, one_at_a_time:
        asked = {
            "program": program,
            "arguments": arguments,
            "folder": str(folder),
            "environment": {**os.environ, **environment},
            "output": output.name,
        }
        server = _server()
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps(asked) + "\n")
        server.stdin.flush()
        status = int(server.stdout.readline())
        return status, Path(output.name).read_text("utf-8", "replace")


@cache
def _server() -> subprocess.Popen[str]:
    server = subprocess.Popen(
        [sys.executable, "-P", "-W", "ignore", __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(server.communicate)
    return server


def _serve() -> None:
    for name in LIBRARIES:
        import_module(name)
    # Else each child copies all these pages when it ends: 0.8 s of 1.
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _child(json.loads(line))
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _child(asked: dict[str, Any]) -> None:
    """Be the command: what a console script does, with its arguments and streams."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    output = os.open(asked["output"], os.O_WRONLY)
    for number, handle in enumerate((nothing, output, output)):
        os.dup2(handle, number)
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.dont_write_bytecode = bool(os.environ.get("PYTHONDONTWRITEBYTECODE"))
    os.chdir(asked["folder"])
    sys.argv = [str(BIN / asked["program"]), *asked["arguments"]]
    sys.exit(import_module(MAIN[asked["program"]]).main())


if __name__ == "__main__":
    _serve()
