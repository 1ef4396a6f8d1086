"""The mutants of attention that may survive, each with the reason why."""

FAR_ENOUGH = "= the exponential of a number so far below the others is 0 either way"
TRUTH = "= the sum of two truth values is their disjunction"

MASKED = "scores = np.where(mask, {}, scores)"
KEPT = {
    **{
        (
            "attention.ScaledDotProductAttention.forward",
            MASKED.format("-1e9"),
            MASKED.format(number),
        ): FAR_ENOUGH
        for number in ("- 1000000001.0", "- 999999999.0")
    },
    (
        "attention.MultiHeadAttention.forward",
        "mask = pads if mask is None else mask | pads",
        "mask = pads if mask is None else mask + pads",
    ): TRUTH,
}
