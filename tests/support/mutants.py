"""`make mutants`: is every fault in a solution caught by the cases alone?

Each mutant is asked the questions of its assignment in a process of its own, and is
killed if it loses one. What survives must stand in
`tests/<assignment>/mutants_kept.py`, with the reason why. Names of assignments may
follow the command; the page is written when all are tried.
"""

from __future__ import annotations

import multiprocessing
import sys
from contextlib import redirect_stdout
from functools import cache
from importlib import import_module
from io import StringIO
from types import ModuleType, SimpleNamespace

from tests.support.judged import Court, court
from tests.support.mutations import Key, Mutant, mutants, unchanged
from tests.support.samples import ASSIGNMENTS, ROOT

PAGE = ROOT / "docs" / "mutants.md"


@cache
def kept(assignment: str) -> dict[Key, str]:
    """Return the mutants of an assignment that may survive, with reasons.

    The key is the place, the line as it was and the line as it became, or "*" for any
    change of it. A reason starts with "=" if the mutant does what the reference does,
    and with "-" if it differs in what no question asks for.
    """
    if not (ROOT / f"tests/{assignment}/mutants_kept.py").exists():
        return {}
    found: dict[Key, str] = import_module(f"tests.{assignment}.mutants_kept").KEPT
    return found


def reason(mutant: Mutant) -> str:
    """Return why a mutant may survive: this change, or all of its line; else ""."""
    place, before, after = mutant.key
    rows = (kept(mutant.assignment).get((place, before, t), "") for t in (after, "*"))
    return next(filter(None, rows), "")


def main() -> int:
    """Return 0 if each mutant is killed or stands in the list of those kept."""
    names = sys.argv[1:] or ASSIGNMENTS
    references = [m for name in names for m in unchanged(name)]
    everyone = [m for reference in references for m in mutants(reference)]
    for name in names:
        court(name)
    # A process for each: what a mutant leaves behind in a module reaches no other.
    with multiprocessing.get_context("fork").Pool(maxtasksperchild=1) as pool:
        if any(pool.map(killed, references)):
            raise RuntimeError("the reference itself loses a question")
        fates = pool.map(killed, everyone, chunksize=1)
    survivors = [m for m, dead in zip(everyone, fates, strict=True) if not dead]
    if names == ASSIGNMENTS:
        PAGE.write_text(page(everyone, survivors), encoding="utf-8")
    dead = len(everyone) - len(survivors)
    print(f"{len(everyone)} mutants, {dead} killed, {len(survivors)} survive")
    return int(told_as_odd(names, survivors))


def told_as_odd(names: list[str], survivors: list[Mutant]) -> bool:
    """Print what survives without a reason, and reasons for what does not survive."""
    new = [mutant.key for mutant in survivors if not reason(mutant)]
    used = {(*m.key[:2], text) for m in survivors for text in (m.after, "*")}
    gone = sorted({key for name in names for key in kept(name)} - used)
    for key in new:
        print("survives, and is in no mutants_kept.py:", *key, sep="\n    ")
    for key in gone:
        print("in mutants_kept.py, but does not survive:", *key, sep="\n    ")
    return bool(new or gone)


def killed(mutant: Mutant) -> bool:
    """Return whether a mutant loses a question, or fails to load."""
    judge = court(mutant.assignment)
    with redirect_stdout(StringIO()):
        try:
            lib = library(mutant, judge.course.assignment.modules)
        except Exception:
            return True
        return any(judge.question(lib, name).lost for name in likeliest(judge, mutant))


def likeliest(judge: Court, mutant: Mutant) -> list[str]:
    """Return all questions, the one first that asks for the changed function."""
    questions = judge.course.assignment.questions
    place = mutant.key[0]
    return [
        q.id for q in sorted(questions, key=lambda q: not place.startswith(q.target))
    ]


def library(mutant: Mutant, names: tuple[str, ...]) -> SimpleNamespace:
    """Return the library with the mutant in it, for the other modules too."""
    lib = SimpleNamespace()
    for name in names:
        path = ROOT / "mytorch" / f"{name}.py"
        text = mutant.source if name == mutant.module else path.read_text("utf-8")
        module = ModuleType(f"mytorch.{name}")
        sys.modules[module.__name__] = module
        exec(compile(text, path.name, "exec"), vars(module))
        setattr(lib, name, module)
    return lib


def page(everyone: list[Mutant], survivors: list[Mutant]) -> str:
    """Return docs/mutants.md: the scores, and each survivor with its reason."""
    modules = dict.fromkeys((m.assignment, m.module) for m in everyone)
    lines = [HEAD, *(row(*each, everyone, survivors) for each in modules)]
    lines += ["", "## The survivors", ""]
    reasons: dict[str, list[Mutant]] = {}
    for mutant in survivors:
        why = reason(mutant) or "? nobody has looked at it"
        reasons.setdefault(why, []).append(mutant)
    for why, found in sorted(reasons.items(), reverse=True):
        kind = {"=": "Equivalent", "-": "Not judged"}.get(why[0], "Open")
        lines += [f"**{kind}**: {why[2:]}", ""]
        places: dict[tuple[str, str], list[str]] = {}
        for mutant in found:
            places.setdefault(mutant.key[:2], []).append(mutant.after)
        for (place, before), after in places.items():
            lines.append(f"- {place}: `{before}`")
            lines += [f"  - `{text}`" for text in after]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def row(
    assignment: str, module: str, everyone: list[Mutant], survivors: list[Mutant]
) -> str:
    """Return a module's row: what was made, killed and left, and the score."""
    total = sum((m.assignment, m.module) == (assignment, module) for m in everyone)
    left = [m for m in survivors if (m.assignment, m.module) == (assignment, module)]
    dead, same = total - len(left), sum(reason(m)[:1] == "=" for m in left)
    score = 100 * dead / max(1, total - same)
    numbers = f"{total} | {dead} | {same} | {len(left) - same} | {score:.1f} %"
    return f"| {assignment} | {module} | {numbers} |"


HEAD = """\
# Mutants: are the cases good enough?

`make mutants` writes this page. Cosmic Ray changes one thing at a time in the solutions
of `mytorch/` (an operator, a number, a comparison, a truth value, a loop); statements
left out and `.T` left out are added to that. The hidden cases alone judge each mutant,
with a fixed seed. A mutant is killed when it loses a question or fails to load.

Only solutions are mutated, for students write nothing else; in them annotations and
docstrings are left as they are. The score is what was killed of all that is not
equivalent.

| assignment | module | mutants | killed | equivalent | not judged | score |
|---|---|---|---|---|---|---|"""


if __name__ == "__main__":
    sys.exit(main())
