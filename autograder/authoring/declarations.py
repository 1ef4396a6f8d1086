"""Do questions, cases, probes and the notebook fit together?"""

from __future__ import annotations

import ast
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from autograder.authoring.faults import Fault, said
from autograder.authoring.notebook import notebook_faults
from autograder.judging.answer_key import Course
from autograder.judging.limited import ANY_FAULT, limited
from autograder.judging.source import SourceError, parsed, regions
from autograder.releasing.freeze import frozen_text
from autograder.student.asking import DeclaredProbe
from autograder.student.assignment import FROZEN, SHIPPED_PARTS
from autograder.student.equality import ATOL, RTOL
from autograder.student.questions import Case, Probe, Question

LONGEST = 90  # letters of a sentence
ALLOWED = ("numpy", "mytorch")


def declaration_faults(course: Course, notebook: Path) -> Iterator[Fault]:
    """Yield what is wrong before any probe has run."""
    folder = f"tests/{course.assignment.name}"
    for part in SHIPPED_PARTS:
        if not (course.assignment.folder / part).is_file():
            yield Fault(f"{folder}/{part}", "is missing: a release has it")
    broken = tuple(_module_faults(course))
    if broken:
        yield from broken
        return
    yield from _question_faults(course, f"{folder}/questions.py")
    yield from _case_faults(course, course.assignment.visible, f"{folder}/visible.py")
    yield from _case_faults(course, course.hidden, f"{folder}/hidden.py")
    yield from _coverage(course, folder)
    yield from _mistake_faults(course, f"{folder}/mistakes.py")
    yield from notebook_faults(course, notebook)


def _module_faults(course: Course) -> Iterator[Fault]:
    """Yield why a module of the reference could not be cut, or not be loaded."""
    for name, source in course.sources.items():
        place = f"mytorch/{name}.py"
        try:
            regions(source, place)
            tree = parsed(source).tree
        except SourceError as error:
            yield Fault(place, str(error).removeprefix(f"{place} "))
            return
        except SyntaxError as error:
            yield Fault(f"{place} line {error.lineno}", f"is no Python: {error.msg}")
            return
        for module in sorted(imported(tree)):
            if module.partition(".")[0] not in {*ALLOWED, *sys.stdlib_module_names}:
                yield Fault(place, f"imports {module}: numpy is all that it may import")
    try:
        with limited():
            course.lib  # noqa: B018
    except ANY_FAULT as error:
        yield Fault("mytorch", f"the modules of MODULES do not load: {said(error)}")


