"""Asks for the name of the machine, in every way that there is.

All workers have the same one, which says nothing.
"""

LOSES = ""
DEED = """
import platform
found = [os.uname().nodename, platform.node()]
try:
    found.append(socket.gethostname())
except OSError:
    pass
return [name for name in found if name == HOST]
"""
