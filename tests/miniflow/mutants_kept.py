"""The mutants of miniflow that may survive, each with the reason why."""

ONE_INPUT = "= the only entry of a list is the first and the last"
UNKNOWN_LENGTH = "= numpy takes every negative number for the length it should find"
OTHER_ORDER = "= another order that keeps every constraint: any such order is right"
NOT_FED = "- a graph whose feed_dict lacks an input is not asked for"

DIFF = "self.diff = np.reshape(y.value, ({}, 1)) - np.reshape(a.value, ({}, 1))"
KEPT = {
    (
        "miniflow.Sigmoid.forward",
        "x = self.inbound_nodes[0].value",
        "x = self.inbound_nodes[ -1].value",
    ): ONE_INPUT,
    (
        "miniflow.Sigmoid.backward",
        "self.gradients = {self.inbound_nodes[0]: grad * slope}",
        "self.gradients = {self.inbound_nodes[ -1]: grad * slope}",
    ): ONE_INPUT,
    **{
        ("miniflow.MSE.forward", DIFF.format("-1", "-1"), DIFF.format(*row)): (
            UNKNOWN_LENGTH
        )
        for row in (("~1", "-1"), ("-1", "~1"), ("- 2", "-1"), ("-1", "- 2"))
    },
    (
        "miniflow.topological_sort",
        "n = ready.pop(0)",
        "n = ready.pop( -1)",
    ): OTHER_ORDER,
    (
        "miniflow.topological_sort",
        "for m, missing in waiting.items():",
        "for m, missing in []:",
    ): NOT_FED,
    (
        "miniflow.topological_sort",
        'names = ", ".join(n.name for n in missing)',
        "pass",
    ): NOT_FED,
}
