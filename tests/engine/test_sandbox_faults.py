"""What survives when something outside ends a process of ours?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from autograder.sandbox.trusted import launch
from autograder.sandbox.trusted.levels import probe_levels
from autograder.sandbox.trusted.pool import IsolationError, Pool
from tests.support.waiting import until
from tests.support.workers import (
    LIMITS,
    PROBES,
    REQUESTS,
    answers,
    assert_honest_is_unharmed,
    honest,
    processes,
)

SLOW = b"import time\ndef double(x):\n    time.sleep(0.5)\n    return 2 * x"


def test_a_killed_zygote_is_replaced_and_the_submission_runs_again(
    probes: Path,
) -> None:
    with Pool(probes, highest=3) as pool:
        kill = threading.Timer(0.3, os.kill, (pool.zygote.pid, signal.SIGKILL))
        kill.start()
        outcome = pool.run({"nn": SLOW}, REQUESTS[:1])
        assert answers(outcome.results["double"]) == [[0, 2, 4], [0, 4, 8]]
        assert_honest_is_unharmed(pool)


def test_workers_die_with_a_zygote_that_is_killed(tmp_path: Path) -> None:
    mine = tmp_path / "probes.py"
    mine.write_text(PROBES)
    with Pool(mine, highest=3, limits=LIMITS) as pool:
        threading.Timer(0.3, os.kill, (pool.zygote.pid, signal.SIGKILL)).start()
        asleep = SLOW.replace(b"0.5", b"60")
        outcome = pool.run({"nn": asleep}, REQUESTS[:1])
        assert (
            outcome.results["double"].ended.text == "slept or waited for more than 3 s"
        )
        # Only the one that waits is left.
        until(lambda: len(processes(mine) - {pool.zygote.pid}) == 1)


def test_a_killed_worker_is_replaced_and_the_submission_runs_again(
    tmp_path: Path,
) -> None:
    mine = tmp_path / "probes.py"
    mine.write_text(PROBES)
    with Pool(mine, highest=3) as pool:

        def kill() -> None:
            for pid in processes(mine) - {pool.zygote.pid, os.getpid()}:
                with suppress(ProcessLookupError):  # it was just going
                    os.kill(pid, signal.SIGKILL)

        threading.Timer(0.3, kill).start()
        outcome = pool.run({"nn": SLOW}, REQUESTS[:1])
        assert answers(outcome.results["double"]) == [[0, 2, 4], [0, 4, 8]]
    until(lambda: processes(mine) == set())


GRADER = """
    import os, sys, time
    from pathlib import Path
    sys.path.insert(0, os.environ["ROOT"])
    import numpy as np
    from autograder.sandbox.exchange import Request
    from autograder.sandbox.trusted.pool import Pool
    pool = Pool(Path(os.environ["PROBES"]), highest=int(os.environ["LEVEL"]))
    if os.fork() == 0:  # it holds the pool's end of the control socket open
        time.sleep(600)
        os._exit(0)
    print("ready", flush=True)
    asleep = b"import time" + bytes([10]) + b"def double(x): time.sleep(60)"
    pool.run({"nn": asleep}, [Request("double", (("double", {"x": np.zeros(1)}),))])
"""


@pytest.mark.parametrize("level", [4, 3])
def test_nothing_outlives_a_grader_that_is_killed(tmp_path: Path, level: int) -> None:
    mine = tmp_path / "probes.py"
    mine.write_text(PROBES)
    settings = {"ROOT": launch.ROOT, "PROBES": mine, "LEVEL": level}
    grader = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(GRADER)],
        stdout=subprocess.PIPE,
        env=os.environ | {name: str(value) for name, value in settings.items()},
        start_new_session=True,
    )
    assert grader.stdout is not None
    try:
        assert grader.stdout.readline() == b"ready\n"
        until(lambda: len(processes(mine)) >= 2)
        grader.kill()
        grader.wait()
        until(lambda: processes(mine) == set())
    finally:
        os.killpg(grader.pid, signal.SIGKILL)  # the sibling
        grader.stdout.close()


def test_a_pool_refuses_to_start_below_the_level_it_needs(probes: Path) -> None:
    with pytest.raises(IsolationError, match="expected isolation level 3, got 1"):
        Pool(probes, highest=1)


@pytest.mark.parametrize("level", [2, 1])
def test_lower_levels_work_when_asked_for(probes: Path, level: int) -> None:
    with Pool(probes, required_level=level, highest=level) as pool:
        assert pool.run(honest(), []).level == level
        assert_honest_is_unharmed(pool)


def test_probes_that_do_not_load_are_said(tmp_path: Path) -> None:
    bad = tmp_path / "probes.py"
    bad.write_text("import no_such_thing")
    with pytest.raises(RuntimeError, match="no_such_thing"):
        Pool(bad)


def test_the_doctor_names_level_kernel_and_next_step() -> None:
    levels = probe_levels(highest=3)
    assert levels.level == 3
    assert levels.kernel.startswith("Linux")
    assert "bubblewrap" in levels.next_step
    assert len(levels.evidence) == 4
