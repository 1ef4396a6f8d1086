"""A class at once: the same records as nbgrader's command, resumable, on machines."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from multiprocessing import active_children
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import Engine, event

from autograder.classroom.grade import grade_class
from autograder.cli import main
from autograder.nbgrader_steps.gradebook import OpenGradebook, read_report
from autograder.nbgrader_steps.release import write_release
from tests.support.classes import BIN, hand_in, lost_questions, nbgrader
from tests.support.samples import samples

MASK = "mistake-in-relu-backward"
WANTED = ("right", "nothing-written", MASK, "spy", "link-to-the-course")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:distributed")


def make_class(scratch, size=0):
    course = scratch()
    write_release(course, "mlp")
    found = samples("mlp")
    for student in WANTED:
        hand_in(course, "mlp", student, found[student][0])
    for number in range(size):
        hand_in(course, "mlp", f"right-{number:04}", found["right"][0])
    return course, {name: found[name][1] for name in WANTED}


def records(course, url=""):
    """Return what stands in the gradebook and in the autograded notebooks."""
    with Gradebook(url or f"sqlite:///{course}/gradebook.db", "mytorch") as gradebook:
        scores = {
            (s.student.id, g.name, g.auto_score, g.manual_score, g.needs_manual_grade)
            for s in gradebook.assignment_submissions("mlp")
            for n in s.notebooks
            for g in n.grades
        }
    notebooks = {}
    for path in sorted(course.glob("autograded/*/mlp/mlp.ipynb")):
        report = read_report(path)
        notebooks[path.parts[-3]] = [
            (q.id, q.points, q.problem, q.verdicts) for q in report.questions
        ]
    return scores, notebooks


def test_same_records_as_the_plain_command(scratch):
    course, expected = make_class(scratch)
    nbgrader(course, "autograde", "mlp")
    plain = records(course)
    for path in ("autograded", "gradebook.db"):
        target = course / path
        shutil.rmtree(target) if target.is_dir() else target.unlink()
    write_release(course, "mlp")
    summary = grade_class(course, "mlp", jobs=2)
    assert records(course) == plain
    assert summary.counts["graded"] == len(WANTED)
    assert lost_questions(course, "mlp") == expected


def test_a_second_run_does_what_is_left(scratch):
    course, _ = make_class(scratch)
    assert grade_class(course, "mlp", student="right").counts["graded"] == 1
    assert grade_class(course, "mlp").counts["graded"] == len(WANTED) - 1
    assert grade_class(course, "mlp").counts["graded"] == 0
    assert grade_class(course, "mlp", force=True).counts["graded"] == len(WANTED)


def test_a_changed_submission_or_case_is_judged_again(scratch):
    course, _ = make_class(scratch)
    grade_class(course, "mlp")
    path = course / "submitted/right/mlp/mytorch/nn.py"
    path.write_text(path.read_text() + "# a last word\n")
    assert grade_class(course, "mlp").counts["graded"] == 1
    (course / ".course_seed").write_text("ab" * 32 + "\n")
    assert grade_class(course, "mlp").counts["graded"] == len(WANTED)


def test_feedback_and_the_closing_table(scratch, capsys):
    course, _ = make_class(scratch)
    arguments = ["--root", str(course), "grade", "mlp", "--feedback", "--jobs", "1"]
    assert main([*arguments, "--student", MASK]) == 0
    table = capsys.readouterr().out
    assert "graded                     1" in table
    assert "graded before              0" in table
    assert "pages written              1" in table
    assert "isolation level" in table
    page = course / f"feedback/{MASK}/mlp/mlp.html"
    assert "the mask must come from the input x" in page.read_text()


def test_an_assignment_that_is_not_there_is_one_line(scratch, capsys):
    course = scratch()
    assert main(["--root", str(course), "grade", "rnn"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def of_session(leader: int) -> set[int]:
    """Return the processes of a session that are still there."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended while we looked
            state, _, _, session = status.read_text().rsplit(")")[-1].split()[:4]
            if int(session) == leader and state != "Z":
                found.add(int(status.parts[2]))
    return found


