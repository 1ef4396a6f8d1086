"""Does one archive harm the others when a class is collected with zip_collect?"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from autograder.platforms import hand_in
from autograder.platforms.archives import Contents, Member, contents
from autograder.platforms.collect import MOST_TOLD, Collected, CollectedRow
from autograder.platforms.hand_in import gather
from autograder.platforms.names import recognise
from tests.hostile.harness.classes import Class, released

pytestmark = pytest.mark.long

HONEST = b"x = 1  # an honest one\n"
EVIL = b"x = 2  # somebody else's\n"


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytearray:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return bytearray(data.getvalue())


def honest(name: str = "mytorch/nn.py") -> bytearray:
    return packed({name: HONEST * 50})


def corrupt() -> bytes:
    """Return an archive whose packed bytes cannot be unpacked."""
    data = honest()
    at = data.index(b"mytorch/nn.py") + len(b"mytorch/nn.py")
    data[at : at + 6] = b"\xff" * 6
    return bytes(data)


def corrupt_lzma() -> bytes:
    data = packed({"mytorch/nn.py": HONEST * 50}, zipfile.ZIP_LZMA)
    at = data.index(b"mytorch/nn.py") + len(b"mytorch/nn.py") + 4
    data[at : at + 20] = b"\xff" * 20
    return bytes(data)


def bad_name() -> bytes:
    """Return an archive with a name that says of itself to be UTF-8, and is not."""
    return bytes(packed({"naïve.py": HONEST})).replace("ï".encode(), b"\xff\xfe")


def changed(at: int, value: int) -> bytes:
    """Return an archive with a number of its directory's first entry changed."""
    data = honest()
    entry = data.index(b"PK\1\2") + at
    data[entry : entry + 2] = value.to_bytes(2, "little")
    return bytes(data)


def named(name: str) -> Callable[[], bytes]:
    return lambda: bytes(packed({name: EVIL, "mytorch/nn.py": HONEST}))


BROKEN: dict[str, Callable[[], bytes]] = {
    "corrupt": corrupt,
    "lzma": corrupt_lzma,
    "name": bad_name,
    "version": lambda: changed(6, 200),
    "method": lambda: changed(10, 77),
    "nul": lambda: bytes(honest()).replace(b"h/nn.py", b"h/\0n.py"),
    "escapes": named("a\x1b[2J\n.py"),
    "surrogate": lambda: bytes(honest()).replace(b"h/nn.py", b"h/\xed\xa0\x80.py"),
}
POSING = {
    "inner": named("zz/mytorch/nn.py"),
    "deeper": named("x/zz/mlp/mytorch/nn.py"),
    "beside": named("../zz/mytorch/nn.py"),
    "packed": lambda: bytes(packed({"zz.zip": bytes(packed({"mytorch/nn.py": EVIL}))})),
}


@pytest.fixture(scope="module", params=["mlp", "miniflow"])
def collected(request: pytest.FixtureRequest) -> Iterator[Class]:
    """A class of archives, collected; zz is the honest one that comes last."""
    with released(request.param) as made:
        archives = made.course / f"downloaded/{request.param}/archive"
        archives.mkdir(parents=True)
        rows = {**BROKEN, **POSING, "stamp": stamped, "zz": lambda: bytes(honest())}
        for student, data in rows.items():
            (archives / f"{student}.zip").write_bytes(data())
        made.steps = [made.nbgrader("zip_collect", request.param)]
        yield made


def stamped() -> bytes:
    files = {"timestamp.txt": b"2001-01-01 00:00:00 UTC", "mytorch/nn.py": HONEST}
    return bytes(packed(files))


def files(collected: Class, student: str) -> dict[str, bytes]:
    folder = collected.folder(student)
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_it_ends_well_and_names_what_is_not_collected(collected: Class) -> None:
    done = collected.steps[0]
    assert done.returncode == 0, done.stderr[-2000:]
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    for student in ("corrupt", "lzma", "version", "method"):
        assert f"\n{student} " in said or f"'{student}.zip'" in said, student
        assert "mytorch/nn.py" not in files(collected, student)


def test_the_honest_one_is_collected_as_it_was_handed_in(collected: Class) -> None:
    found = files(collected, "zz")
    assert [data for data in found.values() if HONEST in data]


def test_nobody_gets_what_another_archive_holds(collected: Class) -> None:
    found = files(collected, "zz").values()
    assert not [data for data in found if EVIL in data]
    for student in {*BROKEN, "stamp"} - {"escapes"}:
        own = files(collected, student).values()
        assert not [data for data in own if EVIL in data], student


def test_a_time_inside_of_an_archive_does_not_count(collected: Class) -> None:
    assert b"2001" not in files(collected, "stamp").get("timestamp.txt", b"")


def test_nothing_lies_outside_of_the_class(collected: Class) -> None:
    students = {path.name for path in Path(collected.course, "submitted").iterdir()}
    assert students <= {*BROKEN, *POSING, "stamp", "zz", "other"}


def test_a_name_given_twice_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many files of one name as an archive may have took half an hour."""
    looked: list[Member] = []

    class Counted(Member):
        def __getattribute__(self, name: str) -> object:
            looked.extend([self] if name == "path" else [])
            return super().__getattribute__(name)

    def read(limit: int) -> bytes:
        return b""

    paths = [("nn.py",)] * 200 + [("mytorch", "nn.py")]
    monkeypatch.setattr(hand_in, "Member", Counted)
    made = gather([Counted(path, read) for path in paths], "mlp", ("nn",))
    assert list(made.files) == ["mytorch/nn.py"]
    assert len(looked) < 50 * len(paths)


def test_archives_within_archives_are_opened_a_few_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Twenty in each of twenty had 400 tables of contents read and kept."""
    inner = bytes(packed({f"{n}": b"" for n in range(10)}))
    for _ in range(2):
        inner = bytes(packed({f"{n}.zip": inner for n in range(20)}))
    opened: list[str] = []

    def counted(file: IO[bytes], name: str) -> Contents:
        opened.append(name)
        return contents(file, name)

    monkeypatch.setattr(hand_in, "contents", counted)
    made = gather([Member(("mlp.zip",), lambda limit: inner)], "mlp", ("nn",))
    assert len(opened) == hand_in.MOST_OPENED
    lines = Collected([CollectedRow("zz", made, "nothing usable")]).lines()
    assert len(lines) < MOST_TOLD + 5


@pytest.mark.parametrize("stem", ["\x1b[2J", "a\nb", "\u202ey", "\udcff", "a.b", ""])
def test_a_file_that_is_no_module_is_not_placed(stem: str) -> None:
    """Such a name moved the terminal's cursor, or ended the command at its table."""
    upload = Member(("mytorch", f"{stem}.py"), lambda limit: b"")
    made = gather([upload], "mlp", ("nn",))
    assert made.files == {}
    "\n".join(Collected([CollectedRow("zz", made, "new")]).lines()).encode()


@pytest.mark.parametrize(
    "name",
    [
        "doejane_1_2_a\nb.zip",
        "Jane Doe_1_assignsubmission_file_a\nb.zip",
        "mlp_jane_attempt_2026-11-20-11-22-33_a\nb.zip",
    ],
)
def test_a_new_line_in_a_files_name_hides_no_class(name: str) -> None:
    """One upload that had no label made the class's archive somebody's own."""
    assert recognise((name,), "mlp") is not None
