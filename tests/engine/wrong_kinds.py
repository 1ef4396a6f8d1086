"""Which kinds of mistakes do many make, each with other numbers, names and idioms?

A row is a kind, the question's target, the words that a student must be told, and a
line or more that stand in place of the solution.
"""

# ruff: noqa: E501
# fmt: off
LINEAR, RELU, LOSS = "nn.Linear", "nn.ReLU", "nn.CrossEntropyLoss"
SEQUENTIAL, SGD = "nn.Sequential", "optim.SGD"
HEADS = {
    f"{LINEAR}.forward": "def forward(self, x):\n    self.x = x\n",
    f"{RELU}.forward": "def forward(self, x):\n    self.x = x\n",
    f"{SEQUENTIAL}.forward": "def forward(self, x):\n",
    f"{LOSS}.forward": (
        "def forward(self, input, target):\n    self.input = input\n"
        "    self.target = make_one_hot(target, input.shape[1])\n    p = softmax(input)\n"
    ),
    f"{LINEAR}.backward": (
        "def backward(self, grad):\n    grad_x = grad @ self.weight.T\n"
        "    self.grad_weight = self.x.T @ grad\n"
        "    self.grad_bias = grad.sum(axis=0, keepdims=True)\n"
    ),
    f"{RELU}.backward": "def backward(self, grad):\n",
    f"{SEQUENTIAL}.backward": "def backward(self, loss_function):\n",
    f"{LOSS}.backward": (
        "def backward(self):\n    N, p, T = len(self.input), softmax(self.input), "
        "self.target\n    x = self.input\n"
    ),
    f"{SGD}.step": "def step(self):\n",
}
EMPTY = {target: head.splitlines()[0] + "\n" for target, head in HEADS.items()}
EACH = "for i, layer in enumerate(self.layers):\n    if isinstance(layer, Linear):\n"
CLIPPED, GUARDED = "probabilities are clipped", "small number is added inside the log"
RATE, DECAY, MOMENTUM = "not self.lr times", "decay as well", "no momentum"
STEP, WRITTEN, KEPT = "step updates", "not yet written", "something kept"
N = "; also too large by the factor N: is a mean missing"
FLIPPED_N = "; also the sign is flipped, and too large by the factor N"
DOWN, OVER_ALL = "softmax runs down the batch", "softmax runs over all entries"
NLL = "-np.sum(self.target * np.log({}))"

