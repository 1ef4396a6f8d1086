"""Real workers: what a hostile submission gets, and that the next one is unharmed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from autograder.sandbox import packing, wire
from autograder.sandbox.trusted import launch
from autograder.sandbox.trusted.pool import (
    IsolationError,
    Limits,
    Outcome,
    Pool,
    QuestionResult,
    Raised,
    Request,
    Unusable,
    probe_levels,
)

LIMITS = Limits(computing_seconds=1.0, seconds=3.0)
PROBES = """
from autograder.student.questions import quietly

def double(lib, x):
    yield "before", x
    yield "output", lib.nn.double(x)

def backward(lib, x):
    quietly(lib.nn, "double", x)
    yield "grad", lib.nn.backward(x)

def step(lib, x):
    yield "output", lib.optim.step(x)
"""
HONEST = """
    import numpy as np
    def double(x):
        return 2 * x
    def backward(x):
        return np.full_like(x, 2)
"""
STEP = """
    from .nn import double
    def step(x):
        return double(x) + 1
"""
X = np.arange(3.0)
REQUESTS = [
    Request("double", tuple(("double", {"x": X * k}) for k in (1, 2))),
    Request("backward", (("backward", {"x": X}),)),
    Request("step", (("step", {"x": X}),)),
]
NOTHING_MISSING = os.environ.get("REQUIRE") == "all"


def source(text: str) -> bytes:
    return textwrap.dedent(text).encode()


def honest() -> dict[str, bytes]:
    return {"nn": source(HONEST), "optim": source(STEP)}


def answers(result: QuestionResult) -> list[list[float]]:
    assert all(case.raised is None for case in result.cases), result
    return [case.outputs[-1][1].tolist() for case in result.cases]


def assert_honest_is_unharmed(pool: Pool) -> None:
    outcome = pool.run(honest(), REQUESTS)
    assert outcome.loaded == {"nn": None, "optim": None}
    assert [result.ended for result in outcome.results.values()] == ["", "", ""]
    assert answers(outcome.results["double"]) == [[0, 2, 4], [0, 4, 8]]
    assert answers(outcome.results["backward"]) == [[2, 2, 2]]
    assert answers(outcome.results["step"]) == [[1, 3, 5]]


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


def run(pool: Pool, body: str, requests: list[Request] = REQUESTS[:1]) -> Outcome:
    """Run a `double` with that body, then an honest submission on the same pool."""
    text = "import os, sys, numpy as np\ndef double(x):\n"
    text += textwrap.indent(textwrap.dedent(body), "    ")
    outcome = pool.run({"nn": text.encode()}, requests)
    assert_honest_is_unharmed(pool)
    return outcome


def raised(pool: Pool, body: str) -> Raised:
    outcome = run(pool, body)
    found = outcome.results["double"].cases[0].raised
    assert found is not None, outcome
    return found


# ---- answers


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
    case = run(pool, "return None").results["double"].cases[0]
    assert case.outputs[1] == ("output", Unusable("None"))


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


# ---- modules


def test_a_module_that_raises_does_not_cost_the_others(pool: Pool) -> None:
    outcome = pool.run(honest() | {"optim": b"x = 1\n1 / 0\n"}, REQUESTS)
    zero = Raised("ZeroDivisionError", "division by zero", "optim.py line 2")
    assert outcome.loaded == {"nn": None, "optim": zero}
    assert answers(outcome.results["double"]) == [[0, 2, 4], [0, 4, 8]]
    assert outcome.results["step"].cases[0].raised.kind == "AttributeError"


@pytest.mark.parametrize(
    ("text", "kind", "where"),
    [
        (b"def f(:\n", "SyntaxError", "nn.py line 1"),
        (b"x = 1\nif x:\ny = 2\n", "IndentationError", "nn.py line 3"),
        (b"x = 1\ny = '\xff'\n", "SyntaxError", "nn.py line 2"),
        (b"# coding: nonsense\n", "SyntaxError", "nn.py line 1"),
        (b"x = 1\ny\0 = 2\n", "SyntaxError", "nn.py line 2"),
        (b"(" * 5000, "SyntaxError", "nn.py line 1"),
        (b"import sys\nsys.exit('done')\n", "SystemExit", "nn.py line 2"),
        (b"from mytorch.nonsense import f\n", "ModuleNotFoundError", "nn.py line 1"),
    ],
)
def test_a_module_that_cannot_load_says_where(
    pool: Pool, text: bytes, kind: str, where: str
) -> None:
    outcome = pool.run({"nn": text}, REQUESTS[:1])
    assert isinstance(outcome.loaded["nn"], Raised)
    assert (outcome.loaded["nn"].kind, outcome.loaded["nn"].where) == (kind, where)


@pytest.mark.parametrize(
    ("text", "how"),
    [
        (b"import os\nos._exit(3)", "ended the interpreter (exit code 3)"),
        (b"while True: pass", "took more than 1 s of computing time"),
        (b"import time\ntime.sleep(60)", "took more than 3 s"),
        (b"import os\nos.abort()", "crashed the interpreter (SIGABRT)"),
    ],
)
def test_a_module_that_ends_the_process_is_left_out(
    pool: Pool, text: bytes, how: str
) -> None:
    outcome = pool.run(honest() | {"optim": text}, REQUESTS)
    assert outcome.loaded == {"nn": None, "optim": how}
    assert answers(outcome.results["double"]) == [[0, 2, 4], [0, 4, 8]]


def test_the_module_named_is_the_one_that_hangs_not_its_importer(pool: Pool) -> None:
    modules = {"nn": b"import mytorch.optim", "optim": b"import os\nos._exit(1)"}
    outcome = pool.run(modules, [])
    assert outcome.loaded["optim"] == "ended the interpreter (exit code 1)"
    assert outcome.loaded["nn"].kind == "ImportError"


def test_packages_that_are_not_there_fail_only_where_they_are_used(pool: Pool) -> None:
    text = """
        import numpy as np, scipy, torch
        import matplotlib.pyplot as plt
        from scipy.special import expit
        from sklearn.metrics import *
        from tkinter import N
        from tqdm import tqdm
        def show(x: torch.Tensor | None, y: "plt.Axes") -> np.ndarray | torch.Tensor:
            plt.plot(x)
        def double(x):
            return 2 * x
        def backward(x):
            return expit(x)
    """
    outcome = pool.run({"nn": source(text)}, REQUESTS[:2])
    assert outcome.loaded == {"nn": None}
    assert answers(outcome.results["double"]) == [[0, 2, 4], [0, 4, 8]]
    message = "scipy is not available while grading: use numpy"
    late = outcome.results["backward"].cases[0].raised
    assert late == Raised("ImportError", message, "nn.py line 13")


@pytest.mark.parametrize("name", ["autograder", "autograder.judging.answer_key",
                                  "tests.mlp.cases", "tests", "nn",
                                  "mytorch.solution"])  # fmt: skip
def test_nothing_of_the_course_can_be_imported(pool: Pool, name: str) -> None:
    assert raised(pool, f"import {name}").kind == "ModuleNotFoundError"


# ---- a question that ends its process costs that question


@pytest.mark.parametrize(
    ("body", "how"),
    [
        ("os._exit(3)", "ended the interpreter (exit code 3)"),
        ("while True: pass", "took more than 1 s of computing time"),
        ("import time\ntime.sleep(60)", "took more than 3 s"),
        ("import ctypes\nctypes.string_at(0)", "crashed the interpreter (SIGSEGV)"),
        ("while True: print('x' * 10000)", "printed more than 1 MiB"),
        ("os.kill(os.getpid(), 9)", "crashed the interpreter (SIGKILL)"),
        ("os.kill(os.getpid(), 40)", "crashed the interpreter (signal 40)"),
        ("os.kill(os.getpid(), 19)", "took more than 3 s"),
        ("os.close(3)\nimport time\ntime.sleep(60)", "sent what is not an answer"),
        ("for n in range(3, 32): os.write(n, b'x' * 99) if n == 3 else 0",
         "sent what is not an answer"),
        ("os.write(3, bytes(16) + b'\\6\\0\\0\\0\\0')", "sent what is not an answer"),
        ("import ctypes\nctypes.CDLL(None).ptrace(0, 0, 0, 0)",
         "tried what is forbidden (SIGSYS)"),
        ("import ctypes\nctypes.CDLL(None).unshare(0x10000000)",
         "tried what is forbidden (SIGSYS)"),
    ],
)  # fmt: skip
def test_an_end_is_named_and_the_other_questions_count(
    pool: Pool, body: str, how: str
) -> None:
    text = "import os, sys, numpy as np\ndef double(x):\n" + textwrap.indent(
        body, "    "
    )
    modules = {"nn": text.encode(), "optim": b"def step(x): return x + 1"}
    outcome = pool.run(modules, [REQUESTS[0], REQUESTS[2]])
    assert outcome.results["double"].ended == how
    assert outcome.results["double"].cases == ()
    assert answers(outcome.results["step"]) == [[1, 2, 3]]
    assert_honest_is_unharmed(pool)


def test_a_giant_array_is_named_and_many_large_ones_end_the_process(
    pool: Pool,
) -> None:
    giant = run(pool, "return np.zeros(25_000_000)").results["double"]
    assert giant.cases[0].outputs[1][1] == Unusable("an array of more than 8 MiB")
    many = run(pool, "return np.zeros(800_000)").results["double"]
    assert many.cases == ()
    assert many.ended == "returned more than 8 MiB"


def test_a_stack_overflow_costs_one_question(pool: Pool) -> None:
    body = """
        sys.setrecursionlimit(10**9)
        class A:
            def __getattr__(self, name):
                return getattr(self, name + "x")
        return A().y
    """
    result = run(pool, body).results["double"]
    assert result.ended == "crashed the interpreter (SIGSEGV)" or result.cases


def test_a_signal_handler_does_not_outlive_the_limits(pool: Pool) -> None:
    body = """
        import signal
        for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
        while True: pass
    """
    result = run(pool, body).results["double"]
    assert result.ended == "took more than 3 s"
    assert result.seconds < 5


def test_an_answer_that_guesses_the_id_is_not_taken(pool: Pool) -> None:
    output = packing.pack_output(np.zeros(3))
    case = packing.pack_case([("output", output)], None)
    answer = packing.pack_answer([case, case])
    forged = wire.frame(bytes(16), wire.Kind.ANSWER, answer)
    result = run(pool, f"os.write(3, {forged!r})\nreturn x").results["double"]
    assert (result.cases, result.ended) == ((), "sent what is not an answer")


def test_each_question_has_its_own_computing_time(pool: Pool) -> None:
    body = """
        import time
        until = time.process_time() + 0.6
        while time.process_time() < until: pass
        return x
    """
    requests = [Request(str(n), (("double", {"x": X}),)) for n in range(4)]
    results = run(pool, body, requests).results.values()
    assert [result.ended for result in results] == ["", "", "", ""]


FOUR = [Request(str(n), (("double", {"x": X + n}),)) for n in range(4)]


def test_each_question_has_its_own_time_by_the_clock(pool: Pool) -> None:
    results = run(pool, "import time\ntime.sleep(1)\nreturn x", FOUR).results.values()
    assert [result.ended for result in results] == ["", "", "", ""]
    assert all(0.9 < result.seconds < 2 for result in results)


def test_what_is_printed_counts_for_all_that_is_asked_at_once(pool: Pool) -> None:
    body = "print('x' * ({}))\nreturn x"
    results = run(pool, body.format("900_000"), FOUR).results.values()
    assert [result.ended for result in results] == ["", "", "", ""]
    much = body.format("9_000_000 if x[0] == 1 else 1")
    results = run(pool, much, FOUR).results.values()
    assert [result.ended for result in results] == ["", "printed more than 1 MiB"] + [
        ""
    ] * 2


def test_the_other_questions_go_on_where_one_has_ended(pool: Pool) -> None:
    body = "if x[0] == 1: os._exit(3)\nif x[0] == 2: os.write(3, bytes(99))\nreturn x"
    results = run(pool, body, FOUR).results
    ended = [results[request.question].ended for request in FOUR]
    assert ended == [
        "",
        "ended the interpreter (exit code 3)",
        "sent what is not an answer",
        "",
    ]


def test_a_question_is_answered_whole_or_not_at_all(pool: Pool) -> None:
    result = run(pool, "if x[1] == 2: os._exit(1)\nreturn x").results["double"]
    assert result.cases == ()
    assert result.ended == "ended the interpreter (exit code 1)"


@pytest.mark.parametrize("end", ["os._exit(1)", "while True: pass", "raise ValueError"])
def test_a_backward_question_needs_no_working_forward(pool: Pool, end: str) -> None:
    text = f"""
        import os
        def double(x):
            {end}
        def backward(x):
            return 3 * x
    """
    outcome = pool.run({"nn": source(text)}, REQUESTS[1:2])
    assert outcome.results["backward"].ended == ""
    assert answers(outcome.results["backward"]) == [[0, 3, 6]]


def test_a_backward_that_ends_is_not_asked_twice(pool: Pool) -> None:
    text = "import time\ndef double(x): 1\ndef backward(x): time.sleep(60)"
    started = time.monotonic()
    outcome = pool.run({"nn": text.encode()}, REQUESTS[1:2])
    assert outcome.results["backward"].ended == "took more than 3 s"
    assert time.monotonic() - started < 5


# ---- what is refused


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
    raise RuntimeError(" ".join(short))
""")
    asked = Request("q", (("loaded", {}), ("held", {})))
    with Pool(mine, highest=3) as pool:
        loaded, held = pool.run({}, [asked]).results["q"].cases
    assert not {"autograder", "tests", "mytorch"} & set(loaded.raised.message.split())
    between = ("exchange", "orders", "packing", "unpacking", "wire")
    shared = {f"s.{name}" for name in between}
    files = "confine imports landlock seccomp standard_library worker zygote"
    untrusted = {f"s.u.{name}" for name in files.split()}
    student = ("probing", "questions", "reasons", "reasons.exception")
    shipped = {f"student.{name}" for name in student}
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


