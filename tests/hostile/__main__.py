"""Tries every hostile submission.

python -m tests.hostile                      writes docs/isolation.md
python -m tests.hostile ASSIGNMENT LEVEL     prints what went wrong there, as JSON
python -m tests.hostile measure              writes the figures of docs/threat-model.md
python -m tests.hostile pairs ASSIGNMENT LEVEL [aged]    pairs and repeats, likewise
"""

from __future__ import annotations

import json
import os
import sys

from tests.hostile.harness import attack, channels, layers, trial
from tests.hostile.harness.subject import ROOT


def main() -> int:
    """Return 0 if no submission got what it tried."""
    if sys.argv[1:] == ["measure"]:
        from tests.hostile.harness import measure  # needs nbgrader, the others do not

        measure.write()
        return 0
    if sys.argv[1:2] == ["pairs"]:
        assignment, level, *aged = sys.argv[2:]
        tried = len(channels.names(bool(aged)))
        return tell(channels.run(int(level), assignment, bool(aged)), tried)
    if sys.argv[1:]:
        assignment, level, *names = sys.argv[1:]
        names = names or attack.names(assignment)
        return tell(trial.run(int(level), assignment, names), len(names))
    text = layers.table(attack.names())
    (ROOT / "docs/isolation.md").write_text(text, encoding="utf-8")
    return "GOT THROUGH" in text


def tell(wrong: dict[str, list[str]], tried: int) -> int:
    print(json.dumps({"user": os.getuid(), "tried": tried, "wrong": wrong}))
    return len(wrong) > 0


if __name__ == "__main__":
    sys.exit(main())
