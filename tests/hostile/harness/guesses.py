"""Programs without the answer: they hand back what they see, in some form.

None of them knows a formula. They pick one of the arrays within reach (arguments, what
the object and its neighbours hold), as it is, as zeros or as ones, and leave it
wherever an answer may lie; or they sort a graph by what has nothing to do with its
edges; or they make a report up from the inputs of a case.
"""

from __future__ import annotations

import shutil

from autograder.judging.report import Report
from tests.hostile.harness import attack, guessed_tensors
from tests.hostile.harness.trial import Trial

SEEN = """

def held(owner, me, depth):
    for value in list(getattr(owner, "__dict__", {}).values()):
        if type(value) in (int, float, np.ndarray):
            yield value
        elif isinstance(value, dict) and me in value:
            yield value[me]
        elif depth and isinstance(value, (list, tuple)):
            for one in value:
                yield from held(one, me, depth - 1)


def seen(*given):
    plain = [a for a in given if type(a) in (int, float, np.ndarray)]
    owner = given[0] if given else None
    return plain + list(held(owner, owner, 1)) or [0.0]


def pick(number, *given):
    values = seen(*given)
    value = values[number % len(values)]
    return value.copy() if isinstance(value, np.ndarray) else value


earlier = [0.0]

"""
ECHO = "everywhere(lambda *given: pick({number}, *given))\n"
FILLED = (
    "everywhere(lambda *given: np.{fill}_like(pick({number}, *given), dtype=float))\n"
)
CACHED = """
def cached(*given):
    earlier.append(pick(0, *given))
    return earlier[{which}]

everywhere(cached)
"""
# What a function or method returns alone, and with ones in each place of its object.
RETURNED = """
for target in TARGETS:
    put(target, lambda *given, **named: {value})
"""
RETURNED_VALUES = {
    "echo-alone": "pick(0, *given)",
    "second-echo-alone": "pick(1, *given, *named.values())",
    "last-echo-alone": "pick(-1, *given, *named.values())",
    "zeros-alone": "np.zeros_like(pick(0, *given), dtype=float)",
    "ones-alone": "np.ones_like(pick(0, *given), dtype=float)",
    "sum-alone": "np.sum(pick(0, *given))",
    "mean-alone": "np.mean(pick(0, *given))",
    "sum-of-rows": "np.sum(np.atleast_1d(pick(0, *given)), axis=0)",
    "sum-of-columns": "np.sum(np.atleast_1d(pick(0, *given)), axis=-1, keepdims=True)",
    "times-all-held": "pick(0, *given) * np.prod([v for v in held(given[0], 0, 1)"
    " if type(v) in (int, float)] or [1.0])",
    "echo-and-ones": "(left(given, np.ones_like(pick(0, *given))), pick(0, *given))[1]",
    "echo-and-echo": "left(given, pick(0, *given))",
}
SORTS = """
import gc

born = []
made = Node.__init__

def make(self, *given, **named):
    born.append(self)
    made(self, *given, **named)

Node.__init__ = make

def reached(feed_dict):
    found = list(feed_dict)
    for node in found:
        found += [n for n in node.outbound_nodes if n not in found]
    return found

def topological_sort(feed_dict):
    for node, value in feed_dict.items():
        node.value = value
    nodes = reached(feed_dict)
    return {order}

"""
ORDERS = {
    "born": "sorted(nodes, key=born.index)",
    "all-born": "list(born)",
    "address": "sorted(nodes, key=id)",
    "alive": "[n for n in gc.get_objects() if isinstance(n, Node)]",
    "as-reached": "nodes",
    "inputs-first": "sorted(nodes, key=lambda n: len(n.inbound_nodes))",
    "most-used-first": "sorted(nodes, key=lambda n: -len(n.outbound_nodes))",
    "ends-last": "sorted(nodes, key=lambda n: not n.outbound_nodes)",
}
MADE_UP = """
SECOND = " (second call)"

def rounds(inputs):
    yield "", inputs.get("values")
    if "second values" in inputs:
        yield SECOND, inputs["second values"]

def pairs(edges, side):
    rows = [(j, i) if side == "inbound_nodes" else (i, j) for i, j in edges.tolist()]
    seen = rows if side == "inbound_nodes" else dict.fromkeys(rows)
    return np.array(sorted(seen, key=lambda row: row[0]), dtype=np.int64).reshape(-1, 2)

def sort(name, inputs, outputs):
    for words, rows in rounds(inputs):
        yield f"order{words}", np.arange(int(inputs["nodes"]))
        for k, row in enumerate(rows):
            yield f"value of input {k}{words}", row
        yield f"number of entries in feed_dict afterwards{words}", len(rows)
        for side in ("inbound_nodes", "outbound_nodes"):
            yield f"{side} afterwards{words}", pairs(inputs["edges"], side)

def forward(name, inputs, outputs):
    for words, rows in rounds(inputs):
        order = np.arange(len(rows))
        yield f"forward calls{words}", order
        yield f"backward calls{words}", order[:0]
        yield f"returned value{words}", rows[int(inputs["output"])]
        yield f"sorted_nodes afterwards{words}", order

def both(name, inputs, outputs):
    order = np.arange(len(inputs["order"]))
    for words in ("", SECOND)[: int(inputs["rounds"])]:
        yield f"forward calls{words}", order
        yield f"backward calls{words}", order[::-1].copy()
        yield f"forward calls before the first backward{words}", len(order)
        yield f"graph afterwards{words}", order

around(sort, {"topological_sort"})
around(forward, {"forward_pass"})
around(both, {"forward_and_backward"})
"""
# Where handing back what came in is the answer.
ANSWERED = {"miniflow": {"input"}}


def programs(assignment: str) -> dict[str, str]:
    """Return the programs that are tried on an assignment, by name."""
    found = {f"echo-{n}": ECHO.format(number=n) for n in (0, 1, 2, 3, 4, -1)}
    for fill in ("zeros", "ones"):
        for n in (0, 1, -1):
            found[f"{fill}-{n}"] = FILLED.format(fill=fill, number=n)
    for name, value in RETURNED_VALUES.items():
        found[name] = RETURNED.format(value=value)
    if assignment == "autograd":
        found |= guessed_tensors.programs()
    found["first-call"] = CACHED.format(which=1)
    found["call-before"] = CACHED.format(which=-2)
    if assignment == "miniflow":
        for name, order in ORDERS.items():
            found[f"sort-{name}"] = SORTS.format(order=order)
        found["made-up"] = MADE_UP
    return found


def grade(trial: Trial, text: str) -> Report:
    """Return the report on stubs with a program in all their modules."""
    folder = trial.world.folder / "handed-in"
    attack.hand_in(folder, trial.world)
    attack.stubs(folder, trial.world)
    for module in trial.world.subject.modules:
        attack.write(folder, trial.world, SEEN + text, module)
    try:
        return trial.grader.grade(trial.grader.read(folder))
    finally:
        shutil.rmtree(folder)


def earned(trial: Trial, text: str) -> dict[str, float]:
    """Return the points that a program earned, by question: {} if none."""
    report = grade(trial, text)
    answered = ANSWERED.get(trial.world.subject.name, set())
    return {k: v for k, v in report.scores.items() if v and k not in answered}
