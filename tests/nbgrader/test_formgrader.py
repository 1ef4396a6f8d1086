"""Looking at a class in a real browser, by the buttons: release, autograde, look,
comment, points, feedback.

Screenshots are kept in build/screenshots, to be looked at.
"""

import base64
import json
from pathlib import Path

import pytest

from tests.support.classes import hand_in, nbgrader
from tests.support.lab import TOKEN, browser, lab
from tests.support.samples import ROOT, code

pytestmark = pytest.mark.long

PICTURES = ROOT / "build/screenshots"
DOT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)
ANSWER = (
    "The gradients $g_1 + g_2$ add up. <script>document.title = 'RAN'</script>\n\n"
    "![mine.png](attachment:mine.png)"
)
RELU = "def forward(self, x):\n    return x  # </pre><script>document.title = 'RAN'\n"
# What needs more than the width of the page.
CUT = """() =>
    [...document.querySelectorAll(".output_area pre, .question-notes *, img")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1
        || (e.tagName === "PRE" && e.scrollWidth > e.clientWidth + 1))
    .map(e => e.tagName + "." + e.className)"""


def write_answer(folder: Path) -> None:
    """Write the answer to the written question, with a picture pasted into it."""
    path = folder / "mlp.ipynb"
    notebook = json.loads(path.read_text())
    [cell] = [c for c in notebook["cells"] if c["id"] == "in-words-answer"]
    cell["source"] = ANSWER
    cell["attachments"] = {"mine.png": {"image/png": DOT}}
    path.write_text(json.dumps(notebook))


@pytest.fixture
def course(scratch):
    course = scratch()
    nbgrader(course, "generate_assignment", "mlp")
    ada = hand_in(course, "mlp", "ada", code({"nn.ReLU.forward": RELU}))
    write_answer(ada)
    return course


class Instructor:
    """Somebody before formgrader."""

    def __init__(self, page, address):
        self.page, self.base = page, address.partition("lab/tree")[0] + "formgrader/"
        page.on("dialog", lambda dialog: dialog.accept())

    def opens(self, path):
        self.page.goto(f"{self.base}{path}?token={TOKEN}", wait_until="load")

    def presses(self, column, of):
        """Press the button of a row's cell, and close the window that answers."""
        row = self.page.locator("tbody tr", has_text=of)
        row.locator(f"td.{column} a").first.click()
        window = self.page.locator(".modal.in")
        window.wait_for()
        said = window.inner_text()
        assert "Success" in said, said
        window.get_by_role("button", name="OK").click()
        window.wait_for(state="detached")

    def looks_at_a_submission(self):
        self.opens("gradebook/mlp/mlp")
        link = self.page.locator('td a[href*="formgrader/submissions/"]')
        link.first.click()
        self.page.locator("#relu_forward").wait_for()
        self.page.wait_for_function("formgrader.comments && formgrader.comments.loaded")
        self.page.wait_for_function("formgrader.grades.loaded")

    def writes(self, name, text):
        field = self.page.locator(f'[id="{name}"]')
        with self.page.expect_response(lambda r: r.request.method == "PUT") as saved:
            field.fill(text)
            field.blur()
        assert saved.value.ok

    def keeps_a_picture(self, what, width):
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.screenshot(path=PICTURES / f"{what}-{width}.png", full_page=True)


def test_a_class_is_looked_at_by_the_buttons(course, tmp_path):
    with browser(tmp_path / "b") as page, lab(course, tmp_path / "home") as url:
        one = Instructor(page, url)
        one.opens("manage_assignments")
        one.presses("assign", "mlp")
        one.opens("manage_submissions/mlp")
        one.presses("autograde", "ada")

        one.looks_at_a_submission()
        sees_what_was_handed_in(one, page)

        one.writes("relu_forward-comment", "Look at the hint <b>once</b> more.")
        one.writes("relu_forward", "4")
        one.writes("in_words-comment", "Well explained.")
        one.writes("in_words", "4.5")

        one.opens("manage_submissions/mlp")
        one.presses("autograde", "ada")
        one.looks_at_a_submission()
        field = page.locator('[id="relu_forward-comment"]')
        assert field.input_value() == "Look at the hint <b>once</b> more."
        assert page.locator("#in_words").input_value() == "4.5"

        one.opens("manage_submissions/mlp")
        one.presses("generate-feedback", "ada")
        page.goto((course / "feedback/ada/mlp/mlp.html").as_uri())
        sees_what_is_handed_back(one, page)


def sees_what_was_handed_in(one, page):
    notes = page.locator(".question-notes", has_text="Question 1.2")
    assert notes.locator(".student-code").inner_text().startswith("def forward")
    assert "</pre><script>" in notes.locator(".student-code").inner_text()
    assert page.locator(".question-notes").count() == 9
    shown = page.locator(".nbgrader_cell", has=page.locator("#in_words"))
    assert "add up." in shown.inner_text()
    assert shown.locator("img").evaluate("image => image.naturalWidth") == 1
    for width in (420, 768, 1280):
        one.keeps_a_picture("formgrader", width)
        assert page.evaluate(CUT) == []
    assert page.title() == "mlp"


def sees_what_is_handed_back(one, page):
    text = page.locator("main").inner_text()
    assert "98.5 of 105 points" in text
    assert "Look at the hint <b>once</b> more." in text
    assert "Well explained." in text
    assert page.title() == "mlp: feedback"
    for width in (420, 768, 1280):
        one.keeps_a_picture("feedback", width)


def test_the_picture_is_one():
    assert base64.b64decode(DOT).startswith(b"\x89PNG")
