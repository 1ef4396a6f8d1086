"""The environment, limits, priority and name of a process, and its modules.

Each worker has its own, from a clean parent.
"""

TOOLS = """
import builtins, resource
"""
LEAVE = """
os.environ["LEFT"] = builtins.left = sys.left = np.left = word.hex()
try:
    resource.setrlimit(resource.RLIMIT_NOFILE, (31, 31))
    os.nice(3)
except (OSError, ValueError):
    pass
"""
FETCH = """
for place in (builtins, sys, np):
    if hasattr(place, "left"):
        return bytes.fromhex(place.left)
found = [b for b in (os.environ.get("LEFT"), ) if b]
if found or resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 31:
    return b"the environment"
"""
