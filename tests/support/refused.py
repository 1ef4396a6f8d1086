"""What `check` says when it refuses, and a Linear that is wrong."""

import pytest

from autograder import check
from autograder.student.check_failed import CheckFailed


def says(question=None):
    """Return the line with which `check` refuses."""
    with pytest.raises(CheckFailed) as caught:
        check(question)
    line = str(caught.value)
    assert "\n" not in line
    assert "!" not in line
    return line


def forward(body):
    return {"nn.Linear.forward": f"def forward(self, x):\n    self.x = x\n    {body}\n"}
