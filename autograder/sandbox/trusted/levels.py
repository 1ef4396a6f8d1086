"""Which isolation level does this machine reach?"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox.trusted.pool import Pool


@dataclass(frozen=True)
class Levels:
    """What `autograder doctor` prints."""

    level: int
    evidence: tuple[str, ...]
    kernel: str
    next_step: str


def probe_levels(highest: int = 4) -> Levels:
    """Return the isolation level of this machine, with its evidence."""
    system = os.uname()
    kernel = f"{system.sysname} {system.release} {system.machine}"
    with tempfile.TemporaryDirectory() as folder:
        probes = Path(folder) / "probes.py"
        probes.write_text("")
        try:
            with Pool(probes, required_level=0, highest=highest) as pool:
                return Levels(pool.level, pool.evidence, kernel, pool.next_step())
        except RuntimeError as error:
            return Levels(0, (), kernel, str(error))
