"""The mutants of autograd that may survive, each with the reason why."""

WHOLE = "= a quotient of two sizes, one a multiple of the other, is a whole number"
REACHED = "= every tensor of the order has its gradient before its turn"
AS_MANY = "= there is a gradient for each parent, no more and no less"
EMPTY = "- differs for an axis of length 0, which no case has"

TOGETHER = "for parent, part in zip(node.parents, node.gradients(grad), strict={}):"
ONES = "ones = tuple(i for i, length in enumerate(shape) if length {} 1)"
KEPT = {
    (
        "autograd.Tensor.mean",
        "count = self.data.size / kept.size",
        "count = self.data.size // kept.size",
    ): WHOLE,
    ("autograd.Tensor.backward", "continue", "break"): REACHED,
    (
        "autograd.Tensor.backward",
        TOGETHER.format("True"),
        TOGETHER.format("False"),
    ): AS_MANY,
    ("autograd.unbroadcast", ONES.format("=="), ONES.format("<=")): EMPTY,
}
