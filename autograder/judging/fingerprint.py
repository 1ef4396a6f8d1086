"""By which files and settings is a submission judged?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.student.assignment import FROZEN

ENGINE = Path(__file__).resolve().parents[1]
RULES = ("judging", "sandbox", "student")  # the rooms whose code decides a score


@dataclass(frozen=True)
class JudgedBy:
    """Names of all that decides what a submission scores, part by part."""

    questions: str  # questions, probes, cases and mistakes
    reference: str
    points: str
    engine: str
    seed: str

    @classmethod
    def now(
        cls, root: Path, assignment: str, seed: bytes, points: Mapping[str, float]
    ) -> JudgedBy:
        """Return the names for the files as they are now, in the course in `root`."""
        tests = root / "tests" / assignment
        rules = [path for room in RULES for path in (ENGINE / room).rglob("*.py")]
        return cls(
            questions=hash_of(tests, (p for p in _sources(tests) if p.name != FROZEN)),
            reference=hash_of(root, root.glob("mytorch/*.py")),
            points=_name(json.dumps(dict(points), sort_keys=True).encode()),
            engine=hash_of(ENGINE, rules),
            seed=_name(seed),
        )

    @property
    def fingerprint(self) -> str:
        """One name for all parts."""
        return _name(json.dumps(asdict(self), sort_keys=True).encode())

    def of(self, digest: str) -> str:
        """Return the name of a submission, by its digest, as it is judged by these."""
        return _name(f"{self.fingerprint} {digest}".encode())


def _sources(folder: Path) -> Iterable[Path]:
    """Yield the files of a folder, but for hidden ones and what Python makes."""
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        made = any(part.startswith((".", "__pycache__")) for part in parts)
        if path.is_file() and not made:
            yield path


def hash_of(root: Path, paths: Iterable[Path]) -> str:
    """Return the name of these files: of their places in `root`, and of their bytes."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        data = path.read_bytes()
        whole.update(f"{path.relative_to(root).as_posix()} {len(data)}\n".encode())
        whole.update(data)
    return whole.hexdigest()


def _name(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