def imported(tree: ast.Module) -> set[str]:
    """Return the names of the modules that a source imports."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def _question_faults(course: Course, place: str) -> Iterator[Fault]:
    ids = [question.id for question in course.assignment.questions]
    yield from _unasked(course)
    for number, question in enumerate(course.assignment.questions):
        where = f"{place}, question '{question.id}'"
        if question.id in ids[:number]:
            yield Fault(where, "the question stands there twice")
        yield from _target_faults(course, question, place)
        for odd in sorted({*question.after} - {*ids[:number]}):
            mend = f"there is no question '{odd}'"
            if odd in ids:
                mend = f"'{odd}' does not come before it: does each wait for the other?"
            yield Fault(where, f"after: {mend}")
        if not 0 < (1.0 if question.seconds is None else question.seconds) < math.inf:
            mend = "leave it out for that of the assignment"
            yield Fault(
                where, f"seconds is a time above 0, got {question.seconds}: {mend}"
            )


def _unasked(course: Course) -> Iterator[Fault]:
    """Yield solutions that students would fill in, and that no question judges."""
    for name, source in course.sources.items():
        module = parsed(source)
        asked = [
            region
            for question in course.assignment.questions
            if question.module == name and module.found(question.method)
            for region in module.solutions(question.method)
        ]
        for first, last in regions(source, name):
            if (first, last) not in asked:
                mend = (
                    "no question asks for this solution: add one, or drop the markers"
                )
                yield Fault(f"mytorch/{name}.py line {first + 1}", mend)


def _target_faults(course: Course, question: Question, place: str) -> Iterator[Fault]:
    where = f"{place}, question '{question.id}'"
    if question.module not in course.sources:
        known = ", ".join(course.sources)
        yield Fault(where, f"no module '{question.module}' in MODULES ({known})")
        return
    module = parsed(course.sources[question.module])
    if module.found(question.method) is None:
        file = f"mytorch/{question.module}.py"
        yield Fault(where, f"the target {question.target} is not in {file}")
    elif not module.solutions(question.method):
        yield Fault(
            f"mytorch/{question.module}.py, {question.method}",
            "no ### BEGIN SOLUTION and ### END SOLUTION: the answer would be released",
        )


def _case_faults(course: Course, cases: Sequence[Case], place: str) -> Iterator[Fault]:
    known = {question.id for question in course.assignment.questions}
    for case in cases:
        where = f"{place}, '{case.about}' of {case.question}"
        if case.question not in known:
            yield Fault(where, f"there is no question '{case.question}'")
            continue
        found = course.assignment.probes.get(case.probe_name)
        if not callable(found):
            yield Fault(where, f"there is no probe '{case.probe_name}' in probes.py")
        elif isinstance(found, Probe):
            yield from _probe_faults(course, found, where)
        if not case.about.strip():
            yield Fault(where, "say in a few words what is special about the case")


def _probe_faults(course: Course, probe: Probe, where: str) -> Iterator[Fault]:
    """Yield that the target of a declared probe is not there."""
    run = probe.run
    if not isinstance(run, DeclaredProbe):
        return
    module, path = run.target[0], ".".join(run.target[1:])
    owned = run.make or run.state
    there = module in course.sources and parsed(course.sources[module]).found(path)
    if not there:
        yield Fault(where, f"its probe asks for {module}.{path}, which is not there")
    elif isinstance(there, ast.FunctionDef) and "." not in path and owned:
        mend = "make and state are for the methods of a class"
        yield Fault(where, f"its probe asks for the function {path}: {mend}")


def _coverage(course: Course, folder: str) -> Iterator[Fault]:
    """Yield questions without cases, and cases that share their words."""
    parts = (("visible", course.assignment.visible), ("hidden", course.hidden))
    for question in course.assignment.questions:
        for name, cases in parts:
            own = [case for case in cases if case.question == question.id]
            if not own:
                mend = f"the question '{question.id}' has no {name} case"
                yield Fault(f"{folder}/{name}.py", mend)
            for about, times in Counter(case.about for case in own).items():
                if times > 1:
                    mend = f"{times} cases of {question.id} are about '{about}'"
                    yield Fault(f"{folder}/{name}.py", f"{mend}: say what differs")


def _mistake_faults(course: Course, place: str) -> Iterator[Fault]:
    known = {question.id for question in course.assignment.questions}
    told = Counter((mistake.question, mistake.sentence) for mistake in course.known)
    for mistake in course.known:
        where = f"{place}, '{mistake.sentence}'"
        yield from _sentence_faults(mistake.sentence, where)
        times = told.pop((mistake.question, mistake.sentence), 0)
        if times and (times > 1) != mistake.form:
            mend = "say .form(...) in each if they are forms of one mistake"
            have = f"{times} of {mistake.question} has this sentence"
            yield Fault(where, f"{have}: {mend}, else give each its own")
        if mistake.question not in known:
            yield Fault(where, f"there is no question '{mistake.question}'")
            continue
        try:
            with limited():
                course.mistaken(mistake)
        except SourceError as error:
            yield Fault(where, str(error.__cause__))
        except ANY_FAULT as error:
            yield Fault(where, f"with it the module does not load: {said(error)}")


def _sentence_faults(sentence: str, where: str) -> Iterator[Fault]:
    """Yield why a sentence cannot stand behind the name of an output."""
    if not sentence.strip():
        yield Fault(where, "say what went wrong and where to look")
    if len(sentence) > LONGEST:
        mend = f"has {len(sentence)} letters, {LONGEST} at most: say less"
        yield Fault(where, mend)
    if "\n" in sentence or "!" in sentence or sentence.endswith("."):
        yield Fault(where, "is one line without a full stop or an exclamation mark")


def same_numbers(kept: Any, fresh: Any) -> bool:
    """Return whether two JSON values are equal but for the last digits of numbers.

    Those differ between processors: each has its own order of adding in a product.
    """
    if isinstance(kept, float) and isinstance(fresh, float):
        return math.isclose(kept, fresh, rel_tol=RTOL, abs_tol=ATOL)
    if isinstance(kept, dict) and isinstance(fresh, dict):
        pairs = zip(kept.values(), fresh.values(), strict=False)
        return list(kept) == list(fresh) and all(same_numbers(*pair) for pair in pairs)
    if isinstance(kept, list) and isinstance(fresh, list):
        return len(kept) == len(fresh) and all(map(same_numbers, kept, fresh))
    return bool(kept == fresh)


def frozen_faults(course: Course) -> Iterator[Fault]:
    """Yield that the committed arrays of visible cases are not those of today."""
    path = course.assignment.folder / FROZEN
    name = course.assignment.name
    fresh = json.loads(frozen_text(course))
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        kept = None
    if not same_numbers(kept, fresh):
        mend = f"is not what the reference gives: run autograder freeze {name}"
        yield Fault(f"tests/{name}/{FROZEN}", mend)
