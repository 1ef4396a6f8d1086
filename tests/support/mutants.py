"""`make mutants`: is every fault in the library caught by the cases alone?

Cosmic Ray makes the mutants of each module of `mytorch`; two kinds are added that it
lacks, a statement left out and a `.T` left out. Each mutant is asked the questions of
its assignment in a process of its own, and is killed if it loses one. What survives
must stand in mutants_kept.py with the reason why.
"""

from __future__ import annotations

import ast
import multiprocessing
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from types import ModuleType, SimpleNamespace

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from tests.support.judged import ROOT, court
from tests.support.mutants_kept import AIDS, KEPT

ASSIGNMENTS = {"nn": "mlp", "optim": "mlp", "miniflow": "miniflow"}
STATEMENTS = ast.Assign | ast.AugAssign | ast.Expr | ast.Return
PAGE = ROOT / "docs" / "mutants.md"


@dataclass(frozen=True)
class Mutant:
    """A module with one fault: where it is, the line as it was and as it is.

    `asked` says whether the line is a solution, which students write.
    """

    module: str
    place: str
    before: str
    after: str
    source: str
    asked: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        return f"{self.module}.{self.place}", self.before, self.after

    @property
    def reason(self) -> str:
        """Why it may survive, or "": for this change, or for all of this line."""
        place, before, after = self.key
        rows = (KEPT.get((place, before, text), "") for text in (after, "*"))
        return next(filter(None, rows), "")


def main() -> int:
    """Return 0 if each mutant is killed or stands in the list of those kept."""
    found = {name: list(mutants(name)) for name in ASSIGNMENTS}
    everyone = [mutant for row in found.values() for mutant in row]
    for name in set(ASSIGNMENTS.values()):
        court(name)
    # A process for each: what a mutant leaves behind in a module reaches no other.
    with multiprocessing.get_context("fork").Pool(maxtasksperchild=1) as pool:
        if any(pool.map(killed, [unchanged(name) for name in ASSIGNMENTS])):
            raise RuntimeError("the reference itself loses a question")
        fates = pool.map(killed, everyone, chunksize=1)
    survivors = [m for m, dead in zip(everyone, fates, strict=True) if not dead]
    PAGE.write_text(page(found, survivors), encoding="utf-8")
    new = [mutant.key for mutant in survivors if not mutant.reason]
    used = {(*m.key[:2], text) for m in survivors for text in (m.after, "*")}
    gone = sorted(KEPT.keys() - used)
    for key in new:
        print("survives, and is not in mutants_kept.py:", *key, sep="\n    ")
    for key in gone:
        print("in mutants_kept.py, but does not survive:", *key, sep="\n    ")
    dead = len(everyone) - len(survivors)
    print(f"{len(everyone)} mutants, {dead} killed, {len(survivors)} survive")
    return 1 if new or gone else 0


def mutants(name: str) -> Iterator[Mutant]:
    """Yield each mutant of a module once, in the order of its lines.

    A fault in an annotation or in a docstring is none: nothing is executed there.
    """
    source = (ROOT / "mytorch" / f"{name}.py").read_text(encoding="utf-8")
    found = {}
    for text in [*of_cosmic_ray(source), *of_our_own(source)]:
        code = executed(text)
        if code and code != executed(source):
            found.setdefault(code, text)
    rows = [described(name, source, text) for text in found.values()]
    yield from (
        mutant
        for line, mutant in sorted(rows, key=lambda row: row[0])
        if not mutant.place.startswith(AIDS)
    )


def unchanged(name: str) -> Mutant:
    """Return the module as it is."""
    source = (ROOT / "mytorch" / f"{name}.py").read_text(encoding="utf-8")
    return Mutant(name, "the module", "", "", source)


def of_cosmic_ray(source: str) -> Iterator[str]:
    tree = get_ast(source)
    for name in operator_names():
        kind = get_operator(name)
        if kind.arguments():
            continue
        places = (p for n in ast_nodes(tree) for p in kind().mutation_positions(n))
        for occurrence, _ in enumerate(places):
            yield mutate_code(source, kind(), occurrence)


