"""What is told before hidden reasons are: programs choose it by hidden inputs."""

from __future__ import annotations

import json

from autograder.judging.report import UNTOLD, HiddenReasons
from autograder.platforms.gradescope import results
from tests.hostile.harness import measure
from tests.hostile.harness.trial import Trial

# The first output of a case is changed, or the case ends.
VISIBLE = "np.cos(a)"
HIDDEN = ("a", "np.cos(a)", "a + 1", "os._exit(0)")
FULL = "Full points."
CODE = """

def choose(name, inputs, outputs):
    how = {hidden!r} if is_hidden(*inputs.values()) else {visible!r}
    for i, (output, value, *_) in enumerate(outputs()):
        changed = eval("a" if i else how, globals(), {{"a": np.asarray(value)}})
        yield output, changed


around(choose, {probes!r})
"""


def told(there: Trial, hidden: str) -> str:
    """Return what a page and Gradescope tell of one question before that time."""
    one = there.world.subject.one.id
    probes = {t.case.probe_name for t in there.grader.course.trials(one)}
    text = CODE.format(visible=VISIBLE, hidden=hidden, probes=probes)
    report = measure.grade(there, text)
    question = report.question(one)
    told = question.told(HiddenReasons.NEVER)
    for when in (HiddenReasons.AFTER_PUBLISHING, HiddenReasons.NEVER):
        for row in results(report, when)["tests"]:
            early = row["visibility"] == "visible" or when is HiddenReasons.NEVER
            if row["name"].startswith(f"{one}: ") and early:
                told += [*row["output"].splitlines(), *row.get("tags", [])]
    # Whether a hidden case failed is what the score says, too.
    return json.dumps([line for line in told if line not in (UNTOLD, FULL)])
