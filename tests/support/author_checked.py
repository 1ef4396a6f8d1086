"""What does author-check say of a course, asked in a process of its own?"""

import contextlib
import sys

from autograder.authoring.author_check import author_check
from autograder.releasing.freeze import freeze as renew


def author_checked(course, freeze):
    """Return the lines about the assignment toy, after `autograder freeze toy`."""
    for name in [n for n in sys.modules if n.partition(".")[0] in ("tests", "mytorch")]:
        del sys.modules[name]
    with contextlib.suppress(Exception):
        if freeze:
            renew(course, "toy")
    return [str(fault) for fault in author_check(course, "toy", seeds=1).faults]
