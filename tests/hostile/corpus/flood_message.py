"""Raises an exception whose message has 100 MB.

The report has 300 characters of it at most.
"""

LOSES = "linear_forward"
REASON = "raised ValueError"
NN = """
def forward(self, x):
    raise ValueError("x" * 10**8)

Linear.forward = forward
"""
