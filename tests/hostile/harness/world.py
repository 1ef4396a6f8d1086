"""A scratch course with secrets, and whatever else an attack could harm.

Attacks are told where everything is. Secrets hold a canary, a word that must appear
nowhere else; files, processes and listeners are compared before and after.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from autograder.sandbox.trusted import launch
from tests.hostile.harness.subject import ROOT, subject

NOBODY = 65534
FILES = ("tests/__init__.py", "tests/test_visible.py", "nbgrader_config.py")
STRAYS = ("/tmp", "/var/tmp", "/dev/shm", "/run", "/")
# A file of a time zone: what a library that looks for zones would read to its end.
ZONE = b"TZif" + bytes(40)
Tree = dict[str, tuple[int, int, int]]


class World:
    """A folder of its own, a process to hurt and servers to reach. Close it."""

    def __init__(self, assignment: str = "mlp") -> None:
        self.subject = subject(assignment)
        self.folder = Path(tempfile.mkdtemp(prefix="world-"))
        self.folder.chmod(0o755)
        self.mark = f"hostile-{secrets.token_hex(6)}"
        self.canary = f"canary-of-{secrets.token_hex(12)}"
        self.seed = secrets.token_hex(32)
        self.course = self.folder / "course"
        self.place = self.folder / "place"
        self.secret = self.folder / "secret.txt"
        os.environ["HOSTILE_CANARY"] = self.canary
        self._make_course()
        self._make_place()
        self.bait = self.place / "bait"
        self.bait.write_bytes(ZONE)
        self._start()
        os.utime(self.bait, (0, 1))
        self.before = self.trees()

    @property
    def canaries(self) -> tuple[str, ...]:
        """What must appear nowhere that people or later runs can see."""
        return self.canary, self.seed

    @property
    def notebook(self) -> str:
        return f"{self.subject.name}.ipynb"

    def constants(self) -> str:
        """Return the beginning of an attack: what it knows."""
        return (
            "\n\nimport ctypes, os, socket, sys\n"
            f"SECRET = {str(self.secret)!r}  # a file that everybody may read\n"
            f"COURSE = {str(self.course)!r}\n"
            f"ENGINE = {str(ROOT)!r}\n"
            f"HOST = {socket.gethostname()!r}\n"
            f"ASSIGNMENT = {self.subject.name!r}\n"
            f"MODULE = {self.subject.module!r}  # of mytorch, with this code\n"
            f"PLACE = {str(self.place)!r}  # a folder in which everybody may write\n"
            f"VICTIM = {self.victim.pid}  # a process of the same user, if it can be\n"
            f"PORT = {self.tcp.getsockname()[1]}  # of a server on this machine\n"
            f"MARK = {self.mark!r}  # for names of files and sockets\n"
        )

    def changes(self) -> list[str]:
        """Return what is not as it was before, and make it so again."""
        found = [
            f"{what} of {folder} changed"
            for folder, tree in self.trees().items()
            for what, _ in sorted(tree.items() ^ self.before[folder].items())
        ]
        self.before = self.trees()
        if self.bait.stat().st_atime > 0:
            found.append("a file was opened whose name a student wrote down")
        os.utime(self.bait, (0, 1))
        if self.secret.read_text() != self.canary:
            found.append("the secret was overwritten")
            self.secret.write_text(self.canary)
        for place in STRAYS:
            for stray in Path(place).glob(f"*{self.mark}*"):
                found.append(f"{stray.name} was planted in {place}")
                stray.unlink()
        if self.victim.poll() is not None or self._of_victim() != self.untouched:
            found.append("another process was hurt")
            self.victim.kill()
            self.victim.wait()
            self._start_victim()
        return found + list(self._came_in())

    def _came_in(self) -> Iterator[str]:
        """Yield what came to the servers since the last look."""
        for server in (self.tcp, self.unix, self.abstract):
            with suppress(BlockingIOError):
                while True:
                    server.accept()[0].close()
                    yield "somebody connected to a server"
        with suppress(BlockingIOError):
            while True:
                yield f"a datagram came: {self.udp.recv(99)!r}"

    def trees(self) -> dict[str, Tree]:
        """Return what lies in the folders that an attack could change."""
        return {str(f): tree(f) for f in (self.course, self.place)}

    def processes(self) -> set[int]:
        """Return the processes that a grader of this course has started."""
        course = str(self.course).encode()
        probes = self.course.resolve().glob("tests/*/probes.py")
        marks = [course, *(launch.label(path).encode() for path in probes)]
        found = {pid for pid in _pids() if any(m in _command(pid) for m in marks)}
        return found - {os.getpid()}

    def close(self) -> None:
        self.victim.kill()
        self.victim.wait()
        for server in (self.tcp, self.unix, self.abstract, self.udp):
            server.close()
        shutil.rmtree(self.folder)
        os.environ.pop("HOSTILE_CANARY", None)

    def _make_course(self) -> None:
        name = self.subject.name
        for part in ("mytorch", f"source/{name}", f"tests/{name}", "tests/support"):
            shutil.copytree(
                ROOT / part,
                self.course / part,
                ignore=shutil.ignore_patterns("__pycache__"),
            )
        for file in FILES:
            shutil.copy(ROOT / file, self.course / file)
        for secret in (*self.subject.sources, f"tests/{name}/hidden.py"):
            with open(self.course / secret, "a") as file:
                file.write(f"# {self.canary}\n")
        self.secret.write_text(self.canary)
        seed = self.course / ".course_seed"
        seed.touch(0o600)
        seed.write_text(self.seed + "\n")
        other = self.course / f"submitted/other/{name}/mytorch"
        other.mkdir(parents=True)
        (other / f"{self.subject.module}.py").write_text(f"# {self.canary}\n")
        with sqlite3.connect(self.course / "gradebook.db") as gradebook:
            gradebook.execute(f"create table grades as select '{self.canary}'")
        gradebook.close()

    def _make_place(self) -> None:
        self.place.mkdir()
        self.place.chmod(0o777)
        target = self.place / "target"
        target.write_text(self.canary)
        target.chmod(0o666)

    def _start(self) -> None:
        self._start_victim()
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(self.tcp.getsockname())
        self.unix = _listen(str(self.place / "socket"))
        (self.place / "socket").chmod(0o777)
        self.abstract = _listen(f"\0{self.mark}")
        for server in (self.tcp, self.udp):
            server.setblocking(False)

    def _start_victim(self) -> None:
        # The workers' own user, so that it is not the user alone that protects it.
        user = NOBODY if os.geteuid() == 0 else None
        self.victim = subprocess.Popen(["sleep", "100000"], user=user, cwd="/")
        self.untouched = self._of_victim()

    def _of_victim(self) -> tuple[object, ...]:
        pid = self.victim.pid
        limits = Path(f"/proc/{pid}/limits").read_text()
        return limits, os.getpriority(os.PRIO_PROCESS, pid), os.sched_getaffinity(pid)


def _listen(address: str) -> socket.socket:
    server = socket.socket(socket.AF_UNIX)
    server.bind(address)
    server.listen()
    server.setblocking(False)
    return server


def tree(folder: Path) -> Tree:
    """Return mode, size and time of change of all that lies below a folder."""
    found = {}
    for path in folder.rglob("*"):
        status = path.lstat()
        if "__pycache__" not in path.parts:
            name = str(path.relative_to(folder))
            times = 0 if path.is_dir() else status.st_mtime_ns
            found[name] = (
                status.st_mode,
                0 if path.is_dir() else status.st_size,
                times,
            )
    return found


def _pids() -> list[int]:
    return [int(entry) for entry in os.listdir("/proc") if entry.isdigit()]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