@contextmanager
def grading(course):
    """Start the grader in a session of its own, of which nothing is to be left."""
    grader = subprocess.Popen(
        [str(BIN / "autograder"), "grade", "mlp", "--jobs", "2"],
        cwd=course,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield grader
    finally:
        for pid in of_session(grader.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        grader.wait()


def until(condition, seconds=300):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def graded_notebooks(course):
    return len(list(course.glob("autograded/*/mlp")))


def test_a_judging_process_that_is_killed_loses_nothing(scratch):
    course, expected = make_class(scratch, size=30)
    killed = []

    def kill(done):
        judges = active_children()
        if done >= 4 and judges:
            killed.append(judges[0].pid)
            judges[0].kill()
        return killed

    with watching(course, kill):
        summary = grade_class(course, "mlp", jobs=2)
    assert killed
    assert summary.counts["graded"] == 30 + len(WANTED)
    assert {k: v for k, v in lost_questions(course, "mlp").items() if k in WANTED} == (
        expected
    )


def test_interrupted_and_killed_graders_lose_nothing(scratch):
    course, _ = make_class(scratch, size=20)
    for wanted, sign in ((2, signal.SIGINT), (6, signal.SIGKILL)):
        with grading(course) as grader:
            until(
                lambda grader=grader, wanted=wanted: (
                    graded_notebooks(course) >= wanted or grader.poll() is not None
                )
            )
            grader.send_signal(sign)
            grader.wait()
            # The judging processes see that they are alone, whenever that is.
            until(lambda grader=grader: not of_session(grader.pid))
    done = graded_notebooks(course)
    assert grade_class(course, "mlp").counts["graded"] <= 20 + len(WANTED) - done + 1
    interrupted = records(course)
    assert list(course.glob(".grading-*")) == []
    grade_class(course, "mlp", force=True)
    assert records(course) == interrupted
    assert len(interrupted[1]) == 20 + len(WANTED)


# Tables with a row, or more, for each student: by what key a row is to be found.
KEYS = {
    "student": "id",
    "submitted_assignment": "student_id|id",
    "submitted_notebook": "assignment_id|id",
    "grade": "notebook_id|id",
    "comment": "notebook_id|id",
}


def whole_class_read(course: Path, **options) -> set[str]:
    """Grade, and return SQLite's plans that go through rows of other students."""
    plans = set()

    def explain(connection, cursor, statement, parameters, context, many):
        if statement.split()[0] in {"SELECT", "UPDATE", "DELETE"}:
            own = connection.connection.cursor()
            own.execute(
                f"EXPLAIN QUERY PLAN {statement}", parameters[0] if many else parameters
            )
            plans.update(row[3] for row in own.fetchall())

    event.listen(Engine, "before_cursor_execute", explain)
    try:
        grade_class(course, "mlp", jobs=1, **options)
    finally:
        event.remove(Engine, "before_cursor_execute", explain)
    assert any("grade" in plan for plan in plans)
    return {
        plan
        for plan in plans
        for table, keys in KEYS.items()
        if re.match(rf"(SCAN|SEARCH) {table}\b", plan)
        and not re.search(rf"\b({keys})=\?", plan)
    }


def test_a_submission_does_not_cost_more_in_a_large_class(scratch, monkeypatch):
    course, _ = make_class(scratch)
    # nbgrader's own look-up of a comment goes by the cell, for a written question.
    found = {step for step in whole_class_read(course) if "comment" not in step}
    assert found == set()
    monkeypatch.delattr(OpenGradebook, "find_grade")  # nbgrader's own is seen
    assert whole_class_read(course, force=True)


def test_plain_tcp_is_refused(scratch, capsys):
    course, _ = make_class(scratch)
    arguments = ["--root", str(course), "grade", "mlp", "--dask", "tcp://127.0.0.1:1"]
    assert main(arguments) == 1
    assert "expected a scheduler at tls://" in capsys.readouterr().err


CLUSTER = """
import sys
from distributed import LocalCluster
from distributed.security import Security
if __name__ == "__main__":
    security = Security.temporary()
    for name in ("ca_file", "client_cert", "client_key"):
        open(f"{sys.argv[1]}/{name}", "w").write(getattr(security, f"tls_{name}"))
    with LocalCluster(
        n_workers=2, threads_per_worker=1, security=security, protocol="tls://",
        dashboard_address=None, host="127.0.0.1",
    ) as cluster:
        pids = [w.pid for w in cluster.workers.values()]
        print(cluster.scheduler_address, *pids, flush=True)
        sys.stdin.read()
"""


@pytest.fixture
def cluster(tmp_path):
    """Give the address of a cluster over TLS, its keys, and its workers' pids."""
    script = tmp_path / "cluster.py"
    script.write_text(CLUSTER)
    process = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    address, *pids = process.stdout.readline().split()
    keys = {f"tls_{n}": str(tmp_path / n) for n in ("ca_file", "client_cert")}
    keys["tls_client_key"] = str(tmp_path / "client_key")
    yield address, keys, [int(pid) for pid in pids], process
    process.stdin.close()
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_cluster_gives_the_same_records(scratch, cluster):
    course, expected = make_class(scratch)
    address, keys, _, _ = cluster
    grade_class(course, "mlp", cluster=address, tls=keys)
    assert lost_questions(course, "mlp") == expected
    there = records(course)
    grade_class(course, "mlp", force=True)
    assert records(course) == there


@pytest.mark.parametrize("lost", ["worker", "scheduler"])
def test_a_cluster_that_dies_loses_nothing(scratch, cluster, lost):
    course, _ = make_class(scratch, size=30)
    address, keys, pids, process = cluster
    killed = []

    def kill_once(done):
        if done >= 5:
            killed.append(pids[0] if lost == "worker" else process.pid)
            os.kill(killed[0], signal.SIGKILL)
        return killed

    with watching(course, kill_once):
        summary = grade_class(course, "mlp", cluster=address, tls=keys)
    assert killed
    assert summary.counts["graded"] == 30 + len(WANTED)
    assert len(records(course)[1]) == 30 + len(WANTED)


@contextmanager
def watching(course: Path, act):
    """Call `act` with the number of graded submissions, until it returns something."""
    over = threading.Event()

    def look():
        while not over.is_set() and not act(graded_notebooks(course)):
            time.sleep(0.005)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


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
        for pattern in ("[a-q]*", "right", "right-*", "s*")
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
