"""Which gradients of the reference do finite differences prove? For tests only."""

# question, of which, gradient by input, the input that weighs, the output
SLOPES = (
    ("linear_backward", "linear_forward", {"x": "grad_x", "weight": "self.grad_weight", "bias": "self.grad_bias"}, "grad"),
    ("xeloss_backward", "xeloss_forward", {"logits": "gradient"}, "", "loss"),
)
