"""Gives the inputs of earlier hidden cases away in the shape of a visible answer.

All visible cases come before any hidden one: the shape says nothing.
"""

FOR = ("mlp",)
LOSES = "relu_forward"
CODE = """
honest, kept = Linear.forward, []

def forward(self, x):
    kept.extend(x.ravel().tolist())
    return honest(self, x)

def smuggle(self, x):
    name = "_".join(f"{number:.16g}" for number in kept[-2:])
    return type(name, (), {})()

Linear.forward, ReLU.forward = forward, smuggle
"""
