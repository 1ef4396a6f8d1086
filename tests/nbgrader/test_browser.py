"""The student's hour in a real browser: JupyterLab on a released folder, from the
first look to the finished notebook.

Screenshots are kept in build/screenshots, to be looked at.
"""

from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest

from tests.support.lab import browser, lab
from tests.support.students import copy_release, make_releases, solve
from tests.support.waiting import until

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build/screenshots"
ALL_RUN = r"""() => {
    const cells = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")];
    return cells.length > 20 && cells.every(c => /^\[\d+\]:/.test(c.innerText));
}"""
DEAD_PICTURES = """[...document.querySelectorAll(".jp-MarkdownOutput img")]
    .filter(image => !image.naturalWidth || !image.alt)
    .map(image => image.src)"""


WRONG = """
def backward(self, grad):
    self.grad_weight = self.x.T @ grad
    self.grad_bias = np.mean(grad, axis=0, keepdims=True)
    return grad @ self.weight.T
"""
MISSPELT = """
def forward(self, x):
    self.x = x
    return np.maximun(x, 0)
"""


@dataclass(frozen=True)
class Journey:
    """What the student of an assignment writes first, and sees in the end."""

    module: str
    question: str
    stub: str
    answer: str
    questions: int
    pictures: int
    curves: int  # which of the pictures shows the training


JOURNEYS = {
    "mlp": Journey(
        "nn",
        "linear_forward",
        "Linear.forward is not yet written",
        "return x @ self.weight + self.bias",
        9,
        7,
        2,
    ),
    "miniflow": Journey(
        "miniflow",
        "input",
        "Input.forward is not yet written",
        "self.value = self.value if value is None else value",
        16,
        8,
        6,
    ),
}


class Student:
    """Somebody before the screen."""

    def __init__(self, page, folder):
        self.page, self.folder, self.name = page, folder, folder.name

    def opens(self, url):
        self.page.goto(url)
        self.page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        self.page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()

    def looks(self, what):
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{self.name}-{what}.png")

    def chooses(self, menu, entry):
        self.page.get_by_role("menuitem", name=menu, exact=True).click()
        self.page.get_by_role("menuitem", name=entry, exact=True).click()

    def runs_all(self):
        self.chooses("Run", "Run All Cells")
        self.page.wait_for_timeout(500)
        self.page.wait_for_function(ALL_RUN)

    def cell(self, source):
        return self.page.locator(".jp-CodeCell").filter(has_text=source).last

    def output(self, source):
        return self.cell(source).locator(".jp-OutputArea").first.inner_text()

    def writes(self, link, line, answer):
        """Open the file by its link, put `answer` in place of `line`, and save."""
        self.page.get_by_role("link", name=link, exact=True).first.click()
        editor = self.page.locator(".jp-FileEditor .cm-content")
        editor.hover()
        target = self.page.locator(".jp-FileEditor .cm-line").filter(has_text=line)
        steps = cycle([*[400] * 60, -24_000])  # down, and up again: it may load late

        def found():
            self.page.mouse.wheel(0, 0 if target.count() else next(steps))
            self.page.wait_for_timeout(50)
            return target.count()

        until(found)
        target.click()
        for keys in ("End", "Shift+Home"):
            self.page.keyboard.press(keys)
        self.page.keyboard.type(answer)
        self.looks("editor")
        self.page.keyboard.press("Control+s")
        self.page.get_by_text("Saving completed").wait_for()
        assert f"        {answer}\n" in (self.folder / link).read_text()

    def returns_to_the_notebook(self):
        tab = self.page.locator(".lm-TabBar-tab", has_text=f"{self.name}.ipynb")
        tab.first.click()

    def runs(self, source):
        self.cell(source).locator(".jp-InputPrompt").click()
        self.page.keyboard.press("Control+Enter")

    def validates(self):
        """Press nbgrader's button; return what its window says."""
        self.page.get_by_role("button", name="Validate").click()
        window = self.page.locator(".jp-Dialog")
        window.wait_for()
        text = window.inner_text()
        window.get_by_role("button").last.click()
        window.wait_for(state="detached")
        return text

    def wears(self, theme):
        change = (
            "theme => jupyterapp.commands.execute('apputils:change-theme', {theme})"
        )
        self.page.evaluate(change, f"JupyterLab {theme}")
        self.page.locator("#jupyterlab-splash").wait_for(state="detached")
        self.page.wait_for_timeout(500)


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    return make_releases(tmp_path_factory.mktemp("released"))


@pytest.mark.parametrize("name", JOURNEYS)
def test_the_hour_of_a_student(name, released, tmp_path):
    journey = JOURNEYS[name]
    folder = copy_release(released, name, tmp_path)
    with browser(tmp_path / "profile") as page, lab(folder, tmp_path / "home") as url:
        student = Student(page, folder)
        student.opens(url)
        student.looks("open")
        begins(student, page, journey)
        student.looks("first-pass")

        said = student.validates()
        assert "The following cell failed" in said
        assert f'check("{journey.question}")' not in said

        solve(folder)
        sees_what_was_trained(student, page, journey)
        # All code passes; the written question is still to be answered.
        assert "You did not provide a response" in student.validates()


def begins(student, page, journey):
    """Run the stubs, write the first answer, and ask again."""
    check = f'check("{journey.question}")'
    student.runs_all()
    assert "is not yet written" in student.output(check)
    assert "Traceback" not in page.locator(".jp-Notebook").inner_text()
    assert page.evaluate(DEAD_PICTURES) == []
    assert page.locator("mjx-merror").count() == 0

    student.writes(f"mytorch/{journey.module}.py", journey.stub, journey.answer)
    student.returns_to_the_notebook()
    student.runs(check)
    student.cell(check).get_by_text("passed").wait_for()
    assert student.output(check).strip() == f"✓ {journey.question}: passed"


def sees_what_was_trained(student, page, journey):
    student.runs_all()
    all_pass = f"{journey.questions} of {journey.questions} questions pass"
    assert all_pass in student.output("check()")
    pictures = page.locator(".jp-OutputArea-output img, .jp-OutputArea-output svg")
    assert pictures.count() >= journey.pictures
    pictures.nth(journey.curves).scroll_into_view_if_needed()
    for theme in ("Dark", "Light"):
        student.wears(theme)
        student.looks(f"trained-{theme.lower()}")


def test_a_wrong_answer_is_shown_beside_the_right_one(released, tmp_path):
    folder = copy_release(released, "mlp", tmp_path)
    solve(folder, {"nn.Linear.backward": WRONG, "nn.ReLU.forward": MISSPELT})
    with browser(tmp_path / "profile") as page, lab(folder, tmp_path / "home") as url:
        student = Student(page, folder)
        student.opens(url)
        student.runs("from autograder import")
        for question in ("linear_backward", "relu_forward"):
            student.runs(f'check("{question}")')
            student.cell(f'check("{question}")').get_by_text(
                "not passed yet"
            ).wait_for()
        page.get_by_text("the whole traceback").click()
        assert "np.maximun" in page.locator("details pre").inner_text()
        student.looks("traceback")
        shown = student.cell('check("linear_backward")')
        shown.scroll_into_view_if_needed()
        for theme in ("Dark", "Light"):
            student.wears(theme)
            student.looks(f"wrong-{theme.lower()}")
        text = shown.inner_text()
        assert "yours, shape (1, 4)" in text
        assert "expected, shape (1, 4)" in text
        assert "3*" in text
        assert "Read again: Question 2.2." in text
