"""A course with a small assignment, and what author-check says of it."""

import contextlib
import json
import sys

from autograder.authoring.author_check import author_check
from autograder.releasing.freeze import freeze as renew
from tests.support import commands
from tests.support.demo import copy_course

TOY = "tests/toy/"
NOTEBOOK = "source/toy/toy.ipynb"
SECOND = """

def scale_backward(grad: Array, by: float) -> Array:
    \"\"\"Return the gradient w.r.t. x (N, I), for `grad` (N, I).\"\"\"
    ### BEGIN SOLUTION
    return np.asarray(grad * by)
    ### END SOLUTION
"""
QUESTION = '    Question("back", "toy.scale_backward", "Question 2", seconds=0.25),\n'
RUBRIC = """# Marking `why`

| points | what |
|---|---|
| 5 | all |

**5 points.** "All."

**3 points.** "Some."

**0 points.** "None."
"""


def run(course, program, *arguments):
    """Run the command as an author would; return its exit status and what it said.

    Bytecode goes by second and size: a fault planted and mended within one second
    would stay.
    """
    return commands.run(course, program, *arguments, PYTHONDONTWRITEBYTECODE="1")


def toy_course(folder):
    """Return a course with a new assignment, to which a second question was added."""
    copy_course(folder)
    status, said = run(folder, "autograder", "new", "toy")
    assert status == 0, said
    append(folder / "mytorch/toy.py", SECOND)
    edit(
        folder / TOY / "questions.py",
        '1"),\n',
        f'1"),\n{QUESTION}',
    )
    append(
        folder / TOY / "probes.py",
        'back = ask("toy.scale_backward", args=("grad", "by"), same="grad")\n',
    )
    for part, x in (("visible", "[[1.0, 2.0]]"), ("hidden", "both_signs(5, 3)")):
        row = f'case("back", "a gradient", grad={x}, x={x}, by=2.0)'
        edit(folder / TOY / f"{part}.py", "CASES = (\n", f"CASES = (\n    {row},\n")
    edit(
        folder / TOY / "probes.py",
        'args=("grad", "by"), same="grad"',
        'args=("grad", "by"), same=("grad", "x")',
    )
    edit(
        folder / TOY / "right.py",
        "SLOPES = ()",
        'SLOPES = (("back", "scale", {"x": "output"}, "grad"),)',
    )
    path = folder / NOTEBOOK
    cells = json.loads(path.read_text())
    second = json.loads(json.dumps(cells["cells"][-1]).replace("scale", "back"))
    cells["cells"] += [words("idea", "## Question 2"), second, words("why", "", True)]
    (folder / TOY / "written.md").write_text(RUBRIC)
    path.write_text(json.dumps(cells).replace('"points": 100', '"points": 50'))
    assert run(folder, "autograder", "freeze", "toy")[0] == 0
    return folder


def words(name, text, by_hand=False):
    """Return a markdown cell, with the marks of a written question if it is one."""
    marks = {"grade": True, "grade_id": name, "points": 5, "solution": True}
    marks |= {"locked": False, "schema_version": 3, "task": False}
    metadata = {"nbgrader": marks} if by_hand else {}
    return {"cell_type": "markdown", "id": name, "metadata": metadata, "source": text}


def append(path, text):
    path.write_text(path.read_text() + text)


def edit(path, old, new):
    text = path.read_text()
    assert old in text, (path, old)
    path.write_text(
        text.replace(old, new, 1) if "points" not in old else text.replace(old, new)
    )


def author_checked(course, freeze):
    """Return the lines about the assignment toy, after `autograder freeze toy`."""
    sys.dont_write_bytecode = True  # as in `run`
    for name in [n for n in sys.modules if n.partition(".")[0] in ("tests", "mytorch")]:
        del sys.modules[name]
    with contextlib.suppress(Exception):
        if freeze:
            renew(course, "toy")
    return [str(fault) for fault in author_check(course, "toy", seeds=1).faults]
