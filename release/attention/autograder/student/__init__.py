"""What students have of the autograder: `check` their work, and `pack` it.

from autograder import check
check("linear_forward")     # one question, on its visible case
check()                     # all of them
"""

from autograder.student.check import attempt, check
from autograder.student.earlier import bring
from autograder.student.pack import pack

__all__ = ["attempt", "bring", "check", "pack"]
