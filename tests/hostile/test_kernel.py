"""Does opening a submission in the course's JupyterLab run a student's files?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from jupyter_client import BlockingKernelClient

from tests.hostile.harness import attack
from tests.hostile.harness.world import World
from tests.support.lab import TOKEN, lab, wait_until_ready

# What a kernel, or what it imports, would find beside a notebook.
FILES = (
    "ipykernel_launcher.py",
    "sitecustomize.py",
    "usercustomize.py",
    "numpy.py",
    "json.py",
    "ipykernel/__init__.py",
    "ipykernel/__main__.py",
    "IPython/__init__.py",
    ".ipython/profile_default/startup/00.py",
)


@pytest.fixture(params=["mlp", pytest.param("miniflow", marks=pytest.mark.long)])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    made = World(request.param)
    yield made
    made.close()


def ask(address: str, path: str, body: object = None) -> Any:
    """Return what JupyterLab's server answers to a request."""
    request = Request(
        address + path,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"token {TOKEN}", "Content-Type": "text/json"},
    )
    with urlopen(request, timeout=600) as answer:
        return json.loads(answer.read())


def test_no_file_beside_a_notebook_runs(world: World, tmp_path: Path) -> None:
    handed_in = world.course / "submitted/evil" / world.subject.name
    attack.hand_in(handed_in, world)
    for name in FILES:
        path = handed_in / name
        path.parent.mkdir(parents=True, exist_ok=True)
        mark = world.place / ("ran-" + name.replace("/", "-"))
        path.write_text(f"open({str(mark)!r}, 'w').close()\n")
    notebook = str(handed_in.relative_to(world.course) / world.notebook)
    with lab(world.course, tmp_path) as page:
        address = page.partition("lab/tree")[0]
        kernel = {"name": "python3"}
        opened = {"path": notebook, "type": "notebook", "name": "", "kernel": kernel}
        session = ask(address, "api/sessions", opened)
        connection = tmp_path / f"runtime/kernel-{session['kernel']['id']}.json"
        alive = imported(connection)
    assert [path.name for path in world.place.glob("ran-*")] == []
    assert alive


def imported(connection: Path) -> bool:
    """Return whether a kernel takes code and can import what a cell would."""
    client = BlockingKernelClient(connection_file=str(connection))
    client.load_connection_file()
    client.start_channels()
    try:
        wait_until_ready(client)
        client.execute_interactive("import numpy, json; numpy.zeros(1)", timeout=600)
    except RuntimeError:  # it has ended
        return False
    finally:
        client.stop_channels()
    return True
