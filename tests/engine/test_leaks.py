"""The search for answers: what is taken for one, and what is not."""

from pathlib import Path

from autograder.judging.answer_key import Course
from autograder.judging.random_arrays import case_inputs
from autograder.releasing.leaks import NUMBER, Secrets

ROOT = Path(__file__).resolve().parents[2]


def test_an_order_that_stands_in_a_release_by_chance_is_no_leak():
    course = Course.load(ROOT, "miniflow", seed=bytes(32))
    case = next(c for c in course.hidden if c.about.startswith("six nodes, two"))
    visible = (ROOT / "release/miniflow/tests/miniflow/visible.json").read_bytes()
    found = NUMBER.findall(visible.decode())

    def stands(number):
        seed = number.to_bytes(32, "big")
        order = [*map(str, case_inputs(case, "miniflow", seed, visible=False)["order"])]
        return any(found[i : i + len(order)] == order for i in range(len(found)))

    number = next(filter(stands, range(2000)))
    course = Course.load(ROOT, "miniflow", seed=number.to_bytes(32, "big"))
    Secrets.of(course).search({"cells": []}, {"visible.json": visible})
