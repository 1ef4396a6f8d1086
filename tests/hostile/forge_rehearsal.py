"""Says that every question is only being rehearsed, so that ends may be retried.

The question is asked once more without rehearsal, and lost.
"""

LOSES = "all"
BASE = "stub"
NN = """
import gc, struct

def rehearsed(*_):
    for found in gc.get_objects():
        if type(found).__name__ == "Channel":
            os.write(3, struct.pack("<16sBI", found.id, 4, 0))
    os._exit(0)

everywhere(rehearsed)
"""
