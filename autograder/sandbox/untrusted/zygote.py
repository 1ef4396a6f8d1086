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
from itertools import pairwise
from types import ModuleType
from typing import Any

import numpy as np

from autograder.sandbox import exchange
from autograder.sandbox.exchange import COMMAND, REPLY_SIZE, SCHEDSTAT
from autograder.sandbox.untrusted import confine, landlock, standard_library, worker

# How often it is looked whether a process that is ending has ended, in seconds. They
# are counted: a clock would tell who comes later when it ended.
LOOKS, BETWEEN = 100, 0.002
OUT_OF_THE_WAY = 64  # the zygote's own descriptors; workers get the low numbers


@dataclass
class Zygote:
    """What children are made of, and the ids of those that live."""

    control: socket.socket
    pool: int  # a handle of its process
    plan: confine.Plan
    children: dict[bytes, int] = field(default_factory=dict)  # process ids
    command: bytearray = field(default_factory=lambda: bytearray(COMMAND.size))
    reply: bytearray = field(default_factory=lambda: bytearray(REPLY_SIZE))


def main(settings: dict[str, Any], probes: ModuleType) -> None:
    """Serve the pool that sent these settings."""
    control, pool = map(_out_of_the_way, (settings["control"], settings["pool"]))
    os.dup2(0, 3)  # where a child finds its socket; nothing else may take the number
    plan = _plan(settings, probes)
    zygote = Zygote(socket.socket(fileno=control), pool, plan)
    zygote.control.sendall(os.getpid().to_bytes(REPLY_SIZE, "little"))
    for output in (1, 2):
        os.dup2(0, output)
    try:
        id = _serve(zygote)
        # Only a child comes here. Nothing of its parent's is left on its stack.
        del zygote, settings, control, pool, probes
        if id is not None:
            worker.live(id, plan)
    finally:
        os._exit(0)


def _out_of_the_way(handle: int) -> int:
    high = fcntl.fcntl(handle, fcntl.F_DUPFD_CLOEXEC, OUT_OF_THE_WAY)
    os.close(handle)
    return high


def _plan(settings: dict[str, Any], probes: ModuleType) -> confine.Plan:
    """Make ready all that children have in common."""
    landlocked = settings["highest"] >= 3 and landlock.version() > 0
    warnings.simplefilter("ignore")  # some of the library is deprecated
    handles, rules = _library(landlocked)
    site.setquit()
    here, outside = exchange.namespaces(), settings["namespaces"]
    ours = [name for name in sys.modules if name.partition(".")[0] == "autograder"]
    gc.collect()
    gc.freeze()  # so that a collection in a child copies no page of these
    return confine.Plan(
        probes=probes,
        ours=ours,
        highest=settings["highest"],
        parent=os.getpid(),
        handles=handles,
        rules=rules,
        separate=[name for name, at in here.items() if at != outside.get(name)],
        readable=f"{sys.path[0]}/os.py",
        memory=settings["limits"]["memory"],
    )


def _library(landlocked: bool) -> tuple[list[int], int | None]:
    """Have Python and numpy reached by handles; return these, and Landlock's rules."""
    standard = standard_library.standard()
    standard_library.preload(popular=not landlocked)
    package = os.path.dirname(str(np.__file__))
    rules = None
    if landlocked:  # the standard library and numpy may be read
        rules = landlock.ruleset([*standard_library.contents(standard), package])
    handles = {
        folder: os.open(folder, os.O_PATH | os.O_DIRECTORY)
        for folder in (*standard, package)
    }
    standard_library.rewrite(handles, standard)
    return list(handles.values()), rules


def _serve(zygote: Zygote) -> bytes | None:
    """Obey the pool until it ends; in a child, return the child's id."""
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
        if what != exchange.FORK:
            _obey(zygote, what, id)
            continue
        pid = os.fork()
        if pid == 0:
            _let_go(zygote, *ends)
            return bytes(id)
        zygote.children[id] = pid
        for end in ends:
            os.close(end)
    for pid in zygote.children.values():
        os.kill(pid, signal.SIGKILL)
    return None


def _let_go(zygote: Zygote, answers: int, output: int) -> None:
    """In a child, keep these ends as 0 to 3, and the plan's handles; close all else."""
    zygote.children.clear()
    zygote.control.close()
    nothing = os.open(os.devnull, os.O_RDONLY)
    for place, end in enumerate((nothing, output, output, answers)):
        os.dup2(end, place)
    rules = [] if zygote.plan.rules is None else [zygote.plan.rules]
    kept = sorted([*range(4), *zygote.plan.handles, *rules])
    for low, high in pairwise([*kept, 1 << 20]):
        os.closerange(low + 1, high)


def _obey(zygote: Zygote, what: int, id: bytes) -> None:
    if what == exchange.TIMES:
        _times(zygote.children[id], zygote.reply)
    else:
        looks = 0 if what == exchange.KILL else LOOKS
        _reap(zygote.children.pop(id), looks, zygote.reply)
    if what != exchange.KILL:
        zygote.control.sendall(zygote.reply)
    zygote.reply[:] = bytes(REPLY_SIZE)


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
    os.kill(pid, signal.SIGKILL)
    waitpid(pid, ctypes.byref(status), 0)
    reply[2] |= exchange.ENDED_BY_ZYGOTE >> 16
