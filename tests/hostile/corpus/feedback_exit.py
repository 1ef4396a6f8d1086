"""Ends the interpreter in hidden cases with a number of their inputs as exit code.

That it ended is told, with what code is not: the question is lost.
"""

LOSES = "linear_forward"
REASON = "ended its process"
NN = """
honest = Linear.forward

def forward(self, x):
    if not np.array_equal(x, [[1, 2, 3], [4, 5, 6]]):
        os._exit(100 + int(abs(x.flat[0]) * 10))
    return honest(self, x)

Linear.forward = forward
"""
