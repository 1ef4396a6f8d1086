"""Raises an exception whose class has a name made of HTML.

It is text in the report, and nothing else.
"""

LOSES = "one"
CODE = """
Evil = type("</pre><script>canary()</script><pre>", (Exception,), {
    "__str__": lambda self: "<img src=x onerror=canary()>"})

def wrap(original, *given):
    raise Evil

instead(wrap)
"""
