"""Is a document's console block read as it stands, and is a difference told?"""

import pytest

from tests.term.console import Typed, sections, typed

DOCUMENT = """# A page

## First

```console
$ echo one \\
>   two
one two
$ true
```

```console
# Not run: for the reader
$ false
```

## Second
"""


def written(folder, text):
    (folder / "page.md").write_text(text)
    return dict(sections(folder / "page.md"))


def test_what_is_typed_and_what_is_said(tmp_path):
    first, second = written(tmp_path, DOCUMENT).values()
    assert first == [Typed("echo one \\\n  two", "one two\n"), Typed("true", "")]
    assert second == []
    assert typed(tmp_path, first[0].command, {}) == "one two\n"


@pytest.mark.parametrize("block", ["```sh\nls\n```", "```\n$ ls\n```", "    $ ls"])
def test_no_command_hides_from_the_test(tmp_path, block):
    with pytest.raises(AssertionError):
        written(tmp_path, f"## Only\n\n{block}\n")


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("", "more\n"),
        ("a\n", ""),
        ("a\n...\nd\n", "a\nb\n"),
        ("1 moved\n", "2 moved\n"),
    ],
)
def test_a_difference_is_a_problem(said, printed):
    assert "$ echo" in Typed("echo", said).problem(printed)
    assert Typed("echo", printed).problem(printed) == ""


def test_dots_stand_for_lines_and_for_a_part_of_one():
    assert (
        Typed("x", "a\n...\nlevel ... of 4\n").problem("a\nb\nc\nlevel 3 of 4\n") == ""
    )
