"""Several graders of the same class share a gradebook in PostgreSQL."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from autograder.nbgrader_steps.release import write_release
from tests.support.commands import BIN
from tests.support.whole_class import WANTED, make_class, records

pytestmark = pytest.mark.long

POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@pytest.fixture
def postgres(tmp_path_factory):
    """Give the URL of a database on a server of our own."""
    if not POSTGRES:
        if os.environ.get("REQUIRE") == "all":
            pytest.fail("needs PostgreSQL: apt-get install postgresql")
        pytest.skip("needs PostgreSQL")
    folder = Path(f"/tmp/postgres-{os.getpid()}")
    folder.mkdir()
    # The server refuses to be root.
    user = {"user": "nobody"} if os.getuid() == 0 else {}
    if user:
        shutil.chown(folder, "nobody")
    run = {"cwd": "/", "check": True, "capture_output": True, **user}
    data, log = folder / "data", folder / "log"
    initdb = [POSTGRES[-1] / "initdb", "-D", data, "-A", "trust", "-U", "grader"]
    control = [POSTGRES[-1] / "pg_ctl", "-D", data, "-w", "-l", log]
    options = f"-c listen_addresses= -c unix_socket_directories={folder}"
    subprocess.run(initdb, **run)
    subprocess.run([*control, "-o", options, "start"], **run)
    try:
        yield f"postgresql+psycopg2://grader@/postgres?host={folder}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **run)
        shutil.rmtree(folder)


def test_several_graders_share_a_postgres_gradebook(scratch, postgres):
    course, expected = make_class(scratch, size=8)
    config = course / "nbgrader_config.py"
    config.write_text(
        config.read_text() + f"\nc.CourseDirectory.db_url = {postgres!r}\n"
    )
    write_release(course, "mlp")
    graders = [
        subprocess.Popen(
            [str(BIN / "autograder"), "grade", "mlp", "--student", pattern],
            cwd=course,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for pattern in ("[a-q]*", "*", "*", "right-*")
    ]
    assert [grader.wait(timeout=600) for grader in graders] == [0, 0, 0, 0]
    scores, notebooks = records(course, postgres)
    assert len(notebooks) == 8 + len(WANTED)
    lost = {
        name: {q for s, q, auto, _, _ in scores if s == name and not auto}
        for name in expected
    }
    code = lost["nothing-written"] - {"in_words"}  # which a person marks
    assert code == expected["nothing-written"]
    assert {s for s, *_ in scores} == set(notebooks)
    code_scores = [row for row in scores if "in_words" not in row]
    assert all(auto is not None for _, _, auto, _, _ in code_scores)
