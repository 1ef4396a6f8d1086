"""What does the parent of all workers do? It has numpy and the probes, and forks.

It loads nothing else of the course, reads nothing that a worker sends, and shares no
memory with any worker. A child begins with its parent's memory, what is freed
included: so the times and the end of a worker, which it chooses itself, are in one
place only, which is wiped. It ends when its pool ends: the control socket closes, or
the pool's process has ended.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import gc
import os
import select
import signal
import site
import socket
import sys
import time
import warnings
from array import array
from dataclasses import dataclass, field
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np

from autograder.sandbox import payloads
from autograder.sandbox.exchange import (
    COMMAND,
    DROP,
    FORK,
    REAP,
    REPLY,
    REPLY_SIZE,
    SCHEDSTAT,
    TIMES,
    Request,
    namespaces,
)
from autograder.sandbox.untrusted import confine, landlock, standard_library, worker
from autograder.student.questions import Array, Outputs

# How often it is looked whether a process that is ending has ended, in seconds. They
# are counted: a clock would tell who comes later when it ended.
LOOKS, BETWEEN = 100, 0.002
WIPED = bytes(REPLY_SIZE)
# What a worker begins with.
Birth = tuple[bytes, confine.Plan, ModuleType, list[str]]
OUT_OF_THE_WAY = 64  # the zygote's own descriptors; workers get the low numbers


@dataclass
class Zygote:
    """What stays the same for all children, and the ids of those that live."""

    control: socket.socket
    pool: int  # a handle of its process
    plan: confine.Plan
    probes: ModuleType
    handles: list[int]  # of the library folders
    ours: list[str]  # modules of the course, which no child can import
    children: dict[bytes, int] = field(default_factory=dict)  # process ids
    command: bytearray = field(default_factory=lambda: bytearray(COMMAND.size))
    reply: bytearray = field(default_factory=lambda: bytearray(REPLY_SIZE))


def main(settings: dict[str, Any], probes: ModuleType) -> None:
    """Serve the pool that sent these settings."""
    control, pool = map(_out_of_the_way, (settings["control"], settings["pool"]))
    os.dup2(0, 3)  # where a child finds its socket; nothing else may take the number
    zygote = _prepare(settings, probes, socket.socket(fileno=control), pool)
    zygote.control.sendall(REPLY.pack(os.getpid(), 0).ljust(REPLY_SIZE, b"\0"))
    for output in (1, 2):
        os.dup2(0, output)
    try:
        birth = _serve(zygote)
        # Only a child comes here. Nothing of its parent's is left on its stack.
        del zygote, settings, control, pool, probes
        if birth is not None:
            worker.live(*birth)
    finally:
        os._exit(0)


def _out_of_the_way(handle: int) -> int:
    high = fcntl.fcntl(handle, fcntl.F_DUPFD_CLOEXEC, OUT_OF_THE_WAY)
    os.close(handle)
    return high


def _prepare(
    settings: dict[str, Any], probes: ModuleType, control: socket.socket, pool: int
) -> Zygote:
    standard = standard_library.standard()
    landlocked = settings["highest"] >= 3 and landlock.version() > 0
    standard_library.preload(popular=not landlocked)
    warnings.simplefilter("ignore")
    site.setquit()
    package = os.path.dirname(str(np.__file__))
    rules = None
    if landlocked:  # the standard library and numpy may be read
        inside, files = standard_library.contents(standard)
        rules = landlock.ruleset([*inside, package], files)
    handles = {
        folder: os.open(folder, os.O_PATH | os.O_DIRECTORY)
        for folder in (*standard, package)
    }
    standard_library.rewrite(handles, standard)
    plan = _plan(settings, rules)
    _warm_up()
    ours = [name for name in sys.modules if name.partition(".")[0] == "autograder"]
    gc.collect()
    gc.freeze()  # so that a collection in a child copies no page of these
    return Zygote(control, pool, plan, probes, sorted(handles.values()), ours)


def _plan(settings: dict[str, Any], rules: int | None) -> confine.Plan:
    """Return how each child confines itself."""
    outside = settings["namespaces"]  # the pool's
    return confine.Plan(
        highest=settings["highest"],
        parent=os.getpid(),
        rules=rules,
        separate=[n for n, at in namespaces().items() if at != outside.get(n)],
        readable=f"{sys.path[0]}/os.py",
        memory=settings["limits"]["memory"],
    )


def _warm_up() -> None:
    """Do what each child would do for the first time; Python and numpy keep it."""
    array = np.ones((3, 2))
    request = Request("", (("_", {"x": array, "y": array[0]}),))
    for _ in range(20):
        packed = payloads.pack_requests([(request, True)])
        [(_, [(_, inputs)])] = worker.read_requests(packed)
        outputs, raised = worker.run(_nothing, SimpleNamespace(), inputs)
        payloads.pack_answer([payloads.pack_case(outputs, raised)])


def _nothing(lib: SimpleNamespace, x: Array, y: Array) -> Outputs:
    yield "product", x @ x.T
    yield "sum", np.maximum(x - y, 0.0).sum(axis=0) / len(x)
    yield "number", float(np.log(np.exp(x)).mean())


def _serve(zygote: Zygote) -> Birth | None:
    """Obey the pool until it ends; in a child, return what the child needs."""
    poll = select.poll()
    poll.register(zygote.control, select.POLLIN)
    poll.register(zygote.pool, select.POLLIN)  # readable when the process ends
    while not any(fd == zygote.pool for fd, _ in poll.poll()):
        room = socket.CMSG_LEN(2 * array("i").itemsize)
        size, sent, *_ = zygote.control.recvmsg_into([zygote.command], room)
        if size < COMMAND.size:
            break
        what, id = COMMAND.unpack(zygote.command)
        ends = array("i", b"".join(data for *_, data in sent))
        if what != FORK:
            _obey(zygote, what, id)
            continue
        pid = os.fork()
        if pid == 0:
            return _birth(zygote, id, *ends)
        zygote.children[id] = pid
        for end in ends:
            os.close(end)
    for pid in zygote.children.values():
        _kill(pid)
    return None


def _birth(zygote: Zygote, id: bytes, answers: int, output: int) -> Birth:
    """Close everything of the parent's and of other children; return the rest."""
    zygote.children.clear()
    zygote.control.close()
    rules = [] if zygote.plan.rules is None else [zygote.plan.rules]
    worker.own_descriptors(answers, output, sorted([*zygote.handles, *rules]))
    return id, zygote.plan, zygote.probes, zygote.ours


