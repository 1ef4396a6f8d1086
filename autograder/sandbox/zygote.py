"""The parent of all workers of a pool: has numpy and the probes, forks, reaps.

It loads nothing else of the course. It never reads a byte that a worker sent, and
ends when its pool does: the control socket closes, or the pool's process is gone.
"""

from __future__ import annotations

import contextlib
import gc
import importlib.util
import json
import os
import select
import signal
import site
import socket
import sys
import time
import warnings
from dataclasses import dataclass
from itertools import pairwise
from types import ModuleType
from typing import Any, TextIO

import numpy as np

from autograder.sandbox import confine, folders, landlock, packing, wire, worker
from autograder.sandbox.answers import Limits
from autograder.sandbox.orders import COMMAND, ENDED_BY_ZYGOTE, FORK, REAP, REPLY

GRACE = 0.2  # seconds in which a process that is ending may end by itself
OUT_OF_THE_WAY = 64  # the zygote's own descriptors; workers get the low numbers


@dataclass
class Zygote:
    """What stays the same for all children."""

    control: socket.socket
    pool: int | None
    plan: confine.Plan
    probes: ModuleType
    limits: Limits
    handles: list[int]  # of the library folders


def main() -> None:
    """Serve the pool whose settings are the first argument."""
    settings = json.loads(sys.argv[1])
    control, pool = _out_of_the_way(settings["control"], settings["pool"])
    os.dup2(0, 3)  # where a child finds its socket; nothing else may take the number
    zygote = _prepare(settings, socket.socket(fileno=control), pool)
    zygote.control.sendall(REPLY.pack(os.getpid()))
    for output in (1, 2):
        os.dup2(0, output)
    try:
        _serve(zygote)
    finally:
        os._exit(0)


def _out_of_the_way(control: int, pool: int | None) -> tuple[int, int | None]:
    import fcntl

    moved = fcntl.fcntl(control, fcntl.F_DUPFD_CLOEXEC, OUT_OF_THE_WAY)
    os.close(control)
    if pool is None:
        return moved, None
    watched = fcntl.fcntl(pool, fcntl.F_DUPFD_CLOEXEC, OUT_OF_THE_WAY)
    os.close(pool)
    return moved, watched


def _prepare(
    settings: dict[str, Any], control: socket.socket, pool: int | None
) -> Zygote:
    standard = folders.standard()
    landlocked = settings["highest"] >= 3 and landlock.version() > 0
    probes = _load_probes(settings["probes"])
    folders.preload(popular=not landlocked)
    warnings.simplefilter("ignore")
    site.setquit()
    package = os.path.dirname(str(np.__file__))
    rules = None
    if landlocked:
        inside, files = folders.contents(standard)
        rules = landlock.ruleset([*inside, package], files)
    handles: dict[str, int] = {}
    if sys.platform == "linux":
        handles = folders.to_handles([*standard, package])
    folders.rewrite(handles, standard)
    plan = confine.Plan(
        highest=settings["highest"],
        parent=os.getpid(),
        rules=rules,
        outside=settings["namespaces"],
        readable=f"{sys.path[0]}/os.py",
        memory=settings["limits"]["memory"],
    )
    limits = Limits(**settings["limits"])
    gc.collect()
    gc.freeze()  # so that a collection in a child copies no page of these
    return Zygote(control, pool, plan, probes, limits, sorted(handles.values()))


def _load_probes(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("probes", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"expected probes in a Python file, got {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules["probes"] = module
    spec.loader.exec_module(module)
    return module


def _serve(zygote: Zygote) -> None:
    children: set[int] = set()
    poll = select.poll()
    poll.register(zygote.control, select.POLLIN)
    if zygote.pool is not None:
        poll.register(zygote.pool, select.POLLIN)  # readable when the process ends
    try:
        while True:
            if any(fd == zygote.pool for fd, _ in poll.poll()):
                return
            data, ends, _, _ = socket.recv_fds(zygote.control, COMMAND.size, 2)
            if len(data) < COMMAND.size:
                return
            what, pid, id = COMMAND.unpack(data)
            _obey(zygote, children, what, pid, id, ends)
    finally:
        for child in children:
            _kill(child)


def _obey(
    zygote: Zygote, children: set[int], what: int, pid: int, id: bytes, ends: list[int]
) -> None:
    if what == FORK:
        child = os.fork()
        if child == 0:
            _child(zygote, id, *ends)
        for end in ends:
            os.close(end)
        children.add(child)
        zygote.control.sendall(REPLY.pack(child))
        return
    status = _reap(pid, GRACE if what == REAP else 0.0) if pid in children else -1
    children.discard(pid)
    zygote.control.sendall(REPLY.pack(status))


def _reap(pid: int, grace: float) -> int:
    """Return the wait status of a process, killed if it does not end in time."""
    until = time.monotonic() + grace
    while time.monotonic() < until:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return status
        time.sleep(0.002)
    _kill(pid)
    return os.waitpid(pid, 0)[1] | ENDED_BY_ZYGOTE


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _child(zygote: Zygote, id: bytes, answers: int, output: int) -> None:
    """Be a worker: never returns."""
    try:
        os.dup2(answers, worker.SOCKET)
        os.dup2(output, 1)
        os.dup2(output, 2)
        sys.stdout, sys.stderr = _printer(1), _printer(2)
        level, evidence = confine.confine(zygote.plan)
        _close_all_but([0, 1, 2, worker.SOCKET, *zygote.handles])
        os.environ.clear()
        for name in [n for n in sys.modules if n.partition(".")[0] == "autograder"]:
            del sys.modules[name]
        channel = worker.Channel(id)
        channel.send(wire.Kind.READY, packing.pack_ready(level, evidence))
        worker.serve(channel, zygote.probes, zygote.limits)
    except BaseException as error:
        os.write(2, f"{type(error).__name__}: {error}".encode("utf-8", "replace"))
    finally:
        os._exit(71)


def _close_all_but(kept: list[int]) -> None:
    for low, high in pairwise([*kept, 1 << 20]):
        os.closerange(low + 1, high)


def _printer(descriptor: int) -> TextIO:
    # A print never costs a point, whatever characters it has.
    return open(
        descriptor, "w", encoding="utf-8", errors="backslashreplace", closefd=False
    )