# ---- faults on our side


def processes(mark: Path) -> set[int]:
    """Return the processes whose command line names `mark`."""
    found = set()
    for entry in Path("/proc").iterdir():
        try:
            if (
                entry.name.isdigit()
                and str(mark).encode() in (entry / "cmdline").read_bytes()
            ):
                found.add(int(entry.name))
        except OSError:  # it ended while we looked
            continue
    return found


SLOW = b"import time\ndef double(x):\n    time.sleep(0.5)\n    return 2 * x"


def test_a_killed_zygote_is_replaced_and_the_submission_runs_again(
    probes: Path,
) -> None:
    with Pool(probes, highest=3) as pool:
        kill = threading.Timer(0.3, os.kill, (pool.zygote.pid, signal.SIGKILL))
        kill.start()
        outcome = pool.run({"nn": SLOW}, REQUESTS[:1])
        assert answers(outcome.results["double"]) == [[0, 2, 4], [0, 4, 8]]
        assert_honest_is_unharmed(pool)


def test_workers_die_with_a_zygote_that_is_killed(tmp_path: Path) -> None:
    mine = tmp_path / "probes.py"
    mine.write_text(PROBES)
    with Pool(mine, highest=3, limits=LIMITS) as pool:
        threading.Timer(0.3, os.kill, (pool.zygote.pid, signal.SIGKILL)).start()
        asleep = SLOW.replace(b"0.5", b"60")
        outcome = pool.run({"nn": asleep}, REQUESTS[:1])
        assert outcome.results["double"].ended == "took more than 3 s"
        assert len(processes(mine) - {pool.zygote.pid}) == 1  # the one that waits


