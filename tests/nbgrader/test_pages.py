"""What a student wrote cannot run in the browser of whoever looks at it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.nbgrader_steps.course_folder import is_name
from tests.hostile.harness import attack, pages
from tests.hostile.harness.classes import Class, released
from tests.support.lab import TOKEN, browser, lab

STUDENT = "notebook_active"
NAMES = ("feedback_class", "feedback_type", "feedback_escapes", STUDENT)
# Everything in the notebook's part of a page that could act by itself or by a click.
# Pictures and formulas of our own notebook are there, and links into it; a formula is
# drawn in the course's own cells only.
ACTIVE = r"""() => {
    const tags = ["SCRIPT", "IFRAME", "OBJECT", "EMBED", "FORM", "SVG", "STYLE", "META",
                  "BASE", "LINK", "VIDEO", "AUDIO", "MATH"];
    const code = /^\s*(javascript|vbscript|data:text|file)/i;
    const ours = /^(data:image.(png|jpeg);|images.)/;
    const drawn = e => e.tagName.toUpperCase() === "MATH" && e.closest(".own");
    const may = e => (tags.includes(e.tagName.toUpperCase()) && !drawn(e))
        || e.getAttributeNames().some(n => n.startsWith("on") || n === "srcdoc")
        || code.test(e.getAttribute("href") || "")
        || (e.tagName === "IMG" && !ours.test(e.getAttribute("src")));
    const all = document.querySelectorAll("#notebook-container *, #notebook *");
    return [...all].filter(may).map(e => e.outerHTML.slice(0, 120));
}"""
RAN = "() => [document.title, document.body.id].filter(x => /RAN/.test(x))"


@pytest.fixture(scope="module")
def handed_back() -> Iterator[Class]:
    with released() as made:
        for name in NAMES:
            attack.load(name).hand_in(made.folder(name), made.world)
        for command in ("autograde", "generate_feedback"):
            done = made.nbgrader(command, "mlp")
            assert done.returncode == 0, done.stderr
        yield made


def look(page, address: str) -> tuple[list[str], list[str], set[str]]:
    """Return what ran on a page, what could, and which machines it asked."""
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    page.goto(address, wait_until="load")
    page.mouse.move(200, 200)
    for link in page.locator("#link").all():
        link.click()
    page.wait_for_timeout(500)
    hosts = {
        m.group(1) for m in map(re.compile(r"https?://([^/:]+)").match, asked) if m
    }
    return page.evaluate(RAN), page.evaluate(ACTIVE), hosts


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_a_feedback_page_is_inert(
    handed_back: Class, tmp_path: Path, name: str
) -> None:
    path = handed_back.course / f"feedback/{name}/mlp/mlp.html"
    assert path.exists()
    with browser(tmp_path) as page:
        ran, active, hosts = look(page, path.as_uri())
    assert ran == []
    assert active == []
    assert not any("invalid" in host for host in hosts)


@pytest.mark.long
def test_formgraders_page_is_inert(handed_back: Class, tmp_path: Path) -> None:
    url = f"sqlite:///{handed_back.course / 'gradebook.db'}"
    with Gradebook(url, "mytorch") as gradebook:
        submission = gradebook.find_submission_notebook("mlp", "mlp", STUDENT).id
    home = tmp_path / "home"
    with lab(handed_back.course, home) as address, browser(tmp_path / "b") as page:
        base = address.partition("lab/tree")[0]
        view = f"{base}formgrader/submissions/{submission}/?token={TOKEN}"
        ran, active, hosts = look(page, view)
        assert "Question 1.1" in page.content()
    assert ran == []
    assert active == []
    assert not any("invalid" in host for host in hosts)


@pytest.mark.parametrize(
    "name",
    [
        "<img src=x onerror=canary()>",
        'a" onmouseover="x',
        "a&lt;b",
        "\u202eevil",
        "\x1b[2J",
        "new\nline",
        "a*",
        "[ab]",
        "\\",
        ".hidden",
        "-rf",
        "\udcff",
    ],
)
def test_a_name_that_pages_would_run_is_no_student(name: str) -> None:
    assert not is_name(name)


@pytest.mark.parametrize(
    "name", ["alice", "O'Brien", "Łukasz", "名前", "a+b@c.d", "1 2"]
)
def test_a_name_of_people_is(name: str) -> None:
    assert is_name(name)


def test_the_browser_would_notice(tmp_path: Path) -> None:
    page_file = tmp_path / "active.html"
    body = pages.HTML["onerror"] + pages.HTML["anchor"]
    page_file.write_text(f"<div id=notebook>{body}</div>")
    with browser(tmp_path / "b") as page:
        ran, active, _ = look(page, page_file.as_uri())
    assert ran == ["RAN-anchor", "RAN-anchor"]
    assert len(active) == 2


def test_nothing_of_formulas_can_link_style_or_define(handed_back: Class) -> None:
    path = handed_back.course / f"feedback/{STUDENT}/mlp/mlp.html"
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\\(href|require|def|class|cssId|style|mmlToken)\b", text)
