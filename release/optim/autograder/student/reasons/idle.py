"""Is this what stands there before anything is computed?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.student.probing import Output, Unusable


def is_idle(outputs: Sequence[Output]) -> bool:
    """Return whether outputs are all nothing or zeros, and one at least is nothing."""
    nothing = list(map(_is_nothing, outputs))
    zeros = (isinstance(out, np.ndarray) and not out.any() for out in outputs)
    return any(nothing) and all(map(max, nothing, zeros))


def _is_nothing(output: Output) -> bool:
    """Return whether an output is None, a bare 0 or empty."""
    if isinstance(output, np.ndarray):
        return output.size == 0 or (output.ndim == 0 and not output.any())
    return output in (None, Unusable("None"))
