"""Tries every hostile submission.

python -m tests.hostile            writes docs/isolation.md
python -m tests.hostile LEVEL      prints what went wrong at that level, as JSON
"""

from __future__ import annotations

import json
import os
import sys

from tests.hostile.harness import attack, layers, trial
from tests.hostile.harness.world import ROOT


def main() -> int:
    """Return 0 if no submission got what it tried."""
    if sys.argv[1:]:
        level, names = int(sys.argv[1]), sys.argv[2:] or attack.names()
        wrong = trial.run(level, names)
        found = {"user": os.getuid(), "level": level, "tried": len(names)}
        print(json.dumps(found | {"wrong": wrong}))
        return len(wrong) > 0
    text = layers.table(attack.names())
    (ROOT / "docs/isolation.md").write_text(text, encoding="utf-8")
    return "GOT THROUGH" in text


if __name__ == "__main__":
    sys.exit(main())
