"""Forks and forks.

The first fork is refused. (Each child would end by itself, so that trying this
without any layer is harmless.)
"""

LOSES = ""
DEED = """
import time
for _ in range(32):
    if os.fork() == 0:
        time.sleep(2)
        os._exit(0)
return "forked"
"""