def test_a_killed_worker_is_replaced_and_the_submission_runs_again(
    tmp_path: Path,
) -> None:
    mine = tmp_path / "probes.py"
    mine.write_text(PROBES)
    with Pool(mine, highest=3) as pool:

        def kill() -> None:
            for pid in processes(mine) - {pool.zygote.pid, os.getpid()}:
                os.kill(pid, signal.SIGKILL)

        threading.Timer(0.3, kill).start()
        outcome = pool.run({"nn": SLOW}, REQUESTS[:1])
        assert answers(outcome.results["double"]) == [[0, 2, 4], [0, 4, 8]]
    assert processes(mine) == set()


GRADER = """
    import os, sys, time
    from pathlib import Path
    sys.path.insert(0, os.environ["ROOT"])
    import numpy as np
    from autograder.sandbox.trusted.pool import Pool, Request
    pool = Pool(Path(os.environ["PROBES"]), highest=int(os.environ["LEVEL"]))
    if os.fork() == 0:  # it holds the pool's end of the control socket open
        time.sleep(20)
        os._exit(0)
    print("ready", flush=True)
    asleep = b"import time" + bytes([10]) + b"def double(x): time.sleep(60)"
    pool.run({"nn": asleep}, [Request("double", (("double", {"x": np.zeros(1)}),))])
"""


