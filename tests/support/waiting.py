"""How does a test wait for something, on a machine that may be busy?"""

import time
from collections.abc import Callable

PATIENCE = 300  # seconds: only what never comes takes so long


def until(condition: Callable[[], object]) -> None:
    """Wait for a condition; fail if it never holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)
