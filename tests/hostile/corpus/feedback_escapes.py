"""Raises messages with terminal escapes, HTML and marks that turn text around.

The message is printable text on one line; HTML in it is escaped on the page.
"""

LOSES = "one"
REASON = "raised ValueError"
CODE = r"""
def wrap(original, *given):
    raise ValueError("\x1b]0;owned\x07\x9b2J\u202e</pre><script>canary()</script>"
                     "\u2066\ud800\n\r100.0\n")

instead(wrap)
"""
