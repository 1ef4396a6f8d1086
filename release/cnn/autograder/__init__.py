"""What can students call? `check` tries their work, `pack` makes the zip.

from autograder import check
check("linear_forward")     # one question, on its visible case
check()                     # all of them
"""

from autograder.student.start import require

require()  # before what an old Python cannot read

from autograder.student.check import attempt, check  # noqa: E402
from autograder.student.earlier import bring  # noqa: E402
from autograder.student.pack import pack  # noqa: E402

__all__ = ["attempt", "bring", "check", "pack"]
