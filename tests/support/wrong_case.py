"""A hidden case of mlp that asks what was never asked for, and its removal.

`forward` is for a batch of rows; right programs may fail at a row without one.
"""

from pathlib import Path

ROW = '    case("linear_forward", "one row without a batch", **LINEAR, x=normal(3)),\n'
FIRST = '    case("linear_forward"'
# A right program that fails at it.
BY_ROWS = """
def forward(self, x):
    self.x = x
    return (self.weight.T @ x.T + self.bias.reshape(-1, 1)).T
"""


def insert(course: Path) -> None:
    """Let the case be there, and no right program that would have told its author."""
    _rewrite(course, FIRST, ROW + FIRST)
    with (course / "tests/mlp/right.py").open("a", encoding="utf-8") as right:
        right.write("\nRIGHT = []\n")


def remove(course: Path) -> None:
    _rewrite(course, ROW, "")


def _rewrite(course: Path, old: str, new: str) -> None:
    path = course / "tests/mlp/hidden.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
