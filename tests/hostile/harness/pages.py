"""Whatever has ever run in a browser, as notebook cells of a student.

Where one of them runs, the title of the page and the id of its body say so.
"""

from __future__ import annotations

from typing import Any


def run(name: str) -> str:
    """Return JavaScript that shows that it ran: in the title and in the address."""
    return f"document.title='RAN-{name}';document.body.id='RAN-{name}';void 0"


HTML = {
    "script": f"<script>{run('script')}</script>",
    "onerror": f'<img src=x onerror="{run("onerror")}">',
    "svg": f'<svg onload="{run("svg")}"><script>{run("svg-script")}</script></svg>',
    "iframe": "<iframe srcdoc=\"<script>parent.document.title='RAN-iframe'"
    '</script>"></iframe>',
    "details": f'<details open ontoggle="{run("details")}">x</details>',
    "style": f'<style onload="{run("style")}">body {{display: none}}</style>',
    "input": f'<input autofocus onfocus="{run("input")}">',
    "meta": '<meta http-equiv=refresh content="0;url=data:text/html,RAN-meta">',
    "base": "<base href='//attacker.invalid/'>",
    "object": f'<object data="javascript:{run("object")}"></object>',
    "math": f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;'
    f'&lt;img src=x onerror={run("math")}&gt;"></math>',
    "unclosed": f"<img src=x onerror={run('unclosed')} ",
    "nested": f"<scr<script>ipt>{run('nested')}</scr</script>ipt>",
    "upper": f"<ScRiPt\n>{run('upper')}</sCrIpT>",
    "anchor": f'<a id=link href="javascript:{run("anchor")}">x</a>',
    "form": f'<form action="javascript:{run("form")}"><button>x</button></form>',
    "closing": f"</pre></div></body><script>{run('closing')}</script>",
    "comment": f"<!--><script>{run('comment')}</script>-->",
    "embedded": '<img src="../../../.course_seed">',
    "template": "{{ 7*7 }}{% raw %}{% endraw %}{{ config }}",
}
LINKS = {
    "plain": f"[x](javascript:{run('plain')})",
    "entity": f"[x](javascript&#58;{run('entity')})",
    "tab": f"[x](java\tscript:{run('tab')})",
    "newline": f"[x](<java\nscript:{run('newline')}>)",
    "escape": f"[x](javascript\\:{run('escape')})",
    "reference": f"[x][r]\n\n[r]: javascript:{run('reference')}",
    "data": "[x](data:text/html,<script>parent.document.title='RAN-data'</script>)",
    "vbscript": "[x](vbscript:msgbox)",
    "image": f"![x](javascript:{run('image')})",
    "remote": "![x](https://attacker.invalid/pixel.png)",
    "embedded": "![x](../../../.course_seed)",
    "root": "![x](/etc/passwd)",
    "attachment": "![x](attachment:nothing.png)",
    "auto": f"<javascript:{run('auto')}>",
    "upper": f"[x](JaVaScRiPt:{run('upper-link')})",
    "quote": f'[x](https://a.invalid/"onmouseover="{run("quote")})',
    "bare": "see https://attacker.invalid/x and http://attacker.invalid/",
    "pointed": "<https://attacker.invalid/y> <x@attacker.invalid>",
    "www": "www.attacker.invalid/z and //attacker.invalid",
    "named": "[a link]: https://attacker.invalid/\n\n[a link] and [b][a link]",
    "footnote": "x[^1]\n\n[^1]: https://attacker.invalid/",
    "title": f"[x](https://a.invalid 'x\" onmouseover=\"{run('title')}')",
}
FORMULAS = {
    "href": rf"$\href{{javascript:{run('href')}}}{{x}}$",
    "macro": rf"$\def\j#1#2{{\href{{#1#2:{run('macro')}}}{{x}}}} \j{{java}}{{script}}$",
    "require": r"$\require{action} \toggle{a}{b}\endtoggle$",
    "style": r"$\style{position:fixed;top:0;left:0;width:9999px}{x}$",
    "class": r"$\class{evil}{x} \cssId{evil}{y}$",
    "token": rf'$\mmlToken{{mi}}[href="javascript:{run("token")}"]{{x}}$',
    "unicode": r"$\unicode{x3c}script\unicode{x3e}$",
    "begin": rf"\begin{{align}}\href{{javascript:{run('begin')}}}{{x}}\end{{align}}",
}
ODD_TEXT = "\x1b[2J\x1b]0;RAN-terminal\x07\u202e\u2066 reversed \u200f\ud800 \x00\x9b"


def cells() -> list[dict[str, Any]]:
    """Return the cells, Markdown, raw and code with outputs of every kind."""
    texts = [*HTML.values(), *LINKS.values(), *FORMULAS.values(), ODD_TEXT]
    found = [_cell("markdown", text) for text in texts]
    found += [_cell("raw", text) for text in HTML.values()]
    attached = _cell("markdown", "![x](attachment:a.svg)")
    attached["attachments"] = {"a.svg": {"image/svg+xml": HTML["svg"]}}
    found.append(attached)
    for text in (*HTML.values(), ODD_TEXT):
        code = _cell("code", text)
        code["metadata"] = {"tags": [text], "collapsed": text, "scrolled": text}
        code["outputs"] = list(outputs(text))
        found.append(code)
    return found


KINDS = (
    "text/html",
    "text/markdown",
    "text/latex",
    "image/svg+xml",
    "application/javascript",
    "application/json",
    "application/vnd.jupyter.widget-view+json",
    "application/vnd.plotly.v1+json",
    "image/png",
    "image/jpeg",
    "application/pdf",
    "text/plain",
)


def outputs(text: str) -> list[dict[str, Any]]:
    """Return outputs that hold a text in every place that one can be in."""
    rich = dict.fromkeys(KINDS, text)
    image = {"image/png": f'x" onerror="{run("png")}'}
    size = {"image/png": {"width": f'1" onload="{run("width")}', "height": 1}}
    return [
        {"output_type": "display_data", "metadata": {}, "data": rich},
        {"output_type": "display_data", "metadata": size, "data": image},
        {"output_type": "execute_result", "metadata": {}, "data": rich},
        {"output_type": "stream", "name": text, "text": text},
        {"output_type": "stream", "name": "stderr", "text": [text, text]},
        {
            "output_type": "error",
            "ename": text,
            "evalue": text,
            "traceback": [text, f"\x1b[31m{text}\x1b[0m"],
        },
        {"output_type": text, "text": text},
    ]


def _cell(kind: str, source: str) -> dict[str, Any]:
    return {"cell_type": kind, "id": "x", "metadata": {}, "source": source}
