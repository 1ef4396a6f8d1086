"""What a submission costs the trusted process: its computing time, its memory."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# What honest work takes, many times over: a machine that is busy counts more.
MOST_SECONDS = 4.0
MOST_MEMORY = 128 << 20


@dataclass
class Cost:
    """Computing seconds and bytes of memory beyond what was in use."""

    seconds: float = 0.0
    memory: int = 0

    def complaints(self) -> list[str]:
        wrong = []
        if self.seconds > MOST_SECONDS:
            wrong.append(f"judging took {self.seconds:.1f} s of computing")
        if self.memory > MOST_MEMORY:
            wrong.append(f"judging took {self.memory >> 20} MiB of memory")
        return wrong


@contextmanager
def measured() -> Iterator[Cost]:
    """Give what the with block costs this process, when it is over.

    It is computing time, so that other work on the machine changes nothing.
    """
    cost = Cost()
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins from here
    before, started = _memory("VmRSS"), time.process_time()
    yield cost
    cost.seconds = time.process_time() - started
    cost.memory = _memory("VmHWM") - before


def _memory(name: str) -> int:
    text = Path(f"/proc/{os.getpid()}/status").read_text()
    found = re.search(rf"{name}:\s+(\d+) kB", text)
    return int(found.group(1)) << 10 if found else 0
