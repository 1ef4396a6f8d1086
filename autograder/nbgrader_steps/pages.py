"""How is a page made of what a student wrote? In a process of its own, within limits.

What turns Markdown and notebooks into HTML was not made for text of opponents: a few
kilobytes can take minutes. So each page is made in a child process. Where that needs
too much, the page shows the student's cells as they were typed.
"""

from __future__ import annotations

import copy
import os
import re
import resource
import sys
import warnings
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import unescape
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from latex2mathml.converter import convert
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbgrader.server_extensions.formgrader import handlers
from traitlets import Integer
from traitlets.config import Config

from autograder.nbgrader_steps.inert import preformatted
from autograder.nbgrader_steps.safe_notebook import HANDED_IN

# Our own templates, `feedback` for students and `formgrade` for instructors. They
# stand in for nbgrader's, which they find by the name of their folder.
TEMPLATES = Path(__file__).parent / "templates"
FORMGRADER = "nbgrader.server_extensions.formgrader.formgrader"
# What is code in a page: its dollar signs are no formulas.
PARTS = re.compile(r"(<pre\b.*?</pre>|<code\b.*?</code>)", re.DOTALL)
FORMULA = re.compile(r"\$\$(.+?)\$\$|(?<![\\$])\$([^$]+?)\$", re.DOTALL)
HEADING = re.compile(r"<(/?)h([1-6])(?=[ >])")
# How much longer than its computing time a child may take, should it sleep.
PATIENCE = 4
DONE, FAILED = b"d", b"f"
TOO_MUCH = "it needs too much time or memory"


class PageError(Exception):
    """A page that could not be made, and why."""


class Page(HTMLExporter):
    """nbconvert's HTMLExporter within limits of computing time and memory."""

    seconds = Integer(
        10, help="How many seconds of computing a page of a student may take."
    ).tag(config=True)
    mebibytes = Integer(
        512, help="How much memory, in MiB, a page of a student may take."
    ).tag(config=True)

    def __init__(self, config: Config | None = None, **named: Any) -> None:
        # nbconvert looks for its templates once, while it is being made.
        settings = copy.deepcopy(config or Config())
        section = settings.HTMLExporter
        theirs = section.get("extra_template_basedirs", [])
        section.extra_template_basedirs = [str(TEMPLATES), *theirs]
        paths = section.get("extra_template_paths", [])
        section.extra_template_paths = [*paths, handlers.template_path]
        super().__init__(config=settings, **named)

    def default_filters(self) -> Iterable[tuple[str, Any]]:
        """Yield what templates can make of a text."""
        yield from super().default_filters()
        yield "with_mathml", with_mathml
        yield "lower_headings", lower_headings
        # For links of notebooks older than any here: minutes for a line of brackets.
        yield "strip_files_prefix", lambda text: text

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any = None, **named: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page; where it costs too much, with the cells as typed."""
        whole = super().from_notebook_node
        problem = ""
        for version in (nb, as_typed(nb)):
            try:
                page = within(
                    lambda: whole(version, copy.deepcopy(resources), **named)[0],  # noqa: B023
                    self.seconds,
                    self.mebibytes << 20,
                )
            except PageError as error:
                problem = str(error)
                self.log.warning("A page is shown without Markdown: %s", problem)
                continue
            made = {"metadata": {}, **(resources or {})}
            return page, {**made, "output_extension": self.file_extension}
        raise PageError(f"this notebook cannot be shown as a page: {problem}")


def with_mathml(html: str) -> str:
    """Return HTML whose TeX between dollar signs is MathML; what fails stays TeX.

    For the course's own cells only: a student's formula stays text.
    """
    parts = PARTS.split(html)
    parts[::2] = [FORMULA.sub(_formula, part) for part in parts[::2]]
    return "".join(parts)


def _formula(found: re.Match[str]) -> str:
    block = found[1] is not None
    tex = unescape(found[1] if block else found[2])
    return mathml(tex, "block" if block else "inline") or found[0]


@lru_cache(maxsize=2000)
def mathml(tex: str, display: str) -> str:
    """Return a formula as MathML, "" if it cannot be converted."""
    try:
        # The converter keeps the backslash that TeX's text needs before this sign.
        return convert(tex, display=display).replace(r"\_", "_")
    except Exception:
        return ""


def lower_headings(html: str) -> str:
    """Return HTML whose headings are two levels lower, below those of the page."""
    return HEADING.sub(lambda m: f"<{m[1]}h{min(int(m[2]) + 2, 6)}", html)


def as_typed(nb: NotebookNode) -> NotebookNode:
    """Return a notebook in which the student's own cells are preformatted text."""
    nb = copy.deepcopy(nb)
    for cell in nb.cells:
        answer = cell.metadata.get("nbgrader", {}).get("solution", False)
        if not (answer or cell.metadata.get(HANDED_IN)):
            continue
        if cell.cell_type == "markdown":
            cell.source = preformatted(cell.source)
        elif not answer:
            texts = [out.get("text", "") for out in cell.pop("outputs")]
            cell.pop("execution_count", None)
            cell.cell_type = "markdown"
            cell.source = preformatted("\n".join([cell.source, *texts]))
    return nb


def within(make: Callable[[], str], seconds: int, memory: int) -> str:
    """Return what `make` returns in a child process, within limits.

    Raises PageError if it needs more, or with the message of whatever it raised.
    """
    fork = get_context("fork")
    reading, writing = fork.Pipe(duplex=False)
    child = fork.Process(target=_make, args=(make, writing, seconds, memory))
    with warnings.catch_warnings():
        # Some Pythons warn of a fork beside threads. A child that waits for one of
        # them for ever ends with its time.
        warnings.simplefilter("ignore")
        child.start()
    writing.close()
    try:
        data = reading.recv_bytes() if reading.poll(PATIENCE * seconds) else FAILED
    except (EOFError, OSError):
        data = FAILED
    finally:
        reading.close()
        child.kill()
        child.join()
        child.close()
    text = data[1:].decode("utf-8")
    if data[:1] == DONE:
        return text
    raise PageError(text or TOO_MUCH)


def _make(
    make: Callable[[], str], writing: Connection, seconds: int, memory: int
) -> None:  # pragma: no cover - in the child
    """Send the page, or why there is none, and end this process."""
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        held = _held()
        if held:
            limit = held + memory
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        try:
            answer = DONE + make().encode("utf-8", "replace")
        except (MemoryError, RecursionError):
            answer = FAILED
        except Exception as error:
            answer = FAILED + f"{type(error).__name__}: {error}".encode()
        writing.send_bytes(answer)
    finally:
        os._exit(0)


def _held() -> int:
    """Return how many bytes of addresses this process holds; 0 if nobody tells."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def bound_formgrader() -> None:
    """Let formgrader make its pages within the same limits."""
    module = sys.modules.get(FORMGRADER)
    if module is not None:
        module.HTMLExporter = Page  # type: ignore[attr-defined]
