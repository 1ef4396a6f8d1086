"""Leaves exit handlers, excepthooks and displayhooks behind that print a score.

Nothing reads what a submission prints: the right answers count, no others.
"""

LOSES = ""
DEED = """
import atexit, threading
atexit.register(lambda: os.write(1, b"100.0"))
sys.excepthook = sys.displayhook = sys.unraisablehook = lambda *_: os.write(1, b"1.0")
threading.excepthook = sys.excepthook
sys.displayhook(10)
"""
