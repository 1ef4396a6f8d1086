"""Answers with 128 MB.

It is never sent: an array so large is no answer. That question alone is lost.
"""

LOSES = "linear_forward"
REASON = "far larger"
NN = """
Linear.forward = lambda self, x: np.zeros((4000, 4000))
"""
