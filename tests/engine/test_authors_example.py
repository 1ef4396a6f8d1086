"""Does the worked example of docs/authors.md do what the page says, line by line?"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.demo import ROOT, copy_course

PAGE = ROOT / "docs/authors.md"
EXAMPLE = "## From nothing to graded"
FILE = r'(?:python|markdown) title="(.+?)"'
BLOCK = re.compile(rf"^```(console|{FILE})\n(.*?)^```$", re.M | re.S)
LEFT_OUT = "..."


def steps():
    """Yield what the example does: (file, its text), or (a command, what it prints)."""
    _, _, rest = PAGE.read_text(encoding="utf-8").partition(EXAMPLE + "\n")
    for kind, file, body in BLOCK.findall(rest.partition("\n## ")[0]):
        if kind != "console":
            yield file, body
        else:
            for part in re.split(r"^\$ ", body, flags=re.M)[1:]:
                command, _, printed = part.partition("\n")
                yield f"$ {command}", printed


@pytest.mark.long
def test_the_example_prints_what_the_page_says(tmp_path):
    course = copy_course(tmp_path / "course")
    done = list(steps())
    assert sum(what.startswith("$") for what, _ in done) > 10
    for what, text in done:
        if what.startswith("$ "):
            run(course, what.removeprefix("$ "), text)
        else:
            (course / what).parent.mkdir(parents=True, exist_ok=True)
            (course / what).write_text(text, encoding="utf-8")


def run(course, command, printed):
    """Run a command of the page; fail unless it prints what stands there."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "PYTHONPATH": str(course)}
    done = subprocess.run(
        command, shell=True, cwd=course, env=env, text=True, capture_output=True
    )
    said = done.stdout if printed or done.returncode else ""
    assert re.fullmatch(pattern(printed), said), (command, said, done.stderr)
    assert done.returncode == (1 if " fault\n" in printed else 0), (command, said)


def pattern(printed):
    """Return what matches a text in which `...` stands for anything."""
    return re.escape(printed).replace(re.escape(LEFT_OUT), "(?s:.*?)")
