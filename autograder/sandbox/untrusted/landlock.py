"""What may a worker open? Landlock lets it read a few folders and nothing else.

Rules are made once, before the fork; each child then restricts itself with them.
Landlock is found by its system call; everything that the kernel's version of it can
refuse is refused, and only reading is granted. It does not cover `stat`.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # on every architecture
ASK_VERSION = 1
PATH_BENEATH = 1
READ_FILE, READ_DIR = 1 << 2, 1 << 3

# How many file rights each version knows; TCP came with 4, scopes with 6.
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
TCP_BIND_AND_CONNECT = 0b11
ABSTRACT_SOCKETS_AND_SIGNALS = 0b11


def version() -> int:
    """Return the kernel's Landlock version, 0 if there is none."""
    return max(0, _call(CREATE_RULESET, None, 0, ASK_VERSION))


def ruleset(paths: Iterable[str]) -> int:
    """Return the descriptor of a set of rules: these files and folders may be read."""
    abi = version()
    handled = struct.pack(
        "<QQQ",
        (1 << FILE_RIGHTS[min(abi, 5)]) - 1,
        TCP_BIND_AND_CONNECT if abi >= 4 else 0,
        ABSTRACT_SOCKETS_AND_SIGNALS if abi >= 6 else 0,
    )
    size = 8 if abi < 4 else 16 if abi < 6 else 24
    rules = _call(CREATE_RULESET, handled, size, 0)
    if rules < 0:
        raise OSError(ctypes.get_errno(), "expected a Landlock ruleset, got none")
    for path in paths:
        _allow(rules, path, READ_FILE | (READ_DIR if os.path.isdir(path) else 0))
    return rules


def restrict(rules: int) -> None:
    """Bind this process, for ever, to the rules; needs no_new_privs."""
    if _call(RESTRICT_SELF, rules, 0) < 0:
        raise OSError(ctypes.get_errno(), "expected Landlock to take the rules")


def _allow(rules: int, path: str, rights: int) -> None:
    handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("<Qi", rights, handle)
        if _call(ADD_RULE, rules, PATH_BENEATH, rule, 0) < 0:
            raise OSError(ctypes.get_errno(), f"expected a rule for {path}")
    finally:
        os.close(handle)


def _call(number: int, *arguments: int | bytes | None) -> int:
    # A handle of its own to the C library: argtypes that others set do not apply.
    # Integers are passed as long: the variadic `syscall` reads full registers.
    libc = ctypes.CDLL(None, use_errno=True)
    values = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result: int = libc.syscall(ctypes.c_long(number), *values)
    return result
