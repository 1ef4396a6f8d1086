"""Stubs that answer with objects which run a command when they are unpickled.

Nothing is ever unpickled: all is lost, and no file appears.
"""

LOSES = "all"
BASE = "stub"
CODE = """
class Trap:
    def __reduce__(self):
        return os.system, (f"touch {PLACE}/unpickled",)

trap = np.empty((5, 3), dtype=object)
trap[:] = Trap()
everywhere(lambda *_: trap)
"""
