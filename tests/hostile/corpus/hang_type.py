"""Answers with an object that hangs whoever asks for its class.

Outputs are looked at in the worker: it hangs there, and the clock ends it.
"""

LOSES = "one"
REASON = "took more than"
CODE = """
class Tarpit:
    @property
    def __class__(self):
        while True:
            pass

answer_with(Tarpit())
"""