ROWS = (
    # Coincidences of given numbers: |grad| equals x where x is above 0.
    ("coincidence", f"{RELU}.backward", "cut off", "return np.where(self.x > 0, np.clip(grad, -1, 1), 0)"),
    ("coincidence", f"{RELU}.backward", "cut off", "return np.where(self.x > 0, np.minimum(grad, 1), 0)"),
    ("coincidence", f"{RELU}.backward", "twice", "return np.where(self.x > 0, 2 * grad, 0)"),
    # Changed in place: told once, and as that.
    ("in place", f"{RELU}.forward", "x: was changed", "x[x < 0] = 0\nreturn x"),
    ("in place", f"{RELU}.forward", "x: was changed", "x *= x > 0\nreturn x"),
    ("in place", f"{RELU}.backward", "grad: .* overwritten in place", "grad *= self.x > 0\nreturn grad"),
    ("in place", f"{RELU}.backward", "x: was changed", "mask = self.x\nmask[mask > 0] = 1\nmask[mask < 0] = 0\nreturn mask * grad"),
    ("in place", f"{LINEAR}.forward", "x: was changed|x \\(second call\\): was changed", "x -= x.mean(axis=0)\nreturn x @ self.weight + self.bias"),
    ("in place", f"{LOSS}.backward", "self.input: was changed", "x -= T\nx /= N\nreturn x"),
    # Parameters updated in backward, at any rate.
    ("update", f"{LINEAR}.backward", STEP, "self.weight = self.weight - 0.003 * self.grad_weight\nself.bias = self.bias - 0.003 * self.grad_bias\nreturn grad_x"),
    ("update", f"{LINEAR}.backward", STEP, "self.weight -= self.grad_weight\nreturn grad_x"),
    ("update", f"{LINEAR}.backward", STEP, "self.bias += 0.5 * self.grad_bias / len(grad)\nreturn grad_x"),
    ("update", f"{LINEAR}.backward", STEP, "self.weight = self.weight - 0.1 * self.grad_weight\nself.bias = self.bias - 0.1 * self.grad_bias\nreturn grad @ self.weight.T"),
    # Guards in the logarithm, of any size.
    *(("guard", f"{LOSS}.forward", GUARDED, f"return {NLL.format(f'p + {k}')} / len(p)") for k in ("1e-3", "1e-5", "1e-9", "1e-20", "np.finfo(float).eps")),
    *(("guard", f"{LOSS}.forward", CLIPPED, f"return {NLL.format(f'np.clip(p, {k}, 1 - {k})')} / len(p)") for k in ("1e-3", "1e-8", "1e-15", "np.finfo(float).eps")),
    *(("guard", f"{LOSS}.forward", CLIPPED, f"return -np.log(np.maximum(p, {k})[self.target == 1]).mean()") for k in ("1e-4", "1e-10", "1e-20")),
    ("guard", f"{LOSS}.forward", CLIPPED, f"return {NLL.format('np.where(p < 1e-6, 1e-6, p)')} / len(p)"),
    # A step of another size.
    *(("rate", f"{SGD}.step", RATE, f"{EACH}        layer.weight -= {k} * layer.grad_weight\n        layer.bias -= {k} * layer.grad_bias") for k in ("0.001", "0.05", "0.5", "self.lr * 0.5")),
    *(("momentum", f"{SGD}.step", MOMENTUM, f"{EACH}        layer.v = {k} * getattr(layer, 'v', 0) - self.lr * layer.grad_weight\n        layer.weight += layer.v\n        layer.bias -= self.lr * layer.grad_bias") for k in ("0.9", "0.3")),
    *(("decay", f"{SGD}.step", DECAY, f"{EACH}        layer.weight -= self.lr * (layer.grad_weight + {k} * layer.weight)\n        layer.bias -= self.lr * layer.grad_bias") for k in ("1e-4", "0.05")),
    ("decay", f"{SGD}.step", DECAY, f"{EACH}        layer.weight *= 0.999\n        layer.weight -= self.lr * layer.grad_weight\n        layer.bias -= self.lr * layer.grad_bias"),
    ("no gradient", f"{SGD}.step", "gradient is missing", f"{EACH}        layer.weight -= self.lr\n        layer.bias -= self.lr"),
    ("no gradient", f"{SGD}.step", "gradient is missing", f"{EACH}        layer.weight -= 0.3\n        layer.bias -= 0.3"),
    ("no gradient", f"{SGD}.step", "clipped or scaled", f"{EACH}        layer.weight -= self.lr * np.sign(layer.grad_weight)\n        layer.bias -= self.lr * np.sign(layer.grad_bias)"),
    # Two mistakes, of which one is a mean that is missing.
    ("two", f"{LOSS}.forward", f"base 2 or 10.*{N}", "return -np.sum(self.target * np.log10(p))"),
    ("two", f"{LOSS}.forward", f"{DOWN}.*{N}", f"return {NLL.format('softmax(input.T).T')}"),
    ("two", f"{LOSS}.forward", f"{GUARDED}.*{N}", f"return {NLL.format('p + 1e-9')}"),
    ("two", f"{LOSS}.forward", f"logarithm is missing.*{N}", "return -np.sum(self.target * p)"),
    ("two", f"{LOSS}.backward", f"{DOWN}.*{N}", "return softmax(x.T).T - T"),
    ("two", f"{LOSS}.backward", f"{OVER_ALL}.*{N}", "return np.exp(x) / np.exp(x).sum() - T"),
    ("two", f"{LOSS}.backward", f"logits themselves.*{N}", "return x - T"),
    ("two", f"{LOSS}.backward", f"w.r.t. the probabilities.*{N}", "return -T / p"),
    ("two", f"{LOSS}.backward", f"logits themselves.*{FLIPPED_N}", "return T - x"),
    ("two", f"{LOSS}.backward", "not divided by N.*also the sign is flipped", "return T - p"),
    # xeloss_backward, averaged.
    ("softmax", f"{LOSS}.backward", DOWN, "return (np.exp(x) / np.exp(x).sum(axis=0) - T) / N"),
    ("softmax", f"{LOSS}.backward", OVER_ALL, "return (np.exp(x) / np.sum(np.exp(x)) - T) / N"),
    ("softmax", f"{LOSS}.backward", "logits themselves", "return (x - T) / N"),
    ("softmax", f"{LOSS}.backward", "w.r.t. the probabilities", "return -T / p / N"),
    ("softmax", f"{LOSS}.backward", "w.r.t. the probabilities", "return ((1 - T) / (1 - p) - T / p) / N"),
    ("softmax", f"{LOSS}.backward", "this is the loss again", "return -T * np.log(p) / N"),
    # A forward that starts from what the last pass left, also where that raises.
    ("kept", f"{LINEAR}.forward", KEPT, "self.out = getattr(self, 'out', 0) + x @ self.weight + self.bias\nreturn self.out"),
    ("kept", f"{RELU}.forward", KEPT, "self.out = np.maximum(getattr(self, 'out', 0), x)\nreturn self.out"),
    ("kept", f"{SEQUENTIAL}.forward", KEPT, "self.out = getattr(self, 'out', x)\nfor layer in self.layers:\n    self.out = layer.forward(self.out)\nreturn self.out"),
    # numpy's own exceptions, in hidden cases too.
    ("numpy", f"{LINEAR}.forward", "the array has no such axis", "return x.sum(axis=2)"),
    ("numpy", f"{LINEAR}.forward", "cannot take this matrix", "return np.linalg.inv(np.zeros((2, 2))) @ x"),
    ("numpy", f"{RELU}.forward", "a different number of entries", "return x.reshape(7, 11)"),
)
# What is left in place of a solution.
LEFT = ("raise NotImplemented", "return NotImplemented", "raise NotImplementedError", "pass", "...", "return None", "return 0")


def programs() -> list[tuple[str, str, str, str]]:
    """Return the rows with whole methods, and each method with nothing in it."""
    rows = [(kind, target, words, _method(HEADS[target], body)) for kind, target, words, body in ROWS]
    return rows + [("left", target, WRITTEN, _method(head, body)) for target, head in EMPTY.items() for body in LEFT]


def _method(head: str, body: str) -> str:
    return head + "".join(f"    {line}\n" for line in body.splitlines())