def of_our_own(source: str) -> Iterator[str]:
    """Yield the source without one statement, or without one `.T`."""
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        words = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node, STATEMENTS) and not words:
            first, last = lines[node.lineno - 1], node.end_lineno
            start = first[: node.col_offset] + "pass\n"
            yield "".join([*lines[: node.lineno - 1], start, *lines[last:]])
        elif isinstance(node, ast.Attribute) and node.attr == "T":
            line, end = lines[node.lineno - 1], node.end_col_offset
            cut = line.encode()[: end - 2] + line.encode()[end:]
            here = [cut.decode()]
            yield "".join([*lines[: node.lineno - 1], *here, *lines[node.lineno :]])


def executed(source: str) -> str:
    """Return what of a source is executed, without annotations and docstrings.

    A source that is not Python gives "".
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ""
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            if hasattr(node, name):
                setattr(node, name, ast.Constant(None))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value = ast.Constant(None)
    return ast.dump(tree)


def described(name: str, source: str, text: str) -> tuple[int, Mutant]:
    """Return the number of the first line that differs, and the mutant."""
    old, new = source.splitlines(), text.splitlines()
    i = next(i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b)
    place = ".".join(enclosing(ast.parse(source), i + 1)) or "the module"
    last = next(
        (line for line in reversed(old[:i]) if line.strip().startswith("###")), ""
    )
    before, after = old[i].strip(), new[i].strip()
    return i, Mutant(name, place, before, after, text, "BEGIN SOLUTION" in last)


def enclosing(tree: ast.AST, line: int) -> Iterator[str]:
    """Yield the names of the classes and functions around a line, outermost first."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            assert node.end_lineno is not None
            if node.lineno <= line <= node.end_lineno:
                yield node.name
                yield from enclosing(node, line)


def killed(mutant: Mutant) -> bool:
    """Return whether a mutant loses a question, or fails to load."""
    judge = court(ASSIGNMENTS[mutant.module])
    with redirect_stdout(StringIO()):
        try:
            lib = library(mutant, judge.course.assignment.modules)
        except Exception:
            return True
        return any(judge.question(lib, name).lost for name in judge.trials)


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


def page(found: dict[str, list[Mutant]], survivors: list[Mutant]) -> str:
    """Return docs/mutants.md: the score, and each survivor with its reason."""
    lines = [HEAD]
    for name, everyone in found.items():
        for asked, what in ((True, "solutions"), (False, "given code")):
            total = sum(m.asked == asked for m in everyone)
            kept = [m for m in survivors if (m.module, m.asked) == (name, asked)]
            dead, same = total - len(kept), sum(m.reason[:1] == "=" for m in kept)
            score = 100 * dead / max(1, total - same)
            numbers = f"{total} | {dead} | {same} | {len(kept) - same} | {score:.1f} %"
            lines.append(f"| {name}: {what} | {numbers} |")
    lines += ["", "## The survivors", ""]
    reasons: dict[str, list[Mutant]] = {}
    for mutant in survivors:
        reasons.setdefault(mutant.reason or "? nobody has looked at it", []).append(
            mutant
        )
    for reason, row in sorted(reasons.items(), reverse=True):
        kind = {"=": "Equivalent", "-": "Not judged"}.get(reason[0], "Open")
        lines += [f"**{kind}**: {reason[2:]}", ""]
        places: dict[tuple[str, str], list[str]] = {}
        for mutant in row:
            places.setdefault(mutant.key[:2], []).append(mutant.after)
        for (place, before), after in places.items():
            lines.append(f"- {place}: `{before or 'a decorator'}`")
            lines += [f"  - `{text}`" for text in after]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


HEAD = """\
# Mutants: are the cases good enough?

`make mutants` writes this page. Cosmic Ray changes one thing at a time in `mytorch/`
(an operator, a number, a comparison, a truth value, a loop); statements left out and
`.T` left out are added to that. The hidden cases alone judge each mutant, with a
fixed seed. A mutant is killed when it loses a question or fails to load.

*Solutions* are what students write; the rest is given to them. Annotations and
docstrings are not mutated, nor are the teaching aids that ship as they are (`trace`
and what it needs), which no question asks for. The score is what was killed of all
that is not equivalent.

| what | mutants | killed | equivalent | not judged | score |
|---|---|---|---|---|---|"""


if __name__ == "__main__":
    sys.exit(main())
