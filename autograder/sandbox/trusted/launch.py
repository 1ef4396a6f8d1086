"""How is a zygote started: a bare Python, inside bubblewrap or without it?"""

from __future__ import annotations

import json
import os
import shutil
import sys
import sysconfig
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[3]
BOOT = (ROOT / "autograder/sandbox/untrusted/boot.py").read_text()
# What a zygote gets of the engine. The packages are bare: what their own __init__
# offers to people, the judge included, is not for the parent of workers.
PACKAGES = ("autograder", "autograder.student", "autograder.student.reasons",
            "autograder.sandbox", "autograder.sandbox.untrusted")  # fmt: skip
APART = ("--unshare-pid --unshare-net --unshare-ipc --unshare-cgroup-try "
         "--unshare-uts --hostname worker")  # fmt: skip
SYSTEM = ("/bin", "/lib", "/lib32", "/lib64")


def environment() -> dict[str, str]:
    """Return a scrubbed environment: nothing of the grader's is in it."""
    names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    return {
        # Threads of the parent would be missing in its forked children.
        **dict.fromkeys(names, "1"),
        "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", ""),
        "PYTHONHASHSEED": "0",  # the same order of sets in every grading
        "PYTHONUTF8": "1",
        # A print never costs a point, whatever characters it has.
        "PYTHONIOENCODING": "utf-8:backslashreplace",
        "HOME": "/",
        "LANG": "C.UTF-8",
    }


def label(probes: Path) -> str:
    """Return what tells the zygotes of two courses apart, without their paths."""
    return f"workers-of-{sha256(str(probes).encode()).hexdigest()[:16]}"


def python(probes: Path) -> list[str]:
    """Return the command that runs a zygote; `given` goes to its standard input."""
    # The real interpreter and not the venv's link: without site, it has the standard
    # library on its path and nothing else.
    real = os.path.realpath(sys.executable)
    return [real, "-P", "-s", "-S", "-B", "-c", BOOT, label(probes)]


def given(settings: Mapping[str, object], probes: Path) -> bytes:
    """Return what a zygote reads first: the engine's text, the probes, the settings."""
    sources = dict.fromkeys(PACKAGES, "")
    for package in PACKAGES:
        for file in (ROOT / package.replace(".", "/")).glob("[!_]*.py"):
            sources[f"{package}.{file.stem}"] = file.read_text()
    sources["probes"] = probes.read_text()
    numpy = str(numpy_folder())
    told = {"sources": sources, "numpy": numpy, "settings": settings}
    return json.dumps(told).encode()


def numpy_folder() -> Path:
    """Return the folder that has the package numpy in it."""
    return Path(str(np.__file__)).resolve().parents[1]


def bubblewrap() -> list[str] | None:
    """Return the command that precedes `python`'s, None where there is none."""
    program = shutil.which("bwrap")
    if program is None:
        return None
    command = [program, *APART.split(), *_user(), *_system()]
    prefix = os.path.realpath(sys.base_prefix)
    if not prefix.startswith("/usr"):
        command += ["--ro-bind", prefix, prefix]
    for hidden in _third_parties():
        command += ["--tmpfs", hidden]
    for package in ("numpy", "numpy.libs"):
        command += _readable(numpy_folder() / package)
    command += ["--proc", "/proc", "--dev", "/dev"]
    # So that following a link there leaves no time behind: a memory between workers.
    for made in ("/proc", "/dev", "/"):
        command += ["--remount-ro", made]
    return [*command, "--chdir", "/", "--"]


def _user() -> list[str]:
    if os.geteuid() != 0:
        return ["--unshare-user"]
    # Root needs no namespace of users; its children change their user themselves, and
    # for that and for ending them the zygote keeps these three.
    kept = ("CAP_SETUID", "CAP_SETGID", "CAP_KILL")
    return ["--cap-drop", "ALL", *(w for cap in kept for w in ("--cap-add", cap))]


def _system() -> list[str]:
    command = ["--ro-bind", "/usr", "/usr"]
    for path in SYSTEM:
        if os.path.islink(path):
            command += ["--symlink", os.readlink(path), path]
        else:
            command += _readable(Path(path))
    return command + _readable(Path("/etc/ld.so.cache"))


def _third_parties() -> list[str]:
    """Return the folders of installed packages that the binds would show."""
    base = Path(sysconfig.get_path("stdlib"))
    places = [base / "site-packages", base / "dist-packages"]
    places += [Path("/usr/lib/python3/dist-packages")]
    places += Path("/usr/local/lib").glob("python3*/*-packages")
    return [str(place.resolve()) for place in places if place.is_dir()]


def _readable(path: Path) -> list[str]:
    return ["--ro-bind-try", str(path), str(path)]
