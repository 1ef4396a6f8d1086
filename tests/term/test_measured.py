"""Do the programs that measure for docs/ still run? Their numbers matter there."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import NAMES
from tests.hostile.harness import layers

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.long


def measured(program, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", program, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_runs(name):
    head, _, *rows = measured("benchmarks", "--quick", name).splitlines()
    assert head.startswith("| what | A | B | A / B |")
    assert any(row.startswith("| ") for row in rows)


def test_the_errors_of_right_and_of_wrong_answers_are_apart():
    *_, right, wrong = measured("benchmarks.tolerance", "1").splitlines()
    assert float(right.split()[-1]) < 1 < float(wrong.split()[-1])


def test_a_layer_that_is_taken_away_is_missed():
    """Only the filter of system calls refuses a socket of an odd kind."""
    row = layers.table(["network_families"]).splitlines()[-1]
    assert row.startswith("| network_families | ")
    assert row.endswith(" | refused, full marks | seccomp |  |")
