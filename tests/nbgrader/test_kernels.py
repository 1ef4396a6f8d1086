"""A kernel that the course's Lab starts beside a student's files runs none of them."""

import json
import urllib.request
from pathlib import Path

import pytest
from jupyter_client.blocking.client import BlockingKernelClient

from tests.support.demo import copy_course
from tests.support.lab import TOKEN, lab, wait_until_ready

PLANTED = ("ipykernel_launcher", "ipykernel", "numpy", "sitecustomize", "usercustomize",
           "ipython_config", "ipython_kernel_config", "traitlets", "json")  # fmt: skip
ASK = "import json, numpy, sys; print(numpy.__file__)"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    course = copy_course(tmp_path_factory.mktemp("lab") / "course")
    for folder in ("submitted/eve/mlp", "autograded/eve/mlp", "release/mlp"):
        (course / folder).mkdir(parents=True)
        (course / folder / "mlp.ipynb").write_text('{"cells": []}')
        (course / folder / "beside.py").write_text("here = True\n")
    for name in PLANTED:
        code = f"open({str(home / 'ran')!r}, 'a').write({name!r})\n"
        for folder in ("submitted/eve/mlp", "autograded/eve/mlp"):
            (course / folder / f"{name}.py").write_text(code)
    with lab(course, home) as address:
        yield address.partition("lab/tree")[0], home


def start(server, path):
    """Open a notebook as Lab does, and return a client of its kernel."""
    base, home = server
    body = {
        "path": path,
        "name": path,
        "type": "notebook",
        "kernel": {"name": "python3"},
    }
    request = urllib.request.Request(
        f"{base}api/sessions",
        json.dumps(body).encode(),
        {"Authorization": f"token {TOKEN}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        kernel = json.load(answer)["kernel"]["id"]
    (file,) = (home / "runtime").glob(f"kernel-{kernel}.json")
    client = BlockingKernelClient(connection_file=str(file))
    client.load_connection_file()
    client.start_channels()
    wait_until_ready(client)
    return client


def printed(client, code):
    """Return what a cell prints, or the name of what it raises."""
    texts = []

    def hook(message):
        content = message["content"]
        texts.append(content.get("text") or content.get("ename") or "")

    client.execute_interactive(code, timeout=900, output_hook=hook)
    client.stop_channels()
    return "".join(texts).strip()


@pytest.mark.parametrize("folder", ["submitted", "autograded"])
def test_nothing_beside_a_students_notebook_is_run(server, folder):
    path = printed(start(server, f"{folder}/eve/mlp/mlp.ipynb"), ASK)
    assert Path(path).parts[-2:] == ("numpy", "__init__.py")
    assert not (server[1] / "ran").exists()


def test_a_notebook_of_the_course_imports_what_lies_beside_it(server):
    client = start(server, "release/mlp/mlp.ipynb")
    assert printed(client, "import beside; print(beside.here)") == "True"
