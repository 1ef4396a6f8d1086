"""Answers with an object that hangs whoever asks for its class.

Outputs are looked at in the worker: it hangs there, and the clock ends it.
"""

LOSES = "linear_forward"
REASON = "took more than"
NN = """
class Tarpit:
    @property
    def __class__(self):
        while True:
            pass

Linear.forward = lambda self, x: Tarpit()
"""
