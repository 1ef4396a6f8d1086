"""Which programs are right besides the reference, and what do finite differences prove?

For tests only.
"""

from tests.support.programs import Right

# question, of which, gradient by input, the input that weighs
CONV = {"x": "grad_x", "weight": "self.grad_weight", "bias": "self.grad_bias"}
SLOPES = (
    ("conv1d_backward", "conv1d_forward", CONV, "grad"),
    ("conv2d_backward", "conv2d_forward", CONV, "grad"),
    ("avgpool2d_backward", "avgpool2d_forward", {"x": "grad_x"}, "grad"),
    ("flatten_backward", "flatten_forward", {}, "grad"),
)
RIGHT: tuple[Right, ...] = ()
