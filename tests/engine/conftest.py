"""Pools of real workers, at both levels that count as a sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.sandbox.trusted.levels import probe_levels
from autograder.sandbox.trusted.pool import Pool
from autograder.sandbox.trusted.worker_link import WorkerLink
from tests.support.workers import LIMITS, NOTHING_MISSING, PROBES


@pytest.fixture(scope="module")
def probes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("course") / "probes.py"
    path.write_text(PROBES)
    return path


@pytest.fixture(scope="module", params=[4, 3])
def pool(request: pytest.FixtureRequest, probes: Path) -> Iterator[Pool]:
    level = request.param
    if level == 4 and probe_levels().level < 4 and not NOTHING_MISSING:
        pytest.skip("needs bubblewrap")
    with Pool(probes, required_level=level, highest=level, limits=LIMITS) as pool:
        yield pool


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The names of the questions that workers are asked, one list for each time."""
    names: list[list[str]] = []
    original = WorkerLink.ask

    def ask(self, requests):
        names.append([request.question for request, _ in requests])
        return original(self, requests)

    monkeypatch.setattr(WorkerLink, "ask", ask)
    return names
