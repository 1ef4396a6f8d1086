"""What is a worker refused?"""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.sandbox.exchange import Request
from autograder.sandbox.trusted import launch
from autograder.sandbox.trusted.pool import Pool
from tests.support.workers import (
    REQUESTS,
    answers,
    assert_honest_is_unharmed,
    raised,
    run,
    source,
)


@pytest.mark.parametrize(
    "body",
    [
        "open('/etc/passwd').read()",
        "os.listdir('/')",
        "os.listdir('/proc')",
        "open('/proc/self/environ').read()",
        "open('/proc/self/maps').read()",
        "open('/proc/self/mem', 'rb').read()",
        "open(f'/proc/{os.getppid()}/mem', 'rb')",
        f"open({str(launch.ROOT / 'mytorch' / 'nn.py')!r}).read()",
        f"open({str(launch.ROOT / 'pyproject.toml')!r}).read()",
        "open('/proc/self/fd/4/../../../../../../etc/passwd').read()",
        "[open(f'/proc/self/fd/{n}/../..') for n in range(4, 9)]",
        "open('/tmp/planted', 'w')",
        "open('/proc/self/fd/4/os.py', 'a')",
        "os.mkdir('/tmp/planted')",
        "os.symlink('/etc', '/tmp/planted')",
        "os.unlink('/proc/self/fd/4/os.py')",
        "os.chdir('/')",
        "os.memfd_create('x')",
        "os.fork()",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.execv('/bin/true', ['true'])",
        "import subprocess\nsubprocess.run(['true'])",
        "import socket\nsocket.socket()",
        "import socket\nsocket.socketpair()",
        "import socket\nsocket.socket(socket.AF_UNIX)",
        "import socket\nsocket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
        "os.kill(os.getppid(), 0)",
        "os.kill(-1, 0)",
        "os.kill(1, 0)",
        "os.setuid(0)",
        "os.setpriority(0, 0, -5)",
        "import fcntl\nfcntl.fcntl(3, fcntl.F_SETOWN, os.getppid())",
        "import resource\nresource.prlimit(os.getppid(), resource.RLIMIT_CPU)",
        "import resource\nresource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
        "import mmap\nmmap.mmap(-1, 4096, prot=mmap.PROT_EXEC | mmap.PROT_WRITE)",
        "import multiprocessing\nmultiprocessing.Process(target=print).start()",
        "os.openpty()",
        "os.pipe()",
    ],
)
def test_an_act_is_refused(pool: Pool, body: str) -> None:
    refused = ("PermissionError", "FileNotFoundError", "NotADirectoryError",
               "OSError", "ValueError")  # fmt: skip
    assert raised(pool, body).kind in refused


def test_a_thread_cannot_be_started(pool: Pool) -> None:
    body = "import threading\nthreading.Thread(target=print).start()"
    assert raised(pool, body).kind == "RuntimeError"


@pytest.mark.parametrize(
    "body",
    ["return np.ones(1 << 40)", "return [bytearray(1 << 28) for _ in range(9)]",
     "l = []\nwhile True: l.append(bytearray(1 << 20))",
     "l = []\nwhile True: l.append(l[:] + [0] * 9999)"],
)  # fmt: skip
def test_memory_is_bounded(pool: Pool, body: str) -> None:
    outcome = run(pool, body).results["double"]
    assert outcome.ended or "MemoryError" in outcome.cases[0].raised.kind


def test_files_held_open_are_few(pool: Pool) -> None:
    assert raised(pool, "return [os.dup(0) for _ in range(64)]").kind == "OSError"


def test_nothing_of_the_graders_environment_is_there(
    probes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANARY", "sings")
    body = "return float(len(os.environ) + (os.getenv('CANARY') is not None))"
    with Pool(probes, highest=3) as pool:
        assert answers(run(pool, body).results["double"]) == [0.0, 0.0]


def test_a_worker_holds_only_its_own_ends(pool: Pool) -> None:
    body = """
        import stat
        found = []
        for n in range(300):
            try:
                folder = stat.S_ISDIR(os.fstat(n).st_mode)
                found.append(n if n < 4 or folder else -n)
            except OSError:
                pass
        return np.array(found)
    """
    held = answers(run(pool, body).results["double"])[0]
    assert held[:4] == [0, 1, 2, 3]
    assert min(held) == 0
    assert len(held) <= 8  # 4 and up: folders of the library


def test_the_parent_of_workers_holds_nothing_of_the_judge(tmp_path: Path) -> None:
    mine = tmp_path / "probes.py"
    mine.write_text("""
import sys
def loaded(lib):
    names = {n.partition(".")[0] for n in sys.modules} - sys.stdlib_module_names
    raise RuntimeError(" ".join(names))
MINE = [n for n in sys.modules if n.startswith(("autograder.", "tests", "mytorch"))]
def held(lib):
    short = [n.removeprefix("autograder.") for n in MINE]
    short = [n.replace("sandbox", "s").replace("untrusted", "u") for n in short]
    short = [n.removeprefix("student.") for n in short]
    raise RuntimeError(" ".join(short))
""")
    asked = Request("q", (("loaded", {}), ("held", {})))
    with Pool(mine, highest=3) as pool:
        loaded, held = pool.run({}, [asked]).results["q"].cases
    assert not {"autograder", "tests", "mytorch"} & set(loaded.raised.message.split())
    between = ("exchange", "packed_values", "payloads", "wire")
    shared = {f"s.{name}" for name in between}
    files = "confine imports landlock placeholders seccomp standard_library"
    files += " worker zygote"
    untrusted = {f"s.u.{name}" for name in files.split()}
    student = ("kinds", "probing", "questions", "reasons", "reasons.exception", "typed")
    shipped = set(student)
    packages = {"s", "s.u", "student"}
    assert set(held.raised.message.split()) == shared | untrusted | shipped | packages


def test_what_a_submission_patches_is_gone_for_the_next(pool: Pool) -> None:
    text = """
        import builtins, json, numpy as np, sys, random
        np.asarray = np.zeros = np.dot = None
        builtins.print = builtins.len = None
        json.loads = random.seed = None
        for module in list(sys.modules.values()):
            for name in ("pack_output", "run", "answer", "quietly", "send"):
                if hasattr(module, name): setattr(module, name, None)
        def double(x):
            return x
    """
    pool.run({"nn": source(text)}, REQUESTS)
    assert_honest_is_unharmed(pool)


def test_messages_are_short_and_printable(pool: Pool) -> None:
    body = "raise ValueError('\\x1b[31m\\u202e' + 'x' * 10**6)"
    found = raised(pool, body)
    assert found.message.isprintable()
    assert len(found.message) == 300
