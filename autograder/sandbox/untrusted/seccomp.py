"""Which system calls may a worker make? A seccomp filter, default deny, in BPF.

What numpy course code needs is allowed, some of it only with harmless arguments.
What no such code tries kills the process, so that trying is seen. All else fails
with EPERM. The numbers are those of x86_64 and aarch64.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Sequence
from itertools import chain

# Number on (x86_64, aarch64); None where an architecture lacks the call.
Call = tuple[int, int | None]

PLAIN: dict[str, Call] = {
    "read": (0, 63), "write": (1, 64), "close": (3, 57), "fstat": (5, 80),
    "lseek": (8, 62), "pread64": (17, 67), "readv": (19, 65), "writev": (20, 66),
    "dup": (32, 23), "dup2": (33, None), "dup3": (292, 24),
    "close_range": (436, 436), "getdents64": (217, 61), "getcwd": (79, 17),
    "poll": (7, None), "select": (23, None), "pselect6": (270, 72),
    "ppoll": (271, 73),
    "munmap": (11, 215), "brk": (12, 214), "mremap": (25, 216),
    "madvise": (28, 233), "membarrier": (324, 283),
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139), "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "set_robust_list": (273, 99), "rseq": (334, 293), "arch_prctl": (158, None),
    "sched_yield": (24, 124),
    "nanosleep": (35, 101), "clock_nanosleep": (230, 115),
    "clock_gettime": (228, 113), "clock_getres": (229, 114),
    "gettimeofday": (96, 169), "time": (201, None), "times": (100, 153),
    "getpid": (39, 172), "getppid": (110, 173), "gettid": (186, 178),
    "getuid": (102, 174), "getgid": (104, 176), "geteuid": (107, 175),
    "getegid": (108, 177), "getrusage": (98, 165),
    "getrandom": (318, 278),
    "exit": (60, 93), "exit_group": (231, 94),
}  # fmt: skip
# Looking at files; left out where Landlock does not decide what may be opened.
LOOKING: dict[str, Call] = {
    "stat": (4, None), "lstat": (6, None), "newfstatat": (262, 79),
    "statx": (332, 291), "access": (21, None), "faccessat": (269, 48),
    "faccessat2": (439, 439), "readlink": (89, None), "readlinkat": (267, 78),
}  # fmt: skip
TRIPWIRES: dict[str, Call] = {
    "ptrace": (101, 117), "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "mount": (165, 40), "pivot_root": (155, 41), "unshare": (272, 97),
    "setns": (308, 268), "open_by_handle_at": (304, 265),
    "init_module": (175, 105), "finit_module": (313, 273),
    "kexec_load": (246, 104), "keyctl": (250, 219), "add_key": (248, 217),
    "request_key": (249, 218), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
}  # fmt: skip
OPEN, OPENAT = (2, None), (257, 56)
MMAP, MPROTECT = (9, 222), (10, 226)
FCNTL, IOCTL = (72, 25), (16, 29)
PRLIMIT64, KILL, TGKILL = (302, 261), (62, 129), (234, 131)
GET_AFFINITY, FUTEX = (204, 123), (202, 98)
CLONE3 = (435, 435)

# The only machines that filters are written for: their column, and their name in BPF.
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
X32_BIT = 0x40000000

# Any of these flags makes an open more than reading: O_WRONLY, O_RDWR, O_CREAT,
# O_TRUNC, O_APPEND, O_PATH.
MORE_THAN_READING = 0o1 | 0o2 | 0o100 | 0o1000 | 0o2000 | 0o10000000
PROT_EXEC = 4
# Without it, two workers could wait for each other at a page of a library.
FUTEX_PRIVATE = 128
HARMLESS_FCNTL = (0, 1, 2, 3, 4, 1030)  # F_DUPFD ... F_SETFL, F_DUPFD_CLOEXEC
HARMLESS_IOCTL = (0x5401, 0x5413, 0x541B, 0x5450, 0x5451)  # TCGETS ... FIOCLEX

LOAD, RETURN = 0x20, 0x06
IF_EQUAL, IF_AT_LEAST, IF_ANY_BIT = 0x15, 0x35, 0x45
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16
ERRNO = 0x00050000
KILLED, ALLOWED = (RETURN, 0, 0, 0x80000000), (RETURN, 0, 0, 0x7FFF0000)
REFUSED = (RETURN, 0, 0, ERRNO | errno.EPERM)
ABSENT = (RETURN, 0, 0, ERRNO | errno.ENOSYS)

Instruction = tuple[int, int, int, int]


def program(pid: int, opens: bool) -> bytes:
    """Return the filter for the process `pid`; `opens` allows opening for reading."""
    column, architecture = MACHINES[platform.machine()]
    code: list[Instruction] = [
        (LOAD, 0, 0, ARCHITECTURE),
        (IF_EQUAL, 1, 0, architecture),
        KILLED,
        (LOAD, 0, 0, NUMBER),
    ]
    if column == 0:
        code += [(IF_AT_LEAST, 0, 1, X32_BIT), KILLED]
    for call, test in _rules(pid, opens):
        number = call[column]
        if number is not None:
            code += [(IF_EQUAL, 0, len(test), number), *test]
    code.append(REFUSED)
    return b"".join(struct.pack("<HBBI", *instruction) for instruction in code)


def _rules(pid: int, opens: bool) -> list[tuple[Call, list[Instruction]]]:
    """Return what decides about each system call that is not simply refused."""
    plain = [*PLAIN.values(), *(LOOKING.values() if opens else ())]
    opening = ((OPEN, 1), (OPENAT, 2)) if opens else ()
    return [
        *((call, [ALLOWED]) for call in plain),
        *((call, [KILLED]) for call in TRIPWIRES.values()),
        *((call, _without(place, MORE_THAN_READING)) for call, place in opening),
        (CLONE3, [ABSENT]),
        (MMAP, _without(2, PROT_EXEC)),
        (MPROTECT, _without(2, PROT_EXEC)),
        (FCNTL, _one_of(1, HARMLESS_FCNTL)),
        (IOCTL, _one_of(1, HARMLESS_IOCTL)),
        (FUTEX, [_argument(1), (IF_ANY_BIT, 1, 0, FUTEX_PRIVATE), REFUSED, ALLOWED]),
        (PRLIMIT64, _one_of(0, (0, pid))),
        (GET_AFFINITY, _one_of(0, (0, pid))),  # others': are they there?
        (KILL, _one_of(0, (pid,))),
        (TGKILL, _one_of(0, (pid,))),
    ]


def _argument(place: int) -> Instruction:
    # The kernel takes these arguments as 32-bit values: the low word is all of it.
    return LOAD, 0, 0, ARGUMENTS + 8 * place


def _without(place: int, bits: int) -> list[Instruction]:
    return [_argument(place), (IF_ANY_BIT, 0, 1, bits), REFUSED, ALLOWED]


def _one_of(place: int, values: Sequence[int]) -> list[Instruction]:
    equal = [[(IF_EQUAL, 0, 1, value), ALLOWED] for value in values]
    return [_argument(place), *chain(*equal), REFUSED]


def install(filter: bytes) -> None:
    """Put this process, for ever, under the filter; needs no_new_privs."""
    buffer = ctypes.create_string_buffer(filter, len(filter))
    head = struct.pack("@HP", len(filter) // 8, ctypes.addressof(buffer))
    set_seccomp, mode_filter = 22, 2
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(set_seccomp, ctypes.c_long(mode_filter), head, 0, 0) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"expected seccomp to take the filter: {os.strerror(code)}")
