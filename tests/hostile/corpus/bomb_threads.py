"""Starts threads without end.

The first one is refused.
"""

LOSES = ""
DEED = """
import threading, time
threads = [threading.Thread(target=time.sleep, args=(0.5,)) for _ in range(64)]
for thread in threads:
    thread.start()
return "64 threads"
"""
