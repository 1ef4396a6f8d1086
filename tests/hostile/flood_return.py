"""Answers with 128 MB.

It is ended at 8 MiB, and that question alone is lost.
"""

LOSES = "linear_forward"
REASON = "returned more than"
NN = """
Linear.forward = lambda self, x: np.zeros((4000, 4000))
"""
