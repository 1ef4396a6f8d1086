"""The project's workflow, read and run as far as this machine goes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.support.samples import ROOT
from tests.support.students import copy_release

WORKFLOWS = sorted(ROOT.glob(".github/workflows/*.yml"))
ELSEWHERE = sorted(ROOT.glob("autograder/releasing/elsewhere/*.yml"))


def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def jobs():
    return read(ROOT / ".github/workflows/test.yml")["jobs"]


@pytest.mark.parametrize("path", [*WORKFLOWS, *ELSEWHERE], ids=lambda p: p.name)
def test_a_workflow_is_whole_and_may_only_read(path):
    found = read(path)
    # YAML reads the word `on` as true.
    assert found["name"]
    assert "push" in found[True]
    assert found["permissions"] == {"contents": "read"}
    for job in found["jobs"].values():
        assert job["runs-on"]
        assert job["timeout-minutes"] <= 90
        for step in job["steps"]:
            assert ("uses" in step) != ("run" in step)
            # Of others only GitHub's own, at a version.
            assert step.get("uses", "actions/@v").startswith("actions/")
            assert "@v" in step.get("uses", "actions/@v")


def test_students_are_tried_on_three_systems_and_two_pythons():
    matrix = jobs()["students"]["strategy"]["matrix"]
    systems = {name.partition("-")[0] for name in matrix["os"]}
    assert systems == {"ubuntu", "macos", "windows"}
    assert matrix["python"][0] == "3.11"


def test_linux_leaves_nothing_out():
    last = jobs()["linux"]["steps"][-1]["run"]
    assert last == "make test REQUIRE=all"
    assert "\ntest:" in (ROOT / "Makefile").read_text()


def test_the_commands_for_students_run_here(tmp_path):
    shutil.copytree(ROOT / "mytorch", tmp_path / "mytorch")
    copy_release(ROOT / "release", "mlp", tmp_path / "release")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    install, *commands = [s["run"] for s in jobs()["students"]["steps"] if "run" in s]
    assert install.endswith("-r release/mlp/requirements.txt")
    assert len(commands) == 4
    for command in commands:
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command],
            cwd=tmp_path,
            env=inherited | {"PATH": path},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stdout
        assert "Traceback" not in done.stdout
    assert (tmp_path / "release/mlp/mlp.zip").is_file()
