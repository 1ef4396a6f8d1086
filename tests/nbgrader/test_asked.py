"""What stands beside a graded cell: its title, its place, and the student's code."""

import base64
import copy
import json
import struct
import zlib

import pytest

from autograder.nbgrader_steps.asked import ASKED, MOST_LINES, code_of, with_asked
from autograder.nbgrader_steps.by_hand import put_in
from autograder.nbgrader_steps.gradebook import CellMark
from autograder.nbgrader_steps.pages import lower_headings, with_mathml
from autograder.nbgrader_steps.safe_notebook import read_master, rebuild
from autograder.student.assignment import load
from tests.support.samples import ROOT

SOURCE = b"""class Other:
    def forward(self):
        return 0

class Linear:
    def forward(self, x):
        text = ")"
# a comment at the margin

        return x
    def backward(self, grad):
        return grad

class Linear:
    def forward(self, x):
        return x + 1  # the last one counts
"""


@pytest.fixture(scope="module")
def master():
    return read_master(ROOT / "source/mlp/mlp.ipynb")


def asked(master, notebook, sources=()):
    questions = load(ROOT, "mlp").questions
    made, _ = rebuild(json.dumps(notebook).encode(), master)
    found = with_asked(made, master, questions, dict(sources))
    names = {}
    for cell in found["cells"]:
        if ASKED in cell["metadata"]:
            name = cell["metadata"]["nbgrader"]["grade_id"]
            names[name] = cell["metadata"][ASKED]
    return found, names


def test_every_question_has_its_own_heading_and_a_place(master):
    found, names = asked(master, master)
    ids = {cell["id"]: cell["source"] for cell in found["cells"]}
    assert len(names) == 10
    assert names["sgd"]["title"] == "Question 3: SGD.step"
    assert names["in_words"]["title"].startswith("In your own words")
    for row in names.values():
        plain = ids[row["place"]].replace("`", "")
        assert row["title"] in plain


def test_questions_under_one_heading_are_told_apart():
    cnn = read_master(ROOT / "source/cnn/cnn.ipynb")
    found = with_asked(cnn, cnn, load(ROOT, "cnn").questions, {})
    rows = [c["metadata"][ASKED] for c in found["cells"] if ASKED in c["metadata"]]
    titles = [row["title"] for row in rows]
    assert len(set(titles)) == len(titles) == 12
    assert "Questions 3.5 and 3.6: Flatten.backward" in titles


