"""Leaves a process behind that waits until nobody looks.

No process is made. (It would end by itself, so that trying this is harmless.)
"""

LOSES = ""
DEED = """
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        import time
        time.sleep(3)
    os._exit(0)
return "left behind"
"""
