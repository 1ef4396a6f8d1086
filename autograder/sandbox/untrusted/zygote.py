"""The parent of all workers of a pool: has numpy and the probes, forks, reaps.

It loads nothing else of the course. It reads nothing that a worker sends; of the
memory shared with each it looks at one byte, whether a question was being rehearsed.
It ends when its pool does: the control socket closes, or the pool's process is gone.
"""

from __future__ import annotations

import contextlib
import gc
import importlib.util
import json
import mmap
import os
import select
import signal
import site
import socket
import sys
import time
import warnings
from dataclasses import dataclass, field
from itertools import pairwise
from types import ModuleType, SimpleNamespace
from typing import Any, TextIO

import numpy as np

from autograder.sandbox import packing, unpacking, wire
from autograder.sandbox.exchange import Array, Limits, Request
from autograder.sandbox.orders import (
    COMMAND,
    DROP,
    ENDED_BY_ZYGOTE,
    FORK,
    REAP,
    REHEARSING,
    REPLY,
)
from autograder.sandbox.untrusted import (
    confine,
    landlock,
    seccomp,
    standard_library,
    worker,
)
from autograder.student.questions import Outputs

GRACE = 0.2  # seconds in which a process that is ending may end by itself
OUT_OF_THE_WAY = 64  # the zygote's own descriptors; workers get the low numbers


@dataclass
class Child:
    """A worker, and a byte of memory shared with it: whether it rehearses."""

    pid: int
    rehearsing: mmap.mmap


@dataclass
class Zygote:
    """What stays the same for all children, and those that live, by their ids."""

    control: socket.socket
    pool: int | None
    plan: confine.Plan
    probes: ModuleType
    limits: Limits
    handles: list[int]  # of the library folders
    ours: list[str]  # modules of the course, which no child can import
    children: dict[bytes, Child] = field(default_factory=dict)


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
    standard = standard_library.standard()
    landlocked = settings["highest"] >= 3 and landlock.version() > 0
    probes = _load_probes(settings["probes"])
    standard_library.preload(popular=not landlocked)
    warnings.simplefilter("ignore")
    site.setquit()
    package = os.path.dirname(str(np.__file__))
    rules = None
    if landlocked:
        inside, files = standard_library.contents(standard)
        rules = landlock.ruleset([*inside, package], files)
    handles: dict[str, int] = {}
    if sys.platform == "linux":
        handles = standard_library.to_handles([*standard, package])
    standard_library.rewrite(handles, standard)
    outside = settings["namespaces"]  # the pool's
    plan = confine.Plan(
        highest=settings["highest"],
        parent=os.getpid(),
        rules=rules,
        separate=[n for n, at in confine.namespaces().items() if at != outside.get(n)],
        readable=f"{sys.path[0]}/os.py",
        memory=settings["limits"]["memory"],
    )
    limits = Limits(**settings["limits"])
    _warm_up()
    ours = [name for name in sys.modules if name.partition(".")[0] == "autograder"]
    gc.collect()
    gc.freeze()  # so that a collection in a child copies no page of these
    return Zygote(control, pool, plan, probes, limits, sorted(handles.values()), ours)


def _warm_up() -> None:
    """Do what each child would do for the first time; Python and numpy keep it."""
    if seccomp.supported():
        seccomp.program(os.getpid(), opens=True)
        seccomp.program(os.getpid(), opens=False)
    array = np.ones((3, 2))
    request = Request("", (("_", {"x": array, "y": array[0]}),))
    for _ in range(20):
        packed = packing.pack_requests([(request, True)])
        [(_, [(_, inputs)])] = unpacking.read_requests(packed)
        outputs, raised = worker.run(_nothing, SimpleNamespace(), inputs)
        packing.pack_answer([packing.pack_case(outputs, raised)])


def _nothing(lib: SimpleNamespace, x: Array, y: Array) -> Outputs:
    yield "product", x @ x.T
    yield "sum", np.maximum(x - y, 0.0).sum(axis=0) / len(x)
    yield "number", float(np.log(np.exp(x)).mean())


def _load_probes(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("probes", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"expected probes in a Python file, got {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules["probes"] = module
    spec.loader.exec_module(module)
    return module


def _serve(zygote: Zygote) -> None:
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
            what, id = COMMAND.unpack(data)
            _obey(zygote, what, id, ends)
    finally:
        for child in zygote.children.values():
            _kill(child.pid)


def _obey(zygote: Zygote, what: int, id: bytes, ends: list[int]) -> None:
    if what == FORK:
        zygote.children[id] = _fork(zygote, id, ends)
        return
    child = zygote.children.pop(id)
    status = _reap(child.pid, GRACE if what == REAP else 0.0)
    if child.rehearsing[0]:
        status |= REHEARSING
    child.rehearsing.close()
    if what != DROP:
        zygote.control.sendall(REPLY.pack(status))


def _fork(zygote: Zygote, id: bytes, ends: list[int]) -> Child:
    rehearsing = mmap.mmap(-1, mmap.PAGESIZE)  # a new one: nobody writes to another's
    pid = os.fork()
    if pid == 0:
        _child(zygote, id, rehearsing, *ends)
    for end in ends:
        os.close(end)
    return Child(pid, rehearsing)


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


def _child(
    zygote: Zygote, id: bytes, rehearsing: mmap.mmap, answers: int, output: int
) -> None:
    """Be a worker: never returns."""
    try:
        os.dup2(answers, worker.SOCKET)
        os.dup2(output, 1)
        os.dup2(output, 2)
        sys.stdout, sys.stderr = _printer(1), _printer(2)
        level, evidence = confine.confine(zygote.plan)
        _close_all_but([0, 1, 2, worker.SOCKET, *zygote.handles])
        os.environ.clear()
        # Kept, not freed: that would write to hundreds of pages shared until now.
        kept = [sys.modules.pop(name, None) for name in zygote.ours]
        channel = worker.Channel(id)
        channel.send(wire.Kind.READY, packing.pack_ready(level, evidence))
        worker.serve(channel, zygote.probes, zygote.limits, rehearsing)
        del kept
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