@pytest.mark.parametrize("level", [4, 3])
def test_nothing_outlives_a_grader_that_is_killed(tmp_path: Path, level: int) -> None:
    mine = tmp_path / "probes.py"
    mine.write_text(PROBES)
    settings = {"ROOT": launch.ROOT, "PROBES": mine, "LEVEL": level}
    grader = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(GRADER)],
        stdout=subprocess.PIPE,
        env=os.environ | {name: str(value) for name, value in settings.items()},
        start_new_session=True,
    )
    assert grader.stdout is not None
    try:
        assert grader.stdout.readline() == b"ready\n"
        time.sleep(0.3)
        assert len(processes(mine)) >= 2
        grader.kill()
        grader.wait()
        until = time.monotonic() + 5
        while processes(mine) and time.monotonic() < until:
            time.sleep(0.05)
        assert processes(mine) == set()
    finally:
        os.killpg(grader.pid, signal.SIGKILL)  # the sibling
        grader.stdout.close()


def test_a_pool_refuses_to_start_below_the_level_it_needs(probes: Path) -> None:
    with pytest.raises(IsolationError, match="expected isolation level 3, got 1"):
        Pool(probes, highest=1)


@pytest.mark.parametrize("level", [2, 1])
def test_lower_levels_work_when_asked_for(probes: Path, level: int) -> None:
    with Pool(probes, required_level=level, highest=level) as pool:
        assert pool.run(honest(), []).level == level
        assert_honest_is_unharmed(pool)


