"""The mutants of optim that may survive, each with the reason why."""

REMAINDER = "= 1 % beta and 1 - beta are one number for a beta of more than a half"
TIMES_ONE = "= where the norm is the bound, every gradient is multiplied by 1"

SECOND = "self.v[i] = self.beta2 * self.v[i] + (1 - self.beta2) * p.grad**2"
KEPT = {
    **{
        (f"training.{name}.step", SECOND, SECOND.replace("(1 -", "(1 %")): REMAINDER
        for name in ("Adam", "AdamW")
    },
    (
        "training.clip_grad_norm_",
        "if norm > max_norm:",
        "if norm >= max_norm:",
    ): TIMES_ONE,
}
