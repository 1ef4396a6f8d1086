"""Who may have worked together? A hint, never a verdict.

Looked at are files without the course's part, and wrong answers that few gave and no
known mistake explains. A group counts as one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

from autograder.classroom.statistics import read_class
from autograder.judging.regular_files import listed
from autograder.nbgrader_steps.autograde import Autograde
from autograder.nbgrader_steps.course_folder import (
    members_with_folder,
    place,
    read_submission,
    submitted_students,
    whose_folder,
)
from autograder.nbgrader_steps.groups import read_groups
from autograder.releasing.stubs import cut
from autograder.student.assignment import Assignment, load

# Where a function or class begins, told by its line alone: nothing is parsed.
START = re.compile(r"[ \t]*(@|(async +)?def\b|class\b)")
HEAD = re.compile(r"[ \t]*class\b.*:\s*\Z")
RARE = 3  # at most so many share what is rare
LEAST_LINES = 5  # of their own, in a file that tells something
MOST_NAMES = 10  # that are listed in a line

Names = tuple[str, ...]
Files = dict[str, str]  # a student's, by module


def similar(root: Path, assignment: str) -> list[tuple[Names, list[str]]]:
    """Return who shares what, in words; who shares most comes first.

    Raises RuntimeError if nothing is graded or handed in.
    """
    work = hand_ins(Autograde.of(root, assignment))
    rows: dict[Names, list[str]] = defaultdict(list)
    for file, code in {(m, code) for own in work.values() for m, code in own.items()}:
        names = tuple(name for name, own in work.items() if own.get(file) == code)
        if len(names) > 1:
            rows[names].append(f"the same mytorch/{file}.py")
    answers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for graded in read_class(root, assignment)[0]:
        for question in graded.report.questions if graded.student in work else ():
            answers[question.id, question.wrong].append(graded.student)
    for (question_id, wrong), who in answers.items():
        if wrong and 2 <= len(who) <= RARE:
            rows[tuple(who)].append(f"the same rare wrong answer to {question_id}")
    return sorted(rows.items(), key=lambda row: (-len(row[1]), row[0]))


def hand_ins(grading: Autograde) -> dict[str, Files]:
    """Return what of each file is the student's own, where that tells something."""
    found, given = _given(grading)
    work = {}
    for student in submitted_students(grading.coursedir):
        if whose_folder(grading.coursedir, student) == student:
            sources = read_submission(grading.coursedir, found, student).sources
            work[student] = _own(sources, given)
    return work


def _given(grading: Autograde) -> tuple[Assignment, Files]:
    """Return the assignment, and its modules as they are handed out."""
    root = Path(grading.coursedir.root)
    found = load(root, grading.coursedir.assignment_id)
    paths = {name: root / f"mytorch/{name}.py" for name in (*found.modules, "__init__")}
    texts = {name: path.read_text(encoding="utf-8") for name, path in paths.items()}
    return found, {name: cut(text, name) for name, text in texts.items()}


def _own(sources: Mapping[str, bytes], given: Files) -> Files:
    found = {}
    for name, data in sorted(sources.items()):
        text = data.decode("utf-8", "replace")
        if len(own_lines(text, given.get(name, ""))) >= LEAST_LINES:
            found[name] = own_code(text, given.get(name, ""))
    return found


def own_code(text: str, given: str) -> str:
    """Return the parts of a module that the given one does not have, with its classes.

    Parts are whole functions, so that what is left can be read by other tools.
    """
    known, kept = set(_parts(given)), list[str]()
    heading = ""
    for part in _parts(text):
        first = part.partition("\n")[0]
        if part in known:
            heading = first if HEAD.match(first) else heading
            continue
        if heading and part[:1] in " \t":
            kept.append(heading)
        heading = ""
        kept.append(part)
    return "\n".join(kept)


def own_lines(text: str, given: str) -> list[str]:
    """Return the lines of the student's own, without indentation and empty ones."""
    known = {line.strip() for line in given.splitlines()}
    lines = (line.strip() for line in own_code(text, given).splitlines())
    return [line for line in lines if line and line not in known]


def _parts(text: str) -> Iterator[str]:
    """Yield a module cut before each function, class and decorator."""
    part: list[str] = []
    decorated = False
    for line in text.splitlines():
        if START.match(line) and part and not decorated:
            yield "\n".join(part).strip("\n")
            part = []
        decorated = line.lstrip().startswith("@")
        part.append(line.rstrip())
    yield "\n".join(part).strip("\n")


def export(root: Path, assignment: str, target: Path) -> int:
    """Write each student's own code into a folder of its own; return how many.

    Raises RuntimeError if something lies there already.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise RuntimeError(f"{target} is not empty: name a new folder")
    work = hand_ins(Autograde.of(root, assignment))
    for student, files in work.items():
        for name, code in files.items():
            path = target / student / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(code + "\n", encoding="utf-8")
    return len(work)


def told_at_grading(grading: Autograde) -> Iterator[str]:
    """Yield what looks odd between folders, before any of them is graded."""
    coursedir, name = grading.coursedir, grading.coursedir.assignment_id
    root = Path(coursedir.root)
    now = hand_ins(grading)
    whole = {student: tuple(files.items()) for student, files in now.items() if files}
    for work in sorted(set(whole.values())):
        who = [student for student, files in whole.items() if files == work]
        if len(who) > 1:
            yield f"{_list(who)} handed in the same code: see `similar {name}`"
    yield from _swapped(grading, now)
    own = f"{name}.ipynb"
    others = {f"{path.name}.ipynb" for path in root.glob("source/*")} - {own}
    for student in now:
        folder = place(coursedir, coursedir.submitted_directory, student)
        lying = set(listed(folder, ()))
        if others & lying and own not in lying:
            yield (
                f"{student}: the folder holds {min(others & lying)} and no {own}: "
                "are two folders swapped?"
            )
    for group in read_groups(root, name):
        there = [member for member, _ in members_with_folder(coursedir, group[0])]
        if len(there) > 1:
            counts = whose_folder(coursedir, group[0])
            rest = _list([member for member in there if member != counts])
            yield f"{rest} handed in, too: of the group, {counts}'s folder counts"


def _swapped(grading: Autograde, now: dict[str, Files]) -> Iterator[str]:
    """Yield who has the folder that the other handed in before."""
    _, given = _given(grading)
    before = {}
    for student in now:
        folder = place(grading.coursedir, grading.final_directory, student) / "mytorch"
        sources = {path.stem: path.read_bytes() for path in folder.glob("*.py")}
        before[student] = _own(sources, given)
    moved = [s for s in now if now[s] and before[s] and now[s] != before[s]]
    for one, other in combinations(moved, 2):
        if now[one] == before[other] and now[other] == before[one]:
            yield (
                f"{one} and {other}: each folder holds what the other had handed in "
                "before: are they swapped?"
            )


def _list(names: list[str]) -> str:
    shown = ", ".join(names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    return f"{shown} and {more} more" if more > 0 else shown
