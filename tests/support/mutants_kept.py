"""The mutants that may survive, each with the reason why.

The key is the place, the line as it was and the line as it became; "*" stands for
any change of that line. A reason starts with "=" if the mutant does what the
reference does, and with "-" if it differs in what no question asks for.
"""

from __future__ import annotations

# Teaching aids ship to students as they are, and have tests of their own.
AIDS = ("shown", "tell_", "told", "trace")

TYPES = "= names and bodies that only a type checker reads"
ONE_INPUT = "= the only entry of a list is the first and the last"
UNKNOWN_LENGTH = "= numpy takes every negative number for the length it should find"
OTHER_ORDER = "= another order that keeps every constraint: any such order is right"
OVERWRITTEN = "= forward sets it before anybody reads it"
FLAT_BIAS = "= (O,) is judged as good as (1, O) for the gradient of a bias"
OVERFLOW = (
    "- the same number, until exp overflows beyond logits of 350: the cases stay "
    "below, so that a plain exp as in the formula loses nothing"
)
LABELS = (
    "- given code that turns labels away: no case holds a label out of range, and "
    "the project's own tests ask for the error"
)
WEIGHTS = "- given code for the first weights: every case sets weights of its own"
ZERO_GRAD = "- given code that no question asks for; it has a test of its own"
NAMES = "- names of nodes are given, and shown to people: no question asks for them"
AID = "- used by the teaching aids alone, which have tests of their own"
NOT_FED = "- a graph whose feed_dict lacks an input is not asked for"

Key = tuple[str, str, str]
ONE_HOT = "nn.make_one_hot"
INIT = "nn.Linear.__init__"
DIFF = "self.diff = np.reshape(y.value, ({}, 1)) - np.reshape(a.value, ({}, 1))"
KEPT: dict[Key, str] = {
    ("nn.the module", "Array = NDArray[Any]", "pass"): TYPES,
    ("nn.softmax", "e = np.exp(x - np.max(x, axis=1, keepdims=True))", "*"): OVERFLOW,
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
    (
        ONE_HOT,
        "def make_one_hot(idx_labels: ArrayLike, num_classes: int = 10) -> Array:",
        "*",
    ): "- the default is given, and every call says how many classes there are",
    (ONE_HOT, 'if labels.ndim != 1 or labels.dtype.kind not in "iu":', "*"): LABELS,
    (ONE_HOT, "outside = (labels < 0) | (labels >= num_classes)", "*"): LABELS,
    (ONE_HOT, 'f"labels must lie between 0 and {num_classes - 1}, "', "*"): LABELS,
    (
        ONE_HOT,
        'f"got {labels[outside][0]}: are there {num_classes} classes?"',
        "*",
    ): LABELS,
    (INIT, "scale = np.sqrt(2.0 / in_features)", "*"): WEIGHTS,
    (
        INIT,
        "self.weight: Array = scale * np.random.randn(in_features, out_features)",
        "*",
    ): WEIGHTS,
    (INIT, "self.bias: Array = np.zeros((1, out_features))", "*"): WEIGHTS,
    (INIT, "self.grad_bias: Array = np.zeros((1, out_features))", "*"): WEIGHTS,
    ("optim.SGD.zero_grad", "for layer in self.layers:", "*"): ZERO_GRAD,
    ("optim.SGD.zero_grad", "if isinstance(layer, Linear):", "*"): ZERO_GRAD,
    (
        "optim.SGD.zero_grad",
        "layer.grad_weight = np.zeros_like(layer.weight)",
        "*",
    ): ZERO_GRAD,
    (
        "optim.SGD.zero_grad",
        "layer.grad_bias = np.zeros_like(layer.bias)",
        "*",
    ): ZERO_GRAD,
    ("miniflow.the module", "log = logging.getLogger(__name__)", "pass"): AID,
    ("miniflow.the module", "FORMULAS = {", "pass"): AID,
    (
        "miniflow.the module",
        'SIGNS = {"Add_Op": " + ", "Mul_Op": " · "}',
        "pass",
    ): AID,
    ("miniflow.the module", "", "def trace() -> Iterator[None]:"): AID,
    ("miniflow.Node.__init__", 'self.name = "Node"', "pass"): NAMES,
    ("miniflow.Input.__init__", "self.name = name", "pass"): NAMES,
    ("miniflow.Add.__init__", 'self.name = "Add_Op"', "pass"): NAMES,
    ("miniflow.Mul.__init__", 'self.name = "Mul_Op"', "pass"): NAMES,
    ("miniflow.Linear.__init__", 'self.name = "Linear_OP"', "pass"): NAMES,
    ("miniflow.Sigmoid.__init__", 'self.name = "Sigmoid_Op"', "pass"): NAMES,
    ("miniflow.MSE.__init__", 'self.name = "MSE_Op"', "pass"): NAMES,
    ("miniflow.MSE.__init__", "self.m: int = 0", "*"): OVERWRITTEN,
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
