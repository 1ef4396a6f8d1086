"""What the forty hand in, and how each platform hands it out to the instructor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from tests.support.archives import lying_bomb, packed, tarred
from tests.support.programs import apply, known, of_mistake
from tests.support.wrong_case import BY_ROWS
from tests.term.people import STUDENTS, Student

Files = dict[str, bytes]
LINEAR = "nn.Linear.forward"
# Their programs are right, and fail at the wrong case.
MISJUDGED = ("hopper", "lovelace")
# What stands in the cell of the written question, before and after.
UNWRITTEN = "Write your answer here."
ANSWER = "The shapes are (32, 64), (64, 10) and (1, 10). Each row adds to the blame."


@dataclass(frozen=True)
class Program:
    """Modules as handed in, and the questions that they must lose."""

    modules: Mapping[str, str]
    loses: frozenset[str] = frozenset()


def programs(assignment: str) -> dict[str, Program]:
    """Return what each student hands in last: known mistakes, and right programs."""
    right = import_module(f"tests.{assignment}.right").RIGHT
    rows = [
        Program(apply(row.replacements))
        for row in right
        # None that could fail at the wrong case.
        if not any(LINEAR.startswith(target) for target in row.replacements)
    ]
    by_question = {m.question: m for m in reversed(known(assignment))}
    wrong = [
        Program(of_mistake(assignment, mistake), frozenset({question}))
        for question, mistake in sorted(by_question.items())
    ]
    found = {}
    for i, student in enumerate(s for s in STUDENTS if s.platform != "nothing"):
        # Two in five make a mistake.
        row = wrong if i % 5 in (1, 3) else rows
        found[student.id] = row[i // 2 % len(row)]
    return found | dict.fromkeys(MISJUDGED, Program(apply({LINEAR: BY_ROWS})))


def files(
    release: Path, program: Program, folder: str = "", answer: str = ANSWER
) -> Files:
    """Return a student's folder: the release with modules and answer filled in."""
    name = release.name
    notebook = (release / f"{name}.ipynb").read_text(encoding="utf-8")
    if answer:
        assert UNWRITTEN in notebook
        notebook = notebook.replace(UNWRITTEN, answer)
    found = {f"{folder}{name}.ipynb": notebook.encode()}
    for module, text in program.modules.items():
        if (release / f"mytorch/{module}.py").exists():
            found[f"{folder}mytorch/{module}.py"] = text.encode()
    return found


class HandedIn:
    """Archives of one assignment, as platforms make them."""

    def __init__(self, release: Path) -> None:
        self.release, self.programs = release, programs(release.name)

    def of(self, student: Student | str, folder: str = "") -> Files:
        name = student if isinstance(student, str) else student.id
        answer = "" if name == "lie" else ANSWER
        return files(self.release, self.programs[name], folder, answer)

    def canvas(self) -> bytes:
        """Return the first download: two attempts, a late one, loose files, a bomb."""
        inside: Files = {}
        for s in STUDENTS:
            if s.platform != "canvas":
                continue
            late = "LATE_" if s.id == "galois" else ""
            head, upload = f"{s.squashed}_{late}{s.number}", 900_000 + s.number
            if s.id == "hopper":
                inside |= {
                    f"{head}_{upload}_{name.rpartition('/')[2]}": data
                    for name, data in self.of(s).items()
                }
            elif s.id == "erdos":
                inside[f"{head}_{upload}_mlp.zip"] = lying_bomb()
            elif s.id == "turing":
                first = files(self.release, Program({}), "mlp/")
                inside[f"{head}_{upload}_mlp.zip"] = packed(first)
                inside[f"{head}_{upload + 500}_mlp-1.zip"] = packed(self.of(s, "mlp/"))
            elif s.id == "gauss":
                inside[f"{head}_{upload}_mes devoirs.tar.gz"] = tarred(
                    self.of(s, "x/y/")
                )
            else:
                inside[f"{head}_{upload}_mlp.zip"] = packed(self.littered(s))
        return packed(inside)

    def littered(self, student: Student) -> Files:
        """Return a folder with what systems leave in it; `boole` zips too much."""
        found = self.of(student, "mlp/") | {"__MACOSX/mlp/._mlp.ipynb": b"x"}
        if student.id == "boole":
            found |= {f"mlp/.venv/lib/{i}.py": b"x" for i in range(400)}
        return found

    def again(self) -> bytes:
        """Return a later download: what `erdos` hands in after the bomb."""
        [s] = [s for s in STUDENTS if s.id == "erdos"]
        name = f"{s.squashed}_{s.number}_{990_000 + s.number}_mlp-1.zip"
        return packed({name: packed(self.of(s, "mlp/"))})

    def moodle(self) -> bytes:
        inside: Files = {}
        for s in STUDENTS:
            if s.platform == "moodle":
                folder = f"{s.full}_{s.number}_assignsubmission_file_/"
                if s.id == "euler":
                    inside |= self.of(s, folder)
                else:
                    inside[f"{folder}mlp.zip"] = packed(self.of(s, "mlp/"))
        return packed(inside)

    def blackboard(self) -> bytes:
        """Return attempts with their times, in Paris: some are late."""
        days = {"church": "2026-12-01-10-00-00", "knuth": "2026-12-03-00-30-00"}
        days |= dict.fromkeys(("liskov", "allen"), "2026-12-02-12-00-00")
        inside: Files = {}
        for s in STUDENTS:
            if s.platform == "blackboard":
                day = days.get(s.id, "2026-11-30-18-00-00")
                head = f"mlp_{s.id}_attempt_{day}"
                inside[f"{head}_mlp.zip"] = packed(self.of(s, "mlp/"))
                inside[f"{head}.txt"] = f"Name: {s.full}".encode()
        return packed(inside)

    def lay_out(self, folder: Path) -> None:
        """Put into a folder what an instructor has downloaded."""
        folder.mkdir()
        (folder / "submissions.zip").write_bytes(self.canvas())
        (folder / "submissions-2.zip").write_bytes(self.again())
        (folder / "section-b.zip").write_bytes(self.moodle())
        (folder / "gradebook_mlp.zip").write_bytes(self.blackboard())
        self.plain(folder, [s.id for s in STUDENTS if s.platform == "plain"])

    def plain(self, folder: Path, names: Iterable[str]) -> None:
        """Put a zip of each of these students, called by their ids, into a folder."""
        for name in names:
            (folder / f"{name}.zip").write_bytes(packed(self.of(name)))
