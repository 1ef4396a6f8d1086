"""How is a class judged on many machines? Through Dask distributed.

Submissions travel as bytes. What judges them, references and seed included, travels
to the workers: they must be machines that are trusted like the grader's own, which is
why an address without TLS is refused. Each worker confines submissions by itself,
and refuses below the required level.
"""

from __future__ import annotations

# distributed is typed in part.
# mypy: disable-error-code="no-untyped-call, attr-defined"
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from autograder.classroom.judges import Here, Submit, judged_by
from autograder.judging.answer_key import Course
from autograder.judging.handed_in import Submission
from autograder.judging.report import Report
from autograder.judging.submission import Grader

# What a lost connection shows itself as. Errors of a worker's own are none of these.
LOST = (CancelledError, OSError, TimeoutError)


@dataclass(frozen=True)
class Parcel:
    """A course on its way to a trusted worker: its files by path, and its seed."""

    assignment: str
    seed: bytes
    points: tuple[tuple[str, float], ...]
    required_level: int
    files: tuple[tuple[str, bytes], ...]

    @classmethod
    def of(
        cls, course: Course, points: Mapping[str, float], required_level: int
    ) -> Parcel:
        root, name = course.assignment.root, course.assignment.name
        paths = [
            *root.glob("mytorch/*.py"),
            *root.glob("tests/__init__.py"),
            *root.glob(f"tests/{name}/*.py"),
        ]
        files = tuple((str(p.relative_to(root)), p.read_bytes()) for p in sorted(paths))
        scores = tuple(points.items())
        return cls(name, course.seed, scores, required_level, files)

    def unpack(self, root: Path) -> Course:
        """Write the files below `root` and return the course that they are."""
        for name, data in self.files:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        for name in [n for n in sys.modules if n.split(".")[0] in {"tests", "mytorch"}]:
            del sys.modules[name]
        return Course.load(root, self.assignment, self.seed)


class Desk:
    """A worker's graders: one for each of its threads, for the course at hand."""

    def __init__(self, parcel: Parcel) -> None:
        self.parcel = parcel
        self.folder = tempfile.TemporaryDirectory(prefix="course-")
        self.course = parcel.unpack(Path(self.folder.name))
        self.own = threading.local()

    def judge(self, submission: Submission) -> Report:
        if not hasattr(self.own, "grader"):
            level, points = self.parcel.required_level, dict(self.parcel.points)
            self.own.grader = Grader(self.course, level, points=points)
        grader: Grader = self.own.grader
        return grader.grade(submission)


_desk_for = lru_cache(maxsize=1)(Desk)
_lock = threading.Lock()


def judge_there(parcel: Parcel, submission: Submission) -> Report:
    """Return the Report on a submission: what a worker runs."""
    with _lock:
        desk = _desk_for(parcel)
    return desk.judge(submission)


def _refuse_without_tls(address: str) -> None:
    if not address.startswith("tls://"):
        raise RuntimeError(
            f"expected a scheduler at tls://..., got {address}: without TLS any user "
            "of the network could run code as the workers, and read the answers"
        )


@contextmanager
def judges(
    course: Course,
    points: Mapping[str, float],
    address: str,
    required_level: int,
    tls: Mapping[str, str],
) -> Iterator[Submit]:
    """Give the function that has a submission judged on a Dask cluster.

    If the cluster is lost, what is left is judged here. RuntimeError without TLS.
    """
    _refuse_without_tls(address)
    from distributed import Client, KilledWorker, Security
    from distributed.client import ClosedClientError

    parcel = Parcel.of(course, points, required_level)
    security = Security(require_encryption=True, **tls)
    client = Client(address, security=security, set_as_default=False, timeout=30)
    shared = client.scatter(parcel, broadcast=True)

    def send(submission: Submission) -> Callable[[], Report]:
        coming = client.submit(judge_there, shared, submission, pure=False, retries=2)
        result: Callable[[], Report] = coming.result
        return result

    with Here(partial(Grader, course, required_level, points=points)) as here:
        try:
            yield judged_by(send, (*LOST, ClosedClientError, KilledWorker), here)
        finally:
            client.close(timeout=5)
