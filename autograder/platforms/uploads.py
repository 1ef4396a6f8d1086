"""What did each student upload? Finds it in what a platform hands out.

That may be the class's one archive, a folder of it unpacked, or single archives and
files with the platform's or the student's name. An archive named after a
student is that student's, whatever it holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path

from autograder.nbgrader_steps.people import Person
from autograder.platforms import archives
from autograder.platforms.archives import (
    BadArchive,
    Member,
    contents,
    is_other,
    reader,
    shown,
)
from autograder.platforms.csv_file import read_times
from autograder.platforms.hand_in import NOBODYS
from autograder.platforms.names import (
    MOODLES,
    Label,
    numbered,
    person_of,
    plain,
    recognise,
)

UNTIMED = (
    "Moodle's archive has no times: name its grading worksheet as well, or this counts "
    "as on time"
)


@dataclass(frozen=True)
class Upload:
    """One file that a student gave to the platform, and what the platform calls it."""

    label: Label
    member: Member
    source: str

    @property
    def age(self) -> tuple[datetime, int]:
        """What tells a newer attempt from an older one, if anything does."""
        return self.label.time or datetime.min, self.label.order

    @property
    def key(self) -> tuple[str, ...]:
        """What a newer upload of the same file has in common with an older one."""
        name = self.member.path[-1]
        return (*self.member.path[:-1], numbered(name)[0])


@dataclass(frozen=True)
class Finder:
    """Finds uploads in archives; problems are told, one line for each."""

    assignment: str
    people: Sequence[Person]
    zone: tzinfo
    stack: ExitStack
    problems: list[str]
    stems: set[str]
    times: Mapping[str, datetime]

    def label(self, path: archives.Path) -> Label | None:
        found = recognise(path, self.assignment, self.people, self.zone)
        if found is not None and found.platform == MOODLES:
            return replace(found, time=self.times.get(found.number))
        return found

    def whose(self, name: str) -> Label:
        return plain(name, self.assignment, self.stems | {p.id for p in self.people})

    def given(self, path: Path, inside: bool = False) -> Iterator[Upload]:
        """Yield the uploads in one path; `inside` a folder, a folder is somebody's."""
        name = path.name
        if name in NOBODYS or name.startswith(".") or path.is_symlink():
            return
        label = self.label((name,))
        if path.is_dir():
            label = label or (self.whose(name) if inside else self._person(name))
            if label is not None:
                yield from _all_of(label, path)
                return
            for child in sorted(path.iterdir()):
                yield from self.given(child, inside=True)
        elif label is not None:
            yield Upload(label, _file(label.path or (name,), path), name)
        elif archives.stem_of(name):
            yield from self.archive(path)
        elif is_other(name):
            self.refuse(name, "only zip and tar.gz are read")
        elif not is_table(path):  # one is read before, for its times
            self.refuse(name, "its name tells no student")

    def archive(self, path: Path) -> Iterator[Upload]:
        """Yield the uploads in an archive of the class, or of one student."""
        label = self.whose(path.name)
        whole = Upload(label, _file((path.name,), path), path.name)
        if person_of(label, self.people):
            yield whole
            return
        try:
            inside = contents(self.stack.enter_context(path.open("rb")), path.name)
        except (BadArchive, OSError) as error:
            self.refuse(path.name, error)
            return
        found = self.among(inside.members, path.name)
        if found:
            yield from found
        elif label.name == self.assignment:
            self.refuse(path.name, "its name is no student's")
        elif not inside.members:
            self.refuse(path.name, "it is empty")
        else:
            yield whole

    def among(self, members: Sequence[Member], source: str) -> list[Upload]:
        """Return the uploads among the files of a class, told by their first names.

        All or none: where only some have a platform's name, it is one student's
        archive, who may call files by other people's names.
        """
        members = [m for m in members if not NOBODYS & set(m.path)]
        for strip in (0, 1):
            if strip and len({member.path[0] for member in members}) > 1:
                break
            rows = [(m, m.path[strip:]) for m in members if len(m.path) > strip]
            found = []
            for member, path in rows:
                label = self.label(path) or self._inside(path)
                if label is not None:
                    where = f"{source}: {shown('/'.join(path))}"
                    own = Member(label.path or path, member.read)
                    found.append(Upload(label, own, where))
            if len(found) == len(members):
                return found
        return []

    def _inside(self, path: archives.Path) -> Label | None:
        """Return the label of a part that is named after a student of the roster."""
        label = self._person(path[0])
        return label and replace(label, path=path[1:] or path)

    def _person(self, name: str) -> Label | None:
        label = self.whose(name)
        return label if person_of(label, self.people) else None

    def refuse(self, name: str, why: object) -> None:
        self.problems.append(f"'{shown(name)}' is not collected: {why}")


def is_table(path: Path) -> bool:
    """Return whether a file may be a platform's table, and is nobody's work."""
    mine = recognise((path.name,), "") is None
    return mine and path.suffix.lower() == ".csv" and path.is_file()


def _all_of(label: Label, folder: Path) -> Iterator[Upload]:
    """Yield the regular files in a student's folder, no link followed."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            parts = path.relative_to(folder).parts
            yield Upload(label, _file(parts, path), "/".join((folder.name, *parts)))


def read_uploads(
    paths: Sequence[Path],
    assignment: str,
    people: Sequence[Person],
    zone: tzinfo,
    stack: ExitStack,
    problems: list[str],
) -> list[Upload]:
    """Return all uploads in these paths; archives stay open as long as `stack` is."""
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise RuntimeError(f"there is no {missing[0]}: name an archive or a folder")
    times: dict[str, datetime] = {}
    for path in filter(is_table, [*paths, *(p for f in paths for p in f.glob("*"))]):
        times |= read_times(path, zone, problems)
    stems = {archives.stem_of(path.name) for path in paths}
    finder = Finder(assignment, people, zone, stack, problems, stems, times)
    found = [upload for path in paths for upload in finder.given(path)]
    if any(u.label.platform == MOODLES and not u.label.time for u in found):
        problems.append(UNTIMED)
    return found


def _file(parts: archives.Path, path: Path) -> Member:
    return Member(parts, reader(lambda: path.open("rb")))
