"""Prints 200 KB on one line, on both outputs, with escapes, and warns.

Nothing of it is shown or costs anything.
"""

LOSES = ""
DEED = r"""
import warnings
warnings.warn("\x1b[31m" + "w" * 100_000)
print("\x1b]0;title\x07" * 9_000, file=sys.stderr)
print("p" * 100_000)
"""
