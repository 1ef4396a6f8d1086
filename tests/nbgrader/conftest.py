"""What several files about nbgrader start from."""

import pytest

from autograder.nbgrader_steps.release import write_release


@pytest.fixture(scope="session")
def released(scratch):
    """Return a course of which mlp is released: for those who change no source."""
    course = scratch()
    write_release(course, "mlp")
    return course
