"""How does a student's command say what is wrong? In one line, without a traceback."""

from __future__ import annotations

import textwrap

WIDTH = 88


class CheckFailed(AssertionError):
    """Why a check does not pass. In a notebook it shows no traceback."""

    def _render_traceback_(self) -> list[str]:
        return textwrap.wrap(str(self), WIDTH, break_long_words=False)