def _obey(zygote: Zygote, what: int, id: bytes) -> None:
    if what == TIMES:
        _times(zygote.children[id], zygote.reply)
    else:
        _reap(zygote.children.pop(id), LOOKS if what == REAP else 0, zygote.reply)
    if what != DROP:
        zygote.control.sendall(zygote.reply)
    zygote.reply[:] = WIPED


def _times(pid: int, reply: bytearray) -> None:
    """Put into the reply what the system says of the time that a process used."""
    room = memoryview(reply)
    for name, part in (("schedstat", room[:SCHEDSTAT]), ("stat", room[SCHEDSTAT:])):
        with contextlib.suppress(OSError):
            handle = os.open(f"/proc/{pid}/{name}", os.O_RDONLY)
            os.readv(handle, [part])
            os.close(handle)


def _reap(pid: int, looks: int, reply: bytearray) -> None:
    """Put into the reply how a process ended; it is killed if it does not in time."""
    waitpid, status = ctypes.CDLL(None).waitpid, ctypes.c_int.from_buffer(reply)
    for _ in range(looks):
        if waitpid(pid, ctypes.byref(status), os.WNOHANG):
            return
        time.sleep(BETWEEN)
    _kill(pid)
    waitpid(pid, ctypes.byref(status), 0)
    reply[REPLY.size - 1] = 1


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
