"""Sends SIGKILL to itself, as if somebody outside had killed it.

It is run once more, since that may have been our fault, and then lost.
"""

LOSES = "one"
REASON = "crashed the interpreter (SIGKILL)"
INSIDE = """
os.kill(os.getpid(), 9)
"""
