"""The mutants of mlp that may survive, each with the reason why."""

FLAT_BIAS = "= (O,) is judged as good as (1, O) for the gradient of a bias"
OVERFLOW = (
    "- the same number, until exp overflows beyond logits of 350: the cases stay "
    "below, so that a plain exp as in the formula loses nothing"
)
KEPT = {
    (
        "nn.CrossEntropyLoss.forward",
        "z = input - np.max(input, axis=1, keepdims=True)",
        "z = input + np.max(input, axis=1, keepdims=True)",
    ): OVERFLOW,
    (
        "nn.Linear.backward",
        "self.grad_bias = np.sum(grad, axis=0, keepdims=True)",
        "self.grad_bias = np.sum(grad, axis=0, keepdims=False)",
    ): FLAT_BIAS,
}
