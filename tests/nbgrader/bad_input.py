"""Folders that are odd or broken, what each loses, and a word of the reason."""

import json
import os
import shutil
import socket
from pathlib import Path

from tests.support.programs import apply
from tests.support.samples import code


def no_notebook(folder):
    code({})(folder)
    (folder / "mlp.ipynb").unlink()


def with_notebook(change):
    def sample(folder):
        code({})(folder)
        path = folder / "mlp.ipynb"
        path.write_bytes(change(path.read_bytes()))

    return sample


def with_cells(change):
    def apply_to(data):
        notebook = json.loads(data)
        change(notebook["cells"])
        return json.dumps(notebook).encode()

    return with_notebook(apply_to)


def graded_cells(cells):
    return [cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade")]


def delete_graded(cells):
    for cell in graded_cells(cells):
        cells.remove(cell)


def edit_graded(cells):
    for cell in graded_cells(cells):
        cell["source"] = "10.0"
        cell["metadata"]["nbgrader"]["points"] = 1000


def old_schema(cells):
    for cell in graded_cells(cells):
        cell["metadata"]["nbgrader"]["schema_version"] = 1


def new_schema(cells):
    for cell in graded_cells(cells):
        cell["metadata"]["nbgrader"]["schema_version"] = 99


def with_module(name, data):
    def sample(folder):
        code({})(folder)
        (folder / "mytorch" / f"{name}.py").write_bytes(data)

    return sample


def with_stamp(text):
    def sample(folder):
        code({})(folder)
        (folder / "timestamp.txt").write_bytes(text)

    return sample


def pipe_for_notebook(folder):
    code({})(folder)
    (folder / "mlp.ipynb").unlink()
    os.mkfifo(folder / "mlp.ipynb")


def device_for_module(folder):
    code({})(folder)
    path = folder / "mytorch" / "nn.py"
    path.unlink()
    path.symlink_to("/dev/zero")


def socket_for_module(folder):
    code({})(folder)
    path = folder / "mytorch" / "nn.py"
    path.unlink()
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as unix:
            unix.bind("nn.py")
    finally:
        os.chdir(here)


def huge_module(folder):
    code({})(folder)
    with (folder / "mytorch" / "nn.py").open("wb") as file:
        file.truncate(1 << 40)


def huge_notebook(folder):
    code({})(folder)
    with (folder / "mlp.ipynb").open("wb") as file:
        file.truncate(1 << 40)


def linked_mytorch(folder):
    shutil.rmtree(folder / "mytorch")
    (folder / "mytorch").symlink_to("/usr")


def import_needs(*lines):
    text = apply({})["nn"].replace("import numpy as np\n", "\n".join(lines) + "\n", 1)
    return with_module("nn", text.encode())


ALL = {
    "linear_forward",
    "relu_forward",
    "sequential_forward",
    "xeloss_forward",
    "xeloss_backward",
    "linear_backward",
    "relu_backward",
    "sequential_backward",
    "sgd",
}
# What is handed in, the questions that it loses, and a word of the reason.
BAD_INPUT = {
    "no-notebook": (no_notebook, set(), "mlp.ipynb is missing"),
    "empty-notebook": (with_notebook(lambda data: b""), set(), "empty"),
    "not-json": (with_notebook(lambda data: data[:-99]), set(), "not valid JSON"),
    "not-utf8": (with_notebook(lambda data: b"\xff\xfe" + data), set(), "UTF-8"),
    "a-list": (with_notebook(lambda data: b"[1, 2]"), set(), "format 4"),
    "deep-json": (with_notebook(lambda data: b"[" * 10**6), set(), "deep"),
    "pipe": (pipe_for_notebook, set(), "not a regular file"),
    "huge-notebook": (huge_notebook, set(), "at most"),
    "deleted-cells": (with_cells(delete_graded), set(), ""),
    "doubled-cells": (with_cells(lambda cells: cells.extend(cells[:])), set(), ""),
    "edited-cells": (with_cells(edit_graded), set(), ""),
    "old-schema": (with_cells(old_schema), set(), ""),
    "new-schema": (with_cells(new_schema), set(), ""),
    "bad-date": (with_stamp(b"yesterday, \xff"), set(), ""),
    "empty-date": (with_stamp(b""), set(), ""),
    "not-utf8-module": (with_module("nn", b"x = '\xff'\n"), ALL, "did not load"),
    "nul-module": (with_module("nn", b"x = 1\0\n"), ALL, "did not load"),
    "empty-module": (with_module("nn", b""), ALL, ""),
    "raises": (with_module("nn", b"1 / 0\n"), ALL, "ZeroDivisionError"),
    "exits": (with_module("nn", b"import os; os._exit(0)\n"), ALL, "did not load"),
    "hangs": (with_module("nn", b"while True: pass\n"), ALL, "did not load"),
    "optim-exits": (with_module("optim", b"exit(0)\n"), {"sgd"}, "did not load"),
    "device": (device_for_module, ALL, "not a regular file"),
    "socket": (socket_for_module, ALL, "not a regular file"),
    "huge-module": (huge_module, ALL, "at most"),
    "linked-mytorch": (linked_mytorch, ALL, "not a regular file"),
    "unused-imports": (
        import_needs(
            "import matplotlib.pyplot as plt",
            "from scipy.special import expit",
            "import numpy as np",
        ),
        set(),
        "",
    ),
}