def test_probes_that_do_not_load_are_said(tmp_path: Path) -> None:
    bad = tmp_path / "probes.py"
    bad.write_text("import no_such_thing")
    with pytest.raises(RuntimeError, match="no_such_thing"):
        Pool(bad)


def test_the_doctor_names_level_kernel_and_next_step() -> None:
    levels = probe_levels(highest=3)
    assert levels.level == 3
    assert levels.kernel.startswith("Linux")
    assert "bubblewrap" in levels.next_step
    assert len(levels.evidence) == 4


# ---- as another user


SMOKE = """
    import os, sys
    from pathlib import Path
    import numpy as np
    from autograder.sandbox.trusted.pool import Pool, Request
    for highest in (4, 3):
        with Pool(Path(sys.argv[1]), highest=highest) as pool:
            case = ("double", {"x": np.arange(3.0)})
            nn = b"import json, statistics" + bytes([10]) + b"def double(x): return 2*x"
            outcome = pool.run({"nn": nn}, [Request("double", (case,))])
            print(os.getuid(), outcome.level, outcome.evidence)
            result = outcome.results["double"]
            assert result.cases[0].outputs[1][1].tolist() == [0, 2, 4], result
            nn = b"def double(x): open('/etc/passwd')"
            outcome = pool.run({"nn": nn}, [Request("double", (case,))])
            assert outcome.results["double"].cases[0].raised.kind in (
                "PermissionError", "FileNotFoundError")
"""


@pytest.fixture
def open_house() -> Iterator[Path]:
    """A copy of Python, numpy and the engine that any user may read."""
    house = Path(tempfile.mkdtemp())
    house.chmod(0o755)
    library = Path(sysconfig.get_path("stdlib"))
    unused = ("site-packages", "test", "idlelib", "ensurepip", "__pycache__", "tests")
    ignore = shutil.ignore_patterns(*unused, "*.a", "config-*")
    shutil.copytree(library, house / "lib" / library.name, ignore=ignore)
    for shared in Path(sys.base_prefix, "lib").glob("libpython*.so*"):
        shutil.copy(shared, house / "lib")
    (house / "bin").mkdir()
    shutil.copy(os.path.realpath(sys.executable), house / "bin" / library.name)
    site = launch.numpy_folder()
    for package in ("numpy", "numpy.libs"):
        if (site / package).is_dir():
            shutil.copytree(site / package, house / "site" / package, ignore=ignore)
    shutil.copytree(launch.ROOT / "autograder", house / "site" / "autograder")
    (house / "probes.py").write_text(PROBES)
    for path in house.rglob("*"):
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
    yield house
    shutil.rmtree(house)


def test_an_ordinary_user_gets_level_3_and_more(open_house: Path) -> None:
    user = 65533 if os.getuid() == 0 else None
    python = next((open_house / "bin").iterdir())
    done = subprocess.run(
        [python, "-c", textwrap.dedent(SMOKE), open_house / "probes.py"],
        user=user,
        group=user,
        extra_groups=[] if user else None,
        cwd="/",
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(open_house / "site"),
            "PYTHONHOME": str(open_house),
            "LD_LIBRARY_PATH": str(open_house / "lib"),
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    level = [int(line.split()[1]) for line in done.stdout.splitlines()]
    assert level[1] == 3
    assert level[0] == 4 or shutil.which("bwrap") is None or not NOTHING_MISSING
    assert f"user: {user or os.getuid()}, no capability" in done.stdout
