"""Forty students, by the platform that each of them hands in through.

They are called by names from the history of the field: long ones, short ones, some
that no folder likes, and two that are the same.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

CANVAS = """
lovelace   Lovelace, Ada
turing     Turing, Alan
hopper     Hopper, Grace
noether    Noether, Emmy
godel      Gödel, Kurt
galois     Galois, Évariste
lukasie    Łukasiewicz, Jan
chatelet   du Châtelet, Émilie
lhopital   de L'Hôpital, Guillaume
bernoulli  Bernoulli, Johann
bernoulli2 Bernoulli, Johann
shen       陈, 省身
erdos      Erdős, Paul
kovalev    Ковалевская, Софья
abel       Abel, Niels Henrik
ramanujan  Ramanujan, Srinivasa
neumann    von Neumann, John
boole      Boole, George
gauss      Gauß, Carl Friedrich
lie        Lie, Sophus
"""
MOODLE = """
germain    Germain, Sophie
euler      Euler, Leonhard
cauchy     Cauchy, Augustin-Louis
agnesi     Agnesi, Maria Gaetana
hamilton   Hamilton, William Rowan
cantor     Cantor, Georg
jacobi     Jacobi, Carl
weier      Weierstraß, Karl
"""
BLACKBOARD = """
shannon    Shannon, Claude
church     Church, Alonzo
kleene     Kleene, Stephen
dijkstra   Dijkstra, Edsger
knuth      Knuth, Donald
liskov     Liskov, Barbara
allen      Allen, Frances
"""
PLAIN = """
hypatia    Ὑπατία, Alexandria
viete      Viète, François
pascal     Pascal, Blaise
"""
NOTHING = """
fermat     Fermat, Pierre
cardano    Cardano, Gerolamo
"""


@dataclass(frozen=True)
class Student:
    id: str
    last: str
    first: str
    number: int  # Canvas' and Moodle's own
    platform: str

    @property
    def full(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def squashed(self) -> str:
        """How Canvas writes a name into the name of a file."""
        letters = f"{self.last}{self.first}".casefold()
        return "".join(letter for letter in letters if letter.isalnum())


def _students() -> list[Student]:
    groups = {"canvas": CANVAS, "moodle": MOODLE, "blackboard": BLACKBOARD}
    groups |= {"plain": PLAIN, "nothing": NOTHING}
    rows = [
        (p, line) for p, text in groups.items() for line in text.split("\n") if line
    ]
    found = []
    for number, (platform, line) in enumerate(rows, 4101):
        name, full = line.split(maxsplit=1)
        last, first = full.split(", ")
        found.append(Student(name, last, first, number, platform))
    return found


STUDENTS = _students()


def canvas_gradebook(*columns: str) -> str:
    """Return what Canvas exports: the whole class, a column for each assignment."""
    out = io.StringIO()
    write = csv.writer(out).writerow
    empty = ["" for _ in columns]
    write(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *columns])
    write(["    Points Possible", "", "", "", "", *["105" for _ in columns]])
    for s in STUDENTS:
        section = "B" if s.platform == "moodle" else "A"
        write([f"{s.last}, {s.first}", s.number, f"u{s.number}", s.id, section, *empty])
    write(["Student, Test", 4999, "", "xyz", "A", *empty])
    return out.getvalue()


def moodle_worksheet() -> str:
    """Return Moodle's grading worksheet, of those who use Moodle."""
    out = io.StringIO()
    write = csv.writer(out).writerow
    write(["Identifier", "Full name", "Email address", "Status", "Grade",
           "Maximum grade", "Last modified (submission)",
           "Feedback comments"])  # fmt: skip
    for s in STUDENTS:
        if s.platform == "moodle":
            mail = f"{s.id}@example.org"
            row = [f"Participant {s.number}", s.full, mail, "Submitted", "", "105"]
            write([*row, "Monday, 30 November 2026, 6:00 PM", ""])
    return out.getvalue()
