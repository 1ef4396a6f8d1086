"""Which rights does a worker lose, and was each loss tried?

The level says what was refused when it was tried, not what was switched on:

    4  namespaces + Landlock + seccomp + limits
    3  Landlock + seccomp + limits
    2  seccomp that opens no file + limits
    1  limits only: not a sandbox
    0  not even those, or a capability was left
"""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import platform
import resource
import socket
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from types import ModuleType

from autograder.sandbox.exchange import NAMESPACES
from autograder.sandbox.untrusted import landlock, seccomp

NOBODY = 65534
SET_DEATH_SIGNAL, SET_DUMPABLE, SET_NO_NEW_PRIVILEGES = 1, 4, 38
SIGKILL = 9


@dataclass(frozen=True)
class Plan:
    """What the zygote prepares once for all its children."""

    probes: ModuleType
    ours: Collection[str]  # modules of the course, which no child may find
    highest: int  # do not go beyond this level
    parent: int  # the zygote's process id
    handles: Collection[int]  # descriptors of the library folders
    rules: int | None  # descriptor of the Landlock rules
    separate: Collection[str]  # namespaces that are not the grader's
    readable: str  # a file that must stay readable under Landlock
    memory: int


def confine(plan: Plan) -> tuple[int, list[str]]:
    """Confine this process for ever; return the level and the evidence for it."""
    lines: list[str] = []
    separate = set(plan.separate) == set(NAMESPACES)
    if plan.separate:
        lines.append(f"namespaces: {', '.join(plan.separate)} differ from the grader's")
    powerless = leave_root(lines)
    _harden(plan)
    limited = _limits(plan, lines)
    closed = _landlock(plan, lines)
    filtered = _seccomp(plan, closed, lines)
    if not (powerless and limited):
        return 0, lines
    if closed and filtered:
        return (4 if separate else 3), lines
    return (2 if filtered else 1), lines


def leave_root(lines: list[str]) -> bool:
    """Become an ordinary user, without capabilities; return whether that held."""
    if os.geteuid() == 0:
        try:
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
        except OSError as error:
            # A user namespace without that user: its root is an ordinary user outside.
            if error.errno != errno.EINVAL:
                raise
    _drop_capabilities()
    refused = _refused(lambda: os.chroot("/"), errno.EPERM)
    if refused:
        lines.append(f"user: {os.getuid()}, no capability: chroot refused")
    return refused


def hide_host() -> None:
    """Let this process see no name or path of the machine in what Python tells it.

    seccomp refuses the system call behind `os.uname`.
    """
    system = os.uname()
    told = type(system)((system.sysname, "worker", "0", "0", system.machine))
    for module in (os, sys.modules["posix"]):
        vars(module)["uname"] = lambda: told
    vars(platform)["_uname_cache"] = None  # numpy has asked already
    sys.argv[:] = sys.orig_argv[:] = [""]
    names = ("executable", "_base_executable", "prefix", "base_prefix", "exec_prefix",
             "base_exec_prefix", "_stdlib_dir")  # fmt: skip
    for name in names:
        setattr(sys, name, "")
    for module in list(sys.modules.values()):
        if isinstance(file := getattr(module, "__file__", None), str):
            module.__file__ = os.path.basename(file)
    os.environ.clear()


def _drop_capabilities() -> None:
    version_3 = 0x20080522
    head = (ctypes.c_uint32 * 2)(version_3, 0)
    none = (ctypes.c_uint32 * 6)()
    if ctypes.CDLL(None, use_errno=True).capset(head, none) != 0:
        raise OSError(ctypes.get_errno(), "expected capset to drop all capabilities")


def _harden(plan: Plan) -> None:
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    wanted = {SET_DEATH_SIGNAL: SIGKILL, SET_DUMPABLE: 0, SET_NO_NEW_PRIVILEGES: 1}
    for what, value in wanted.items():
        if prctl(what, ctypes.c_ulong(value), 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), f"expected prctl {what} to be taken")
    if os.getppid() != plan.parent:  # it died before the death signal was asked for
        os._exit(1)


def _limits(plan: Plan, lines: list[str]) -> bool:
    wishes = {"AS": plan.memory, "NOFILE": 32, "NPROC": 0, "FSIZE": 0, "CORE": 0}
    for name, value in wishes.items():
        limit = getattr(resource, f"RLIMIT_{name}")
        _, hard = resource.getrlimit(limit)
        least = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (least, least))
    refused = _refused(lambda: mmap.mmap(-1, plan.memory + 1), errno.ENOMEM)
    if refused:
        lines.append(f"limits: {plan.memory >> 20} MiB of memory refused")
    return refused


def _landlock(plan: Plan, lines: list[str]) -> bool:
    if plan.rules is None:
        return False
    landlock.restrict(plan.rules)
    refused = _refused(lambda: os.open("/", os.O_RDONLY), errno.EACCES)
    os.close(os.open(plan.readable, os.O_RDONLY))
    if refused:
        lines.append(f"Landlock {landlock.version()}: open of / refused")
    return refused


def _seccomp(plan: Plan, closed: bool, lines: list[str]) -> bool:
    if plan.highest < 2 or platform.machine() not in seccomp.MACHINES:
        return False
    seccomp.install(seccomp.program(os.getpid(), opens=closed))
    acts: dict[str, Callable[[], object]] = {
        "socket": socket.socket,
        "fork": _fork,
        "signal to the parent": lambda: os.kill(os.getppid(), 0),
        "executable memory": lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_EXEC),
        "open for writing": lambda: os.open("/", os.O_WRONLY),
    }
    if not closed:
        acts["open"] = lambda: os.open(plan.readable, os.O_RDONLY)
    refused = [name for name, act in acts.items() if _refused(act, errno.EPERM)]
    if refused:
        lines.append(f"seccomp: {', '.join(refused)} refused")
    return len(refused) == len(acts)


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _refused(act: Callable[[], object], code: int) -> bool:
    """Return whether the act fails with just that error: another is another layer's."""
    try:
        act()
    except OSError as error:
        return error.errno == code
    return False
