"""What do real workers answer?"""

from __future__ import annotations

import os

import numpy as np

from autograder.sandbox.exchange import Limits, Request
from autograder.sandbox.trusted.pool import Pool
from autograder.student.probing import Raised, Unusable
from tests.support.workers import (
    answers,
    assert_honest_is_unharmed,
    honest,
    run,
)


def test_an_honest_submission_is_answered(pool: Pool) -> None:
    assert_honest_is_unharmed(pool)


def test_the_level_and_its_evidence_come_with_every_outcome(pool: Pool) -> None:
    outcome = pool.run(honest(), [])
    assert outcome.level == pool.required_level
    layers = " ".join(outcome.evidence)
    assert "Landlock" in layers
    assert "seccomp" in layers
    assert ("namespaces" in layers) == (outcome.level == 4)
    assert f"user: {os.getuid() or 65534}, no capability" in layers


def test_outputs_before_a_crash_still_count(pool: Pool) -> None:
    case = run(pool, "x[:] = 9\nraise ValueError('no')").results["double"].cases[0]
    assert case.outputs[0][1].tolist() == [0, 1, 2]  # as it was when it was yielded
    assert case.raised == Raised("ValueError", "no", "nn.py line 4")


def test_inputs_and_random_numbers_are_fresh_for_each_case(pool: Pool) -> None:
    body = "x[:] = 9\nimport random\nreturn [np.random.rand(), random.random()][0]"
    cases = run(pool, body).results["double"].cases
    assert [case.outputs[0][1].tolist() for case in cases] == [[0, 1, 2], [0, 2, 4]]
    assert cases[0].outputs[1][1] == cases[1].outputs[1][1]


def test_an_output_that_is_no_array_is_named(pool: Pool) -> None:
    case = run(pool, "return object()").results["double"].cases[0]
    assert case.outputs[1] == ("output", Unusable("object"))


def test_a_warning_or_a_print_costs_nothing(pool: Pool) -> None:
    body = """
        import warnings
        warnings.warn("careful")
        print("\\ud800 \\N{SNOWMAN}", np.log(0.0))
        sys.stderr.write("x" * 70000)
        return 2 * x
    """
    assert answers(run(pool, body).results["double"]) == [[0, 2, 4], [0, 4, 8]]


def test_the_standard_library_can_be_imported_late(pool: Pool) -> None:
    body = """
        import json, statistics, decimal, asyncio, email.message, concurrent.futures
        import xml.etree.ElementTree, zoneinfo, sqlite3, unittest, encodings.idna
        import numpy.testing, numpy.typing, numpy.polynomial.legendre
        np.testing.assert_allclose(np.linalg.inv(np.eye(2)), np.eye(2))
        return 2 * x
    """
    assert answers(run(pool, body).results["double"]) == [[0, 2, 4], [0, 4, 8]]


def test_imports_do_not_need_to_list_the_library_again(pool: Pool) -> None:
    body = """
        import importlib
        importlib.invalidate_caches()
        import multiprocessing, tabnanny
        return 2 * x
    """
    assert answers(run(pool, body).results["double"]) == [[0, 2, 4], [0, 4, 8]]


def test_arrays_too_large_for_one_read_go_both_ways(pool: Pool) -> None:
    big = np.arange(700_000.0)
    request = Request("double", (("double", {"x": big}),))
    limits = Limits(returned=32 << 20)
    with Pool(pool.probes, highest=3, limits=limits) as wide:
        result = wide.run(honest(), [request]).results["double"]
    np.testing.assert_array_equal(result.cases[0].outputs[1][1], 2 * big)
