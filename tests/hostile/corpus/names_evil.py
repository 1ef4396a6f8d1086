"""Puts files beside the notebook whose names hold escapes, HTML and bidi marks.

Only what the assignment names is read, and no name of a student's is shown.
"""

import os
from pathlib import Path

from tests.hostile.harness.world import World

LOSES = ""
NAMES = [
    b"\x1b[2J\x1b]0;owned\x07.py",
    "\u202egnp.exe\u2066".encode(),
    b"<script>canary()<",
    b"new\nline 100.0.ipynb",
    b"\xff\xfe not utf-8",
    b"-rf",
    b"$(touch owned)",
    b"`touch owned`",
]


def plant(folder: Path, world: World) -> None:
    for name in NAMES:
        with open(os.fsencode(folder) + b"/" + name, "w") as file:
            file.write("x")
