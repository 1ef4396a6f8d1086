"""Closes the socket to the pool and waits.

The worker is ended at once, and that question alone is lost.
"""

LOSES = "one"
REASON = "sent what is not an answer"
INSIDE = """
import time
os.close(3)
time.sleep(60)
"""