def test_a_heading_of_the_student_names_no_place(master):
    notebook = copy.deepcopy(master)
    at = next(i for i, c in enumerate(notebook["cells"]) if c["id"] == "sgd-check")
    mine = {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": "# Mine"}
    notebook["cells"].insert(at, mine)
    titles = {name: row["title"] for name, row in asked(master, notebook)[1].items()}
    assert titles == {n: row["title"] for n, row in asked(master, master)[1].items()}


def test_a_heading_that_was_deleted_is_no_place(master):
    notebook = copy.deepcopy(master)
    notebook["cells"] = [c for c in notebook["cells"] if c["id"] != "q3-idea"]
    row = asked(master, notebook)[1]["sgd"]
    assert row == {"title": "Question 3: SGD.step", "place": ""}


def test_the_master_is_left_as_it_is(master):
    before = copy.deepcopy(master)
    _, names = asked(master, master, {"optim": b"class SGD:\n  def step(self): 1\n"})
    assert names["sgd"]["code"] == "def step(self): 1"
    assert master == before


def test_code_is_cut_by_its_lines():
    last = "def forward(self, x):\n    return x + 1  # the last one counts"
    assert code_of(SOURCE, ["Linear", "forward"]) == last
    assert code_of(SOURCE, ["Other", "forward"]) == "def forward(self):\n    return 0"
    assert code_of(SOURCE, ["Linear", "nothing"]) == ""
    first = SOURCE[: SOURCE.rindex(b"class Linear")]
    cut = code_of(first, ["Linear", "forward"])
    assert "# a comment at the margin" in cut
    assert cut.endswith("return x")


def test_code_that_does_not_parse_is_cut_and_bounded():
    broken = b"class A:\n    def f(self:\n        return ((((\n"
    assert code_of(broken, ["A", "f"]) == "def f(self:\n    return (((("
    long = b"def f():\n" + b"    x = 1\n" * 5000
    assert len(code_of(long, ["f"]).splitlines()) == MOST_LINES + 1
    assert "\x1b" not in code_of(b"def f():\n    \x1b]0;x\x07 1\n", ["f"])
    assert code_of(b"\xff\xfe" * 1000, ["f"]) == ""


def png():
    def chunk(kind, data):
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    size = struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0\1\2" * 2)
    parts = (b"IHDR", size), (b"IDAT", rows), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def answered(master, source, attachments):
    notebook = copy.deepcopy(master)
    cell = next(c for c in notebook["cells"] if c["id"] == "in-words-answer")
    cell |= {"source": source, "attachments": attachments}
    made, _ = rebuild(json.dumps(notebook).encode(), master)
    return next(c for c in made["cells"] if c["id"] == "in-words-answer")


def test_a_written_answer_keeps_text_tex_and_pictures(master):
    picture = base64.b64encode(png()).decode()
    text = "Because $g_1 + g_2$:\n\n![mine](attachment:a.png) <img src=x>"
    cell = answered(master, text, {"a.png": {"image/png": picture}})
    assert "$g_1 + g_2$" in cell["source"]
    assert "![A picture of the answer](attachment:picture-1)" in cell["source"]
    assert cell["attachments"] == {"picture-1": {"image/png": picture}}
    assert "<img" not in cell["source"]
    assert cell["metadata"]["nbgrader"]["points"] == 5


@pytest.mark.parametrize(
    "attached",
    [
        {"a.png": {"image/svg+xml": "<svg onload=alert(1)>"}},
        {"a.png": {"image/png": "bm8gcGljdHVyZQ=="}},
        {"a.png": "text"},
        {"a.png": {"text/html": "<script>"}},
        ["a.png"],
        None,
    ],
)
def test_what_is_no_picture_is_not_kept(master, attached):
    cell = answered(master, "![x](attachment:a.png) ![y](https://x/y.png)", attached)
    assert "attachments" not in cell
    assert "(a picture that cannot be shown: a.png)" in cell["source"]
    assert "![" not in cell["source"]


def test_formulas_become_mathml_outside_of_code():
    html = "<p>$a &lt; b$ and $$x_1$$</p><code>$no$</code><pre>$$no$$</pre>"
    made = with_mathml(html)
    assert made.count("<math") == 2
    assert 'display="block"' in made
    assert "<code>$no$</code><pre>$$no$$</pre>" in made
    assert with_mathml("costs \\$5 or 5 $") == "costs \\$5 or 5 $"


@pytest.mark.parametrize("name", [path.name for path in ROOT.glob("source/*")])
def test_every_formula_of_the_course_can_be_drawn(name):
    for cell in read_master(ROOT / f"source/{name}/{name}.ipynb")["cells"]:
        if cell["cell_type"] == "markdown":
            made = with_mathml(cell["source"])
            assert "$$" not in made, made
            assert "\\text" not in made.split("<math")[0]


def test_headings_stand_below_those_of_the_page():
    html = '<h1 id="a">x</h1><h5>y</h5><header>'
    assert lower_headings(html) == '<h3 id="a">x</h3><h6>y</h6><header>'


def test_what_nobody_has_marked_waits():
    cells = [{"metadata": {"nbgrader": {"grade_id": name}}} for name in "abc"]
    marks = {
        "a": CellMark(None, None, None, 5.0),
        "b": CellMark(0.0, None, None, 5.0),
        "c": CellMark(None, 0.0, None, 5.0),
    }
    put_in(cells, {"b": "No response."}, marks)
    beside = [cell["metadata"]["nbgrader"] for cell in cells]
    assert [row["waits"] for row in beside] == [True, False, False]
    assert beside[1]["comment"] == "No response."
