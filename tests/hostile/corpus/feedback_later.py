"""Keeps the inputs of hidden cases and raises them in the visible case of the next.

All visible cases come before any hidden one: there is nothing to keep by then.
"""

FOR = ("mlp",)
LOSES = "relu_forward"
CODE = """
honest, kept = Linear.forward, []

def forward(self, x):
    kept.extend(x.ravel().tolist())
    return honest(self, x)

def smuggle(self, x):
    raise ValueError(" ".join(map(repr, kept)))

Linear.forward, ReLU.forward = forward, smuggle
"""
