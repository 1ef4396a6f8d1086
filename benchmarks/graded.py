"""Grade a class in this process, and print what it took: time, and peaks of memory.

    python -m benchmarks.graded FOLDER

The processes that judge import this file as well, so nothing large stands here.
"""

from __future__ import annotations

import json
import sys
import warnings
from contextlib import suppress
from multiprocessing import active_children
from pathlib import Path
from threading import Thread
from time import perf_counter, sleep

RESET_PEAK = Path("/proc/self/clear_refs")


def main() -> None:
    from autograder.classroom.grade import grade_class

    warnings.simplefilter("ignore")
    # Until here the peak is that of importing nbgrader, which would hide the other.
    importing = peak()
    RESET_PEAK.write_text("5")
    started = perf_counter()
    judging: list[int] = []
    Thread(target=watch, args=[judging], daemon=True).start()
    grade_class(Path(sys.argv[1]), "mlp", jobs=2)
    taken = {"seconds": perf_counter() - started, "memory": peak()}
    print(json.dumps(taken | {"importing": importing, "judging": max(judging)}))


def watch(peaks: list[int]) -> None:
    """Write down, now and then, the peaks of the processes that judge."""
    while True:
        with suppress(OSError, StopIteration):  # it ended while we looked
            peaks += [peak(str(child.pid)) for child in active_children()]
        sleep(0.1)


def peak(process: str = "self") -> int:
    """Return the most memory that a process has held, since a reset, in KiB."""
    status = Path("/proc", process, "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
