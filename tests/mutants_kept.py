"""The mutants that may survive, each with the reason why.

A reason starts with "=" if the mutant does what the reference does, and with "-" if
it differs in what no question asks for.
"""

from __future__ import annotations

# Teaching aids ship to students as they are, and have tests of their own.
AIDS = ("shown", "tell_", "told", "trace")

Key = tuple[str, str, str]
KEPT: dict[Key, str] = {}
