"""Has the visible answer of relu_forward in a table and gives zeros otherwise.

Points come from hidden cases alone: the question is lost.
"""

FOR = ("mlp",)
LOSES = "relu_forward"
CODE = """
def forward(self, x):
    self.x = x
    if np.array_equal(x, [[-3, 1, 0], [4, 2, -5]]):
        return np.array([[0.0, 1.0, 0.0], [4.0, 2.0, 0.0]])
    return np.zeros_like(x)

ReLU.forward = forward
"""
