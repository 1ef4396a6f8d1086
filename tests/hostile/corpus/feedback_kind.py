"""Raises exceptions whose class, note and cause have the inputs in them.

Of what a hidden case raised only the names of Python's own exceptions are told.
"""

LOSES = "linear_forward"
NN = """
def forward(self, x):
    numbers = " ".join(map(repr, x.ravel().tolist()))
    error = type("E" + numbers.replace(".", "_"), (Exception,), {})(numbers)
    error.add_note(numbers)
    raise error from KeyError(numbers)

Linear.forward = forward
"""
