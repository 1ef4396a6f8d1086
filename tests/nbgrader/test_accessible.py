"""Pages for everybody: axe's rules, the keyboard alone, and text of twice the size."""

import subprocess

import pytest

from autograder.classroom.grade import grade_class
from autograder.classroom.page import write_report
from autograder.nbgrader_steps.release import write_release
from tests.conftest import needs
from tests.support.classes import hand_in
from tests.support.demo import copy_course
from tests.support.lab import browser
from tests.support.node import AXE, node_package
from tests.support.samples import ROOT, code, samples
from tests.support.students import Kernel, copy_release, solve

pytestmark = pytest.mark.long

WRONG = "def forward(self, x):\n    return x\n"
CHECKS = ("linear_forward", "relu_forward", "")
# Pages of the site of all docs; its theme darkens them by a script.
SITE = {"docs": "students/index.html", "notebook": "notebooks/mlp/index.html"}
PAGES = ("feedback", "report", "check", *SITE)
DARKEN = "() => { document.body.dataset.mdColorScheme = 'slate'; }"
GRAVE = """async () => {
    const found = await axe.run();
    return found.violations
        .filter(rule => ["serious", "critical"].includes(rule.impact))
        .map(rule => [rule.id, rule.nodes.map(node => node.html.slice(0, 150))]);
}"""
# What can be used with a mouse, and how far the keyboard comes.
USABLE = """() => [...document.querySelectorAll("a[href], summary, button, input")]
    .filter(e => e.checkVisibility({visibilityProperty: true})
        && e.tabIndex >= 0).length"""
FOCUS = """() => {
    const it = document.activeElement;
    if (!it || it === document.body) return null;
    const style = getComputedStyle(it);
    window.reached = window.reached || new Set();
    window.reached.add(it);
    return style.outlineStyle !== "none" || style.boxShadow !== "none";
}"""
# At twice the size a window of 1280 has room for 640: nothing may stick out.
WIDE = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


def shown(released, folder):
    """Return a page that holds what checks show under a notebook's cells."""
    mine = copy_release(released, "mlp", folder)
    solve(mine, {"nn.ReLU.forward": WRONG})
    with Kernel(mine) as kernel:
        kernel.run("from autograder import check")
        parts = [kernel.run(f'check("{q}")' if q else "check()").html for q in CHECKS]
    assert all(parts)
    head = "<!doctype html><html lang=en><title>check</title><main><h1>check</h1>"
    path = folder / "check.html"
    path.write_text(f"{head}{''.join(parts)}</main>", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Return the pages of a small class, by what they are."""
    top = tmp_path_factory.mktemp("accessible")
    course = copy_course(top / "course")
    write_release(course, "mlp")
    for name in ("right", "mistake-in-xeloss-forward"):
        hand_in(course, "mlp", name, samples("mlp")[name][0])
    hand_in(course, "mlp", "wrong", code({"nn.ReLU.forward": WRONG}))
    grade_class(course, "mlp", feedback=True)
    return {
        "feedback": course / "feedback/wrong/mlp/mlp.html",
        "report": write_report(course, "mlp"),
        "check": shown(course / "release", top),
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the folder of the built docs."""
    folder = tmp_path_factory.mktemp("docs") / "site"
    command = [needs("mkdocs"), "build", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    with browser(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture(scope="module")
def axe(tmp_path_factory):
    folder = node_package(AXE, tmp_path_factory.mktemp("axe"))
    return (folder / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(params=PAGES)
def opened(request, page):
    """Return the browser's page, opened on one of them."""
    if request.param in SITE:
        path = request.getfixturevalue("site") / SITE[request.param]
    else:
        path = request.getfixturevalue("pages")[request.param]
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave(opened, axe, scheme):
    opened.emulate_media(color_scheme=scheme)
    opened.reload()
    if scheme == "dark" and opened.locator("[data-md-color-scheme]").count():
        opened.evaluate(DARKEN)
    opened.wait_for_timeout(500)  # colours change slowly
    opened.evaluate(axe)  # not as a tag, which the pages forbid
    assert opened.evaluate(GRAVE) == []


def test_the_keyboard_reaches_everything_and_shows_where_it_is(opened):
    usable = opened.evaluate(USABLE)
    for _ in range(usable + 5):
        opened.keyboard.press("Tab")
        assert opened.evaluate(FOCUS) is not False
    assert opened.evaluate("(window.reached || new Set()).size") >= usable


@pytest.mark.parametrize("width", [640, 390])
def test_at_twice_the_size_nothing_sticks_out(opened, width):
    opened.set_viewport_size({"width": width, "height": 450})
    assert opened.evaluate(WIDE) <= 1


def test_axe_finds_what_is_planted(page, axe, tmp_path):
    bad = tmp_path / "bad.html"
    grey = "<p style='color:#999;background:#aaa'>hard to read</p>"
    bad.write_text(f"<html><title>x</title>{grey}<img src=x.png>")
    page.goto(bad.as_uri())
    page.evaluate(axe)
    found = {name for name, _ in page.evaluate(GRAVE)}
    assert {"color-contrast", "image-alt", "html-has-lang"} <= found
