"""The tolerances leave room on both sides; docs/tolerance.md has the long table."""

import re

from benchmarks.tolerance import main


def test_right_answers_stay_far_inside_and_wrong_ones_outside(capsys):
    main(3)
    text = capsys.readouterr().out
    found = re.findall(r"^(?:largest|smallest) .* (\S+)$", text, re.M)
    right, wrong = map(float, found)
    assert 0 < right < 1e-2
    assert wrong > 1
