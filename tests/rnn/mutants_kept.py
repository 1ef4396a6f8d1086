"""The mutants of rnn that may survive, each with the reason why."""

FOUR_LAYERS = "- differs from the fourth layer on: no case has as many"
NOT_NEGATIVE = "= the number of a layer is never negative"

BELOW = "below = self.hiddens[t + 1, layer {} 1] if layer {} 0 else self.x[:, t]"
KEPT = {
    (
        "recurrent.RNN.backward",
        BELOW.format("-", ">"),
        BELOW.format(">>", ">"),
    ): FOUR_LAYERS,
    (
        "recurrent.RNN.backward",
        BELOW.format("-", ">"),
        BELOW.format("-", "!="),
    ): NOT_NEGATIVE,
}
