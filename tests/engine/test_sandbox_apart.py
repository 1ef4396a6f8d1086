"""Do two workers, or a worker and a later one, share anything?"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.sandbox.trusted import launch
from autograder.sandbox.trusted.pool import Pool
from tests.support.workers import LIMITS, PROBES, processes, raised, run

O_PATH = 0o10000000
FLAGS = """
    import fcntl
    for handle in range(32):
        for flag in (os.O_NONBLOCK, os.O_APPEND):
            try:
                old = fcntl.fcntl(handle, fcntl.F_GETFL)
                fcntl.fcntl(handle, fcntl.F_SETFL, old | flag)
            except OSError:
                pass
    os._exit(0)
"""


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[tuple[Pool, Path]]:
    """A pool at level 3 whose processes are found by its own probes' path."""
    mine = tmp_path / "probes.py"
    mine.write_text(PROBES)
    with Pool(mine, highest=3, limits=LIMITS) as pool:
        yield pool, mine


def maps(pid: int) -> str:
    if os.geteuid() != 0:
        pytest.skip("needs root: a worker's memory is hidden from its user")
    return Path(f"/proc/{pid}/maps").read_text()


def descriptors(pid: int) -> dict[int, tuple[str, int]]:
    """Return for each descriptor what it leads to, and its flags."""
    found = {}
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        info = Path(f"/proc/{pid}/fdinfo/{entry.name}").read_text()
        flags = re.search(r"flags:\s+(\d+)", info)
        found[int(entry.name)] = os.readlink(entry), int(flags[1], 8)
    return found


def at_rest(pool: Pool) -> dict[int, tuple[str, int]]:
    """Return the zygote's descriptors once it has made the worker that waits.

    While it forks, it holds that worker's socket and pipe too. It answers in order.
    """
    pool.zygote.times(pool.waiting.id)
    return descriptors(pool.zygote.pid)


def the_one_that_waits(pool: Pool, mine: Path) -> int:
    """Return the process of the worker that waits, once it is confined."""
    pool.waiting.ready()
    pool.zygote.times(pool.waiting.id)  # then any other has ended: it answers in order
    [pid] = processes(mine) - {pool.zygote.pid}
    return pid


def test_no_worker_has_memory_that_another_process_writes_to(
    alone: tuple[Pool, Path],
) -> None:
    pool, mine = alone
    for pid in (the_one_that_waits(pool, mine), pool.zygote.pid):
        rows = [line.split() for line in maps(pid).splitlines()]
        shared = [row for row in rows if row[1][3] == "s"]
        # Read only, from a file that nobody may write: the C library's own cache.
        assert [row for row in shared if row[1][1] == "w" or row[4] == "0"] == []
        assert len(rows) > 20


def test_no_descriptor_of_a_worker_is_another_process_s(
    alone: tuple[Pool, Path],
) -> None:
    pool, mine = alone
    if os.geteuid() != 0:
        pytest.skip("needs root: a worker's descriptors are hidden from its user")
    held = descriptors(the_one_that_waits(pool, mine))
    others = [leads_to for leads_to, _ in at_rest(pool).values()]
    assert {0, 1, 2, 3} <= set(held)
    for number, (leads_to, flags) in held.items():
        if leads_to == os.devnull:
            assert number == 0
        else:
            assert flags & O_PATH or leads_to not in others


def test_flags_that_a_worker_sets_are_seen_by_nobody_else(
    alone: tuple[Pool, Path],
) -> None:
    pool, _ = alone
    before = at_rest(pool)
    run(pool, FLAGS)
    assert at_rest(pool) == before


def test_a_worker_knows_nothing_of_others(pool: Pool) -> None:
    body = """
        import gc
        frame, found = sys._getframe(), []
        while frame:
            found += [f"{k}={type(v).__name__}" for k, v in frame.f_locals.items()]
            frame = frame.f_back
        found += [type(one).__name__ for one in gc.get_objects()]
        kinds = ("Zygote", "mmap", "Worker", "Child")
        bad = [one for one in found if one.partition("=")[2] in kinds or one in kinds]
        raise ValueError(str(bad))
    """
    assert raised(pool, body).message == "[]"


def test_a_worker_sees_no_name_or_path_of_the_machine(pool: Pool) -> None:
    body = """
        import platform
        told = [*sys.argv, *sys.orig_argv, *sys.path, sys.executable, sys.prefix,
                sys.base_prefix, sys.exec_prefix, *os.uname(), platform.node()]
        told += [getattr(m, "__file__", None) or "" for m in sys.modules.values()]
        raise ValueError(" ".join(sorted(set(told), key=len, reverse=True)))
    """
    message = raised(pool, body).message
    assert os.uname().nodename not in message.split()
    for path in (launch.ROOT, launch.numpy_folder(), pool.probes.parent, sys.prefix):
        assert str(path) not in message


def test_the_host_s_name_is_refused_to_those_who_ask_the_system(pool: Pool) -> None:
    body = """
        import ctypes
        buffer = ctypes.create_string_buffer(400)
        raise ValueError(str(ctypes.CDLL(None).uname(buffer)))
    """
    assert raised(pool, body).message == "-1"
