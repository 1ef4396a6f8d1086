"""Tries every hostile submission.

python -m tests.hostile                      writes docs/isolation.md
python -m tests.hostile ASSIGNMENT LEVEL     prints what went wrong there, as JSON
"""

from __future__ import annotations

import json
import os
import sys

from tests.hostile.harness import attack, layers, trial
from tests.hostile.harness.subject import ROOT


def main() -> int:
    """Return 0 if no submission got what it tried."""
    if sys.argv[1:]:
        assignment, level, *names = sys.argv[1:]
        return tell(assignment, int(level), names or attack.names(assignment))
    text = layers.table(attack.names())
    (ROOT / "docs/isolation.md").write_text(text, encoding="utf-8")
    return "GOT THROUGH" in text


def tell(assignment: str, level: int, names: list[str]) -> int:
    wrong = trial.run(level, assignment, names)
    found = {"user": os.getuid(), "level": level, "tried": len(names)}
    print(json.dumps(found | {"wrong": wrong}))
    return len(wrong) > 0


if __name__ == "__main__":
    sys.exit(main())
