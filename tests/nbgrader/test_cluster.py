"""A class that is judged on other machines gives the same records."""

import os
import signal
import subprocess
import sys

import pytest

from autograder.classroom.grade import grade_class
from autograder.cli import main
from tests.support.classes import lost_questions
from tests.support.whole_class import WANTED, make_class, records, watching

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:distributed"),
    pytest.mark.long,
]


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
