"""How does a formula look right on a page that nothing loads from outside? As MathML.

For the course's own cells only: a student's formula stays text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from latex2mathml.converter import convert

# Code is left alone: its dollar signs are no formulas.
PARTS = re.compile(r"(<pre\b.*?</pre>|<code\b.*?</code>)", re.DOTALL)
FORMULA = re.compile(r"\$\$(.+?)\$\$|(?<![\\$])\$([^$]+?)\$", re.DOTALL)


def with_mathml(html: str) -> str:
    """Return HTML whose TeX between dollar signs is MathML; what fails stays TeX."""
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
