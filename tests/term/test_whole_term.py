"""A whole term of forty students, by the commands that docs/instructors.md tells."""

from pathlib import Path

import pytest

from tests.support.demo import copy_course
from tests.term.console import sections
from tests.term.term import Term

DOCUMENT = Path(__file__).resolve().parents[2] / "docs/instructors.md"

pytestmark = pytest.mark.long


def test_a_term_goes_as_the_document_tells_it(tmp_path):
    term, told = Term(copy_course(tmp_path / "course")), dict(sections(DOCUMENT))
    typed = {command.command for commands in told.values() for command in commands}
    assert {*term.before, *term.after} <= {*told, *typed}
    for heading, commands in told.items():
        term.reads(heading, commands)
    assert not term.problems, "\n\n".join(term.problems)
