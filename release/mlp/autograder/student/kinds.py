"""In which ways can a case or a question fail?"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Why a case was not passed; PASSED if it was.

    Programs look at the kind. The sentence beside it is for people, and may be
    reworded at any time.
    """

    PASSED = "passed"
    UNWRITTEN = "unwritten"  # the stub's NotImplementedError
    NOT_LOADED = "not loaded"  # the module could not be read or imported
    NOT_ASKED = "not asked"  # the submission's time was used up before
    TOO_LONG = "too long"  # a limit of time
    ENDED = "ended"  # the process ended, or was ended for another limit
    RAISED = "raised"
    MISSING = "missing"  # an output that never came
    SHAPE = "shape"
    DTYPE = "dtype"  # also what is no array at all
    VALUES = "values"
    KEPT = "kept"  # right on the first call, wrong on the second
    CHANGED = "changed"  # what should have come back unchanged
    UNEXPECTED = "unexpected"  # an output that was not asked for
