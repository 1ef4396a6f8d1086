"""Stops itself with SIGSTOP, so that it neither runs nor ends.

The clock ends it, and that question alone is lost.
"""

LOSES = "one"
REASON = "slept or waited"
INSIDE = """
import signal
os.kill(os.getpid(), signal.SIGSTOP)
"""
