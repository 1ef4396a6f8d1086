"""Can this Python, in this folder, begin the assignment?

An old Python reads this file first, so it keeps to what Python 3.6 understands, and
imports nothing of the course before it has looked.
"""

import sys
from importlib.util import find_spec

OLDEST = (3, 11)
# What the notebooks need, by the names under which it is imported and installed.
PACKAGES = {
    "numpy": "numpy",
    "IPython": "ipython",
    "matplotlib": "matplotlib",
    "sklearn": "scikit-learn",
    "tqdm": "tqdm",
}
LAB = "jupyterlab"


class CannotStart(ImportError):
    """This Python cannot run the course: why, and what to do, in one line."""

    def _render_traceback_(self) -> "list[str]":  # what a notebook shows of it
        return [str(self)]


def missing_packages() -> "list[str]":
    """Return what the notebook needs and this Python does not have."""
    return [package for name, package in PACKAGES.items() if find_spec(name) is None]


def how_to_install(packages: "list[str]") -> str:
    """Return what to do about missing packages, in a sentence."""
    names = " and no ".join(packages)
    if sys.platform == "emscripten":  # a browser: it has them, but loads them late
        install = "%pip install " + " ".join(packages)
        return f"This Python has no {names}: run `{install}` in a cell."
    if "ipykernel" in sys.modules:
        return (
            f"This kernel has no {names}: run `%pip install -r requirements.txt` in a "
            "cell, then restart the kernel."
        )
    return (
        f"This Python has no {names}: run "
        f"`{sys.executable} -m pip install -r requirements.txt`."
    )


def require() -> None:
    """Do nothing if this Python can check a question.

    Else raise CannotStart, which a notebook shows in one line; a command in a
    terminal (`python -m autograder`) ends with that line.
    """
    reason = ""
    if sys.version_info < OLDEST:
        needed, mine = (".".join(map(str, v)) for v in (OLDEST, sys.version_info[:3]))
        reason = (
            f"This course needs Python {needed} or newer, and this is Python {mine} "
            f"({sys.executable}). In a notebook choose another kernel (menu Kernel, "
            "Change Kernel); in a terminal use another Python, such as "
            f"python{needed}."
        )
    elif find_spec("numpy") is None:
        reason = how_to_install(missing_packages())
    if reason and sys.argv[0] == "-m":
        sys.exit(reason)
    if reason:
        raise CannotStart(reason)


def start(look: bool = False) -> int:
    """Say what is there and what is missing, and open the notebook; return 1 if not.

    Nothing is written. With `look` the notebook is not opened either. Raises
    CheckFailed if this folder holds no assignment.
    """
    # Not at the top: what these hold, an old Python cannot read.
    from autograder.student.pack import missing_files
    from autograder.student.workplace import find_assignment

    assignment = find_assignment()
    print(f"Folder: {assignment.root} holds the assignment {assignment.name}.")
    print(f"Python: {sys.version.split()[0]} ({sys.executable}) is new enough.")
    packages = missing_packages()
    told = missing_files(assignment), packages and how_to_install(packages)
    problems = [problem for problem in told if problem]
    print("\n".join(problems) or "Packages: all that the notebook needs are there.")
    if problems:
        return 1
    return _open(f"{assignment.name}.ipynb", str(assignment.root), look)


def _open(notebook: str, folder: str, look: bool) -> int:
    """Open the notebook in JupyterLab if this Python has it, else say what to do."""
    if find_spec(LAB) is None:
        print(f"Open {notebook} in the program that you use for notebooks.")
        return 0
    command = [sys.executable, "-m", LAB, notebook]
    print(f"Next: {' '.join(command)}", flush=True)
    if look:
        return 0
    import subprocess

    return subprocess.call(command, cwd=folder)
