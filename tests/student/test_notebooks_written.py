"""The notebooks as they are written: cells, headings, pictures, links, voice."""

import json
import re
import subprocess
import sys
from itertools import pairwise

import nbformat
import pytest

from autograder.authoring.notebook import ATTRIBUTE, LINK, PICTURE
from autograder.student.assignment import load
from tests.support.notebooks import read
from tests.support.samples import ASSIGNMENTS, ROOT


def texts(name):
    return [c.source for c in read(name).cells if c.cell_type == "markdown"]


def codes(name):
    return [c for c in read(name).cells if c.cell_type == "code"]


def prose(text):
    """Return a text without code, formulas, pictures and addresses."""
    text = re.sub(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$", "", text, flags=re.S)
    return LINK.sub("", PICTURE.sub(lambda m: m[1] or "", text))


def headings(name):
    """Return (level, title) of every heading, in order."""
    found = []
    for text in texts(name):
        plain = re.sub(r"```.*?```", "", text, flags=re.S)
        for marks, title in re.findall(r"^(#+) +(.+)$", plain, flags=re.M):
            found.append((len(marks), title.replace("`", "")))
    return found


def pictures(name):
    """Return the path of every picture."""
    whole = "\n".join(texts(name))
    return {
        path or dict(ATTRIBUTE.findall(tag))["src"]
        for _, path, tag in PICTURE.findall(whole)
    }


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_the_format_is_valid_and_nothing_was_run(name):
    notebook = read(name)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    for cell in codes(name):
        assert cell.outputs == []
        assert cell.execution_count is None


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_the_file_is_written_as_jupyter_writes_it(name):
    text = (ROOT / f"source/{name}/{name}.ipynb").read_text(encoding="utf-8")
    whole = json.loads(text)
    again = json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=False)
    assert text == again + "\n"


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_cell_ids_can_be_read_and_are_unique(name):
    ids = [cell.id for cell in read(name).cells]
    assert len(set(ids)) == len(ids)
    for cell_id in ids:
        assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", cell_id)
        assert not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f-]+)?", cell_id)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_the_graded_cells_are_the_questions_in_order(name):
    graded = [c for c in codes(name) if c.metadata.get("nbgrader", {}).get("grade")]
    questions = load(ROOT, name).questions
    assert [c.metadata.nbgrader.grade_id for c in graded] == [q.id for q in questions]
    assert sum(c.metadata.nbgrader.points for c in graded) == 100
    for cell, question in zip(graded, questions, strict=True):
        assert cell.source == f'check("{question.id}")'
        assert cell.id == question.id.replace("_", "-") + "-check"
        assert cell.metadata.deletable is False
        assert cell.metadata.editable is False
        assert cell.metadata.nbgrader.locked is True


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_only_checks_may_raise_and_they_stop_nothing(name):
    for cell in codes(name):
        is_check = cell.source.startswith("check(")
        assert ("raises-exception" in cell.metadata.get("tags", [])) == is_check


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_each_question_has_a_heading_a_link_and_a_name_to_look_for(name):
    whole = "\n".join(c.source for c in read(name).cells)
    for question in load(ROOT, name).questions:
        # Two questions may share a heading.
        title = rf"^### {question.read}: (`.+` and )?`{question.method}`( and `.+`)?$"
        start = re.search(title, whole, re.M)
        assert start, question.id
        part = whole[start.start() : whole.index(f'check("{question.id}")')]
        file = f"mytorch/{question.module}.py"
        assert f"[{file}]({file})" in part
        assert f"`{question.method}`" in part.split("**Your turn.**")[1]


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_headings_are_in_order(name):
    levels = [level for level, _ in headings(name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    for before, after in pairwise(levels):
        assert after <= before + 1


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_every_picture_is_used_and_small(name):
    folder = ROOT / "source" / name
    used = pictures(name)
    there = {str(p.relative_to(folder)) for p in folder.glob("images/*")}
    assert used == there
    for path in used:
        assert (folder / path).stat().st_size < 120_000, path


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_links_lead_to_a_heading_or_to_https(name):
    titles = {title.replace(" ", "-") for _, title in headings(name)}
    for text in texts(name):
        for target in LINK.findall(re.sub(r"```.*?```", "", text, flags=re.S)):
            if target.startswith("#"):
                assert target[1:] in titles
            elif ":" in target:
                assert target.startswith("https://"), target


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_the_voice_is_calm_and_addresses_are_safe(name):
    for text in texts(name):
        assert "http://" not in text
        assert "!" not in prose(text).replace("!=", "")
        assert not re.search("[\U0001f300-\U0001faff\u2600-\u26ff]", text)


def test_spelling():
    kinds = ("source/**/*.ipynb", "docs/**/*.md", "*.md", "mytorch/*.py")
    code = ("autograder/**/*.py", "tests/**/*.py", "docs/**/*.py", "source/**/*.py")
    files = [str(p) for pattern in (*kinds, *code) for p in ROOT.glob(pattern)]
    done = subprocess.run(
        [sys.executable, "-m", "codespell_lib", *files],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
