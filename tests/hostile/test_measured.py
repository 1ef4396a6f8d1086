"""How much can a page tell of hidden cases, and how long can one submission hold?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from tests.hostile.harness import measure, outcomes, trial
from tests.hostile.harness.subject import subjects
from tests.hostile.harness.trial import Trial

pytestmark = pytest.mark.long

# Of what a hidden case raised, at most this many pages can be told apart.
MOST_KINDS = 20
# Two cases that fail, each in one of four ways: pages if one reason is told, not two.
MOST_PAGES_OF_TWO = 8
# A submission may use some 20 s as a whole; the rest is for starting and for load.
LONGEST = 60.0


@pytest.fixture(scope="module", params=subjects())
def there(request: pytest.FixtureRequest) -> Iterator[Trial]:
    with trial.start(3, request.param) as started:
        yield started


def test_exceptions_of_many_kinds_give_few_pages(there: Trial) -> None:
    first = [key for key in outcomes.table(there.grader.course) if key[1] == 0]
    raised = range(0, len(outcomes.KINDS) + len(outcomes.MESSAGES), 2)
    pages = measure.distinct(there, [dict.fromkeys(first, one) for one in raised])
    counted = {question: len(found) for question, found in pages.items()}
    assert min(counted.values()) >= 1
    assert {q: n for q, n in counted.items() if n > MOST_KINDS} == {}


def test_two_hidden_cases_tell_one_reason(there: Trial) -> None:
    table = [key for key in outcomes.table(there.grader.course) if key[1] < 2]
    ways = [0, 9, len(outcomes.KINDS) + 3, outcomes.COUNT - 2]
    chosen = [{key: pair[key[1]] for key in table} for pair in product(ways, repeat=2)]
    pages = measure.distinct(there, chosen)
    counted = {question: len(found) for question, found in pages.items()}
    assert {q: n for q, n in counted.items() if n > MOST_PAGES_OF_TWO} == {}


def test_no_submission_holds_a_class() -> None:
    """Those that sleep: on a busy machine they take no longer than on an idle one."""
    ways = ["sleeps in every method", "sleeps at every import"]
    held = measure.longest_holds(ways, ("miniflow", "mlp"), at_once=4)
    assert [len(seconds) for seconds in held.values()] == [2, 2]
    found = {(name, how): s for name in held for how, s in held[name].items()}
    assert {which: s for which, s in found.items() if s > LONGEST} == {}
