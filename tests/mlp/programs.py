"""Whole programs for the tests of the grader: wrong ones, and right ones.

The wrong ones are no misconceptions: most lose more than one question, crash, or
do something that no formula explains. The right ones differ from the reference as
students' programs do, and must lose nothing.
"""

from __future__ import annotations

from autograder.releasing.stubs import cut
from tests.support.programs import MYTORCH, Right, Wrong

FUTURE = "from __future__ import annotations\n"
FORWARD = "linear_forward relu_forward sequential_forward xeloss_forward"
BACKWARD = "xeloss_backward linear_backward relu_backward sequential_backward"
EVERY = frozenset(f"{FORWARD} {BACKWARD} sgd".split())


def wrong(name: str, loses: str, **replacements: str) -> Wrong:
    """Return a wrong program; "Linear__forward" stands for nn.Linear.forward."""
    return Wrong(name, frozenset(loses.split()), targets(replacements))


def right(name: str, **replacements: str) -> Right:
    """Return a right program, its replacements named as for `wrong`."""
    return Right(name, targets(replacements))


def targets(replacements: dict[str, str]) -> dict[str, str]:
    full = {}
    for name, text in replacements.items():
        module = "optim." if name.startswith("SGD") else "nn."
        whole = name in {"nn", "optim"}
        full[name if whole else module + name.replace("__", ".", 1)] = text
    return full


def source(module: str) -> str:
    return (MYTORCH / f"{module}.py").read_text(encoding="utf-8")


def topped(module: str, text: str) -> str:
    """Return the reference's module with `text` among its imports."""
    return source(module).replace(FUTURE, FUTURE + text, 1)


def tailed(module: str, text: str) -> str:
    """Return the reference's module with `text` at its end."""
    return source(module) + text


def stub(module: str) -> str:
    return cut(source(module), f"{module}.py")


UNWRITTEN = "def {}(self, *given):\n    raise NotImplementedError('not yet')\n"

WRONG = [
    wrong(
        "forward methods are deleted",
        FORWARD.replace("sequential_forward ", ""),
        nn=tailed(
            "nn", "\ndel Linear.forward, ReLU.forward, CrossEntropyLoss.forward\n"
        ),
    ),
    wrong("nothing is written", " ".join(EVERY), nn=stub("nn"), optim=stub("optim")),
    wrong(
        "half of it is written",
        BACKWARD,
        Linear__backward=UNWRITTEN.format("backward"),
        ReLU__backward=UNWRITTEN.format("backward"),
        Sequential__backward=UNWRITTEN.format("backward"),
        CrossEntropyLoss__backward=UNWRITTEN.format("backward"),
    ),
    wrong(
        "the module breaks off in the middle of a word",
        " ".join(EVERY),
        nn=source("nn")[: source("nn").index("class CrossEntropyLoss") + 9],
    ),
    wrong(
        "optim does not parse",
        "sgd",
        optim=tailed("optim", "\n    def step(self)\n        pass\n"),
    ),
    wrong(
        "nn does not parse, and optim needs it",
        " ".join(EVERY),
        nn=tailed("nn", "\nprint 'all tests passed'\n"),
    ),
    wrong("optim has a NUL byte", "sgd", optim=tailed("optim", "\n# \0\n")),
    wrong("nn asserts at its end", " ".join(EVERY), nn=tailed("nn", "\nassert 1 > 2")),
    wrong(
        "nn leaves while it is imported",
        " ".join(EVERY),
        nn=topped("nn", "import sys\nsys.exit(0)\n"),
    ),
    wrong(
        "optim never ends its import",
        "sgd",
        optim=tailed("optim", "\nwhile True:\n    pass\n"),
    ),
    wrong(
        "optim imports a name that nn has not",
        "sgd",
        optim=topped("optim", "from mytorch.nn import Conv2d\n"),
    ),
    wrong("optim is empty", "sgd", optim=""),
    wrong(
        "the whole optimizer stands in nn and not in optim",
        "sgd",
        nn=tailed("nn", source("optim").split("Sequential\n", 1)[1]),
        optim='"""See nn.py."""\n',
    ),
    wrong(
        "nothing is returned",
        f"{FORWARD} relu_backward linear_backward xeloss_backward",
        Linear__forward="""
            def forward(self, x):
                self.x = x
                out = x @ self.weight + self.bias
        """,
        Linear__backward="""
            def backward(self, grad):
                self.grad_weight = self.x.T @ grad
                self.grad_bias = grad.sum(axis=0, keepdims=True)
                grad_x = grad @ self.weight.T
        """,
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                print(np.maximum(x, 0))
        """,
        ReLU__backward="""
            def backward(self, grad):
                print(np.where(self.x > 0, grad, 0))
        """,
        Sequential__forward="""
            def forward(self, x):
                for layer in self.layers:
                    x = layer.forward(x)
        """,
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                loss = -np.mean(np.sum(self.target * np.log(softmax(input)), axis=1))
        """,
        CrossEntropyLoss__backward="""
            def backward(self):
                grad = (softmax(self.input) - self.target) / len(self.input)
        """,
    ),
    wrong(
        "forward calls itself",
        "sequential_forward linear_forward",
        Sequential__forward="""
            def forward(self, x):
                return self.forward(x)
        """,
        Linear__forward="""
            def forward(self, x):
                self.x = x
                return self.forward(x @ self.weight + self.bias)
        """,
    ),
    wrong(
        "one forward loops for ever",
        "relu_forward",
        ReLU__forward="""
            def forward(self, x):
                self.x, i = x, 0
                while i < x.size:
                    if x.flat[i] > 0:
                        i += 1
                return x
        """,
    ),
    wrong(
        "one backward loops for ever",
        "sequential_backward",
        Sequential__backward="""
            def backward(self, loss_function):
                grad, i = loss_function.backward(), len(self.layers)
                while i > 0:
                    grad = self.layers[i - 1].backward(grad)
        """,
    ),
    wrong(
        "one question prints 200 MB",
        "linear_backward",
        Linear__backward="""
            def backward(self, grad):
                for i in range(200):
                    print("debug" * 200_000)
                self.grad_weight = self.x.T @ grad
                self.grad_bias = grad.sum(axis=0, keepdims=True)
                return grad @ self.weight.T
        """,
    ),
    wrong(
        "one question leaves the process",
        "xeloss_forward",
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                import os
                os._exit(0)
        """,
    ),
    wrong(
        "two questions exit",
        "sgd relu_forward",
        SGD__step="""
            def step(self):
                raise SystemExit("done")
        """,
        ReLU__forward="""
            def forward(self, x):
                quit()
        """,
    ),
    wrong(
        "one question crashes the interpreter",
        "relu_backward",
        ReLU__backward="""
            def backward(self, grad):
                import ctypes
                return ctypes.string_at(0)
        """,
    ),
    wrong(
        "one question asks for all the memory there is",
        "linear_forward",
        Linear__forward="""
            def forward(self, x):
                self.x = x
                rows = np.ones((1 << 17, 1 << 17))
                return rows[: len(x), :1] * (x @ self.weight + self.bias)
        """,
    ),
    wrong(
        "one answer is far too large",
        "relu_forward",
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                return np.zeros((4000, 4000))
        """,
    ),
    wrong(
        "lists everywhere",
        "linear_forward relu_forward linear_backward relu_backward xeloss_backward sgd",
        Linear__forward="""
            def forward(self, x):
                self.x = x
                return (x @ self.weight + self.bias).tolist()
        """,
        Linear__backward="""
            def backward(self, grad):
                self.grad_weight = (self.x.T @ grad).tolist()
                self.grad_bias = [sum(column) for column in grad.T]
                return (grad @ self.weight.T).tolist()
        """,
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                return [[max(entry, 0) for entry in row] for row in x]
        """,
        ReLU__backward="""
            def backward(self, grad):
                return [list(g * (x > 0)) for g, x in zip(grad, self.x)]
        """,
        CrossEntropyLoss__backward="""
            def backward(self):
                return list((softmax(self.input) - self.target) / len(self.input))
        """,
        SGD__step="""
            def step(self):
                for layer in self.layers:
                    if isinstance(layer, Linear):
                        new = layer.weight - self.lr * layer.grad_weight
                        layer.weight = new.tolist()
                        layer.bias = list(layer.bias - self.lr * layer.grad_bias)
        """,
    ),
    wrong(
        "float32 everywhere",
        "linear_forward relu_forward linear_backward relu_backward xeloss_forward "
        "xeloss_backward sgd",
        Linear__forward="""
            def forward(self, x):
                self.x = np.asarray(x, dtype=np.float32)
                return self.x @ self.weight.astype("f4") + self.bias.astype("f4")
        """,
        Linear__backward="""
            def backward(self, grad):
                grad = grad.astype(np.float32)
                self.grad_weight = self.x.T.astype(np.float32) @ grad
                self.grad_bias = grad.sum(axis=0, keepdims=True)
                return grad @ self.weight.T.astype(np.float32)
        """,
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                return np.maximum(x, 0, dtype=np.float32)
        """,
        ReLU__backward="""
            def backward(self, grad):
                return (self.x > 0).astype(np.float32) * grad.astype(np.float32)
        """,
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1]).astype(np.float32)
                p = softmax(input.astype(np.float32))
                return -np.sum(self.target * np.log(p)) / np.float32(len(input))
        """,
        CrossEntropyLoss__backward="""
            def backward(self):
                p = softmax(self.input).astype(np.float32)
                return (p - self.target.astype(np.float32)) / np.float32(len(p))
        """,
        SGD__step="""
            def step(self):
                for layer in self.layers:
                    if isinstance(layer, Linear):
                        step = np.float32(self.lr) * layer.grad_weight
                        layer.weight = (layer.weight - step).astype(np.float32)
                        step = np.float32(self.lr) * layer.grad_bias
                        layer.bias = (layer.bias - step).astype(np.float32)
        """,
    ),
    wrong(
        "float32 on the way, float64 at the end",
        "linear_forward",
        Linear__forward="""
            def forward(self, x):
                self.x = x
                product = x.astype(np.float32) @ self.weight.astype(np.float32)
                return product.astype(np.float64) + self.bias
        """,
    ),
    wrong(
        "complex logarithms",
        "xeloss_forward",
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                p = softmax(input).astype(complex)
                return -np.sum(self.target * np.log(p)) / len(input)
        """,
    ),
    wrong(
        "arrays of objects",
        "linear_forward relu_backward",
        Linear__forward="""
            def forward(self, x):
                self.x = x
                return np.array(x @ self.weight + self.bias, dtype=object)
        """,
        ReLU__backward="""
            def backward(self, grad):
                return np.array([g if x > 0 else 0 for g, x in
                                 zip(grad.flat, self.x.flat)], dtype=object)
        """,
    ),
    wrong(
        "matrices and masked arrays",
        "linear_forward relu_forward linear_backward",
        Linear__forward="""
            def forward(self, x):
                self.x = x
                return np.matrix(x) * np.matrix(self.weight) + self.bias
        """,
        Linear__backward="""
            def backward(self, grad):
                self.grad_weight = self.x.T @ grad
                self.grad_bias = np.matrix(grad).sum(axis=0)
                return grad @ self.weight.T
        """,
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                return np.ma.masked_less(x, 0).filled(0).view(np.ma.MaskedArray)
        """,
    ),
    wrong(
        "an array that says it equals everything",
        "linear_forward",
        nn=topped(
            "nn",
            "import numpy\n\n"
            "class Same(numpy.ndarray):\n"
            "    def __eq__(self, other):\n"
            "        return True\n",
        ),
        Linear__forward="""
            def forward(self, x):
                self.x = x
                return np.zeros((len(x), self.weight.shape[1])).view(Same)
        """,
    ),
    wrong(
        "results are kept by shape and handed out again",
        "linear_forward relu_forward",
        Linear__forward="""
            def forward(self, x, known={}):
                self.x = x
                return known.setdefault(x.shape, x @ self.weight + self.bias)
        """,
        ReLU__forward="""
            def forward(self, x, known={}):
                self.x = x
                return known.setdefault(x.shape, np.maximum(x, 0.0))
        """,
    ),
    wrong(
        "the loss is a running mean over all calls",
        "xeloss_forward",
        CrossEntropyLoss____init__="""
            def __init__(self):
                self.input, self.target, self.losses = None, None, []
        """,
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                rows = np.sum(self.target * np.log(softmax(input)), axis=1)
                self.losses.append(-rows.mean())
                return float(np.mean(self.losses))
        """,
    ),
    wrong(
        "the state is stored nowhere",
        "linear_forward relu_forward xeloss_forward",
        Linear__forward="""
            def forward(self, x):
                return x @ self.weight + self.bias
        """,
        ReLU__forward="""
            def forward(self, x):
                self.mask = x > 0
                return x * self.mask
        """,
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                one_hot = make_one_hot(target, input.shape[1])
                return float(-np.sum(one_hot * np.log(softmax(input))) / len(input))
        """,
    ),
    wrong(
        "exceptions are swallowed",
        "linear_backward sequential_backward sgd",
        Linear__backward="""
            def backward(self, grad):
                try:
                    self.grad_weight = self.x.transpose(grad)
                    self.grad_bias = grad.sum(axis=0, keepdims=True)
                    return grad @ self.weight.T
                except Exception:
                    pass
        """,
        Sequential__backward="""
            def backward(self, loss_function):
                try:
                    grad = loss_function.backward()
                    for layer in self.layers.reverse():
                        grad = layer.backward(grad)
                except:
                    pass
        """,
        SGD__step="""
            def step(self):
                for layer in self.layers:
                    try:
                        layer.weight = layer.weight - self.learning_rate * layer.grad
                    finally:
                        continue
        """,
    ),
    wrong(
        "names of another library",
        "linear_backward xeloss_forward sgd",
        Linear__backward="""
            def backward(self, grad):
                self.grad_weight = self.x.T.matmul(grad)
                self.grad_bias = grad.sum(dim=0)
                return grad.matmul(self.weight.T)
        """,
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                return -(self.target * np.logsoftmax(input)).mean()
        """,
        SGD__step="""
            def step(self):
                for p in self.parameters():
                    p.data -= self.lr * p.grad
        """,
    ),
    wrong(
        "a package that is not there is used",
        "linear_forward xeloss_backward",
        nn=topped("nn", "import torch\nfrom torch.nn import functional as F\n"),
        Linear__forward="""
            def forward(self, x):
                self.x = x
                return torch.matmul(torch.tensor(x), self.weight).numpy() + self.bias
        """,
        CrossEntropyLoss__backward="""
            def backward(self):
                return (F.softmax(self.input, dim=1) - self.target) / len(self.input)
        """,
    ),
    wrong(
        "the methods take no self, or too much",
        "relu_forward linear_forward sgd",
        ReLU__forward="""
            def forward(x):
                return np.maximum(x, 0.0)
        """,
        Linear__forward="""
            def forward(self, x, weight, bias):
                self.x = x
                return x @ weight + bias
        """,
        SGD__step="""
            def step(self, model):
                for layer in model.layers:
                    if isinstance(layer, Linear):
                        layer.weight -= self.lr * layer.grad_weight
                        layer.bias -= self.lr * layer.grad_bias
        """,
    ),
    wrong(
        "a method is named backwards",
        "linear_backward",
        Linear__backward="""
            def backwards(self, grad):
                self.grad_weight = self.x.T @ grad
                self.grad_bias = grad.sum(axis=0, keepdims=True)
                return grad @ self.weight.T
        """,
    ),
    wrong(
        "softmax was changed to run down the batch",
        "xeloss_forward xeloss_backward",
        softmax="""
            def softmax(x):
                e = np.exp(x - np.max(x))
                return e / np.sum(e, axis=0, keepdims=True)
        """,
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                return float(-np.mean(np.log(softmax(input)[self.target == 1])))
        """,
    ),
    wrong(
        "one-hot rows are one class too long",
        "xeloss_forward",
        make_one_hot="""
            def make_one_hot(idx_labels, num_classes=10):
                return np.eye(num_classes + 1)[idx_labels]
        """,
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                p = softmax(input)[np.arange(len(input)), self.target.argmax(axis=1)]
                return float(-np.log(p).mean())
        """,
    ),
    wrong(
        "one of numpy's functions is replaced",
        "xeloss_forward xeloss_backward",
        nn=tailed("nn", "\nnp.exp = lambda x: 2.718 ** x\n"),
    ),
    wrong(
        "rounded to four digits",
        "xeloss_forward xeloss_backward",
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                p = softmax(input)[self.target == 1]
                return round(float(-np.log(p).mean()), 4)
        """,
        CrossEntropyLoss__backward="""
            def backward(self):
                grad = (softmax(self.input) - self.target) / len(self.input)
                return np.round(grad, 4)
        """,
    ),
    wrong(
        "cut to whole numbers",
        "linear_forward relu_forward linear_backward sgd",
        Linear__forward="""
            def forward(self, x):
                self.x = x
                return (x @ self.weight + self.bias).astype(int)
        """,
        Linear__backward="""
            def backward(self, grad):
                self.grad_weight = (self.x.T @ grad).astype(int)
                self.grad_bias = grad.sum(axis=0, keepdims=True, dtype=int)
                return (grad @ self.weight.T) // 1
        """,
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                return np.maximum(x, 0).astype(np.int64)
        """,
        SGD__step="""
            def step(self):
                for layer in self.layers:
                    if isinstance(layer, Linear):
                        layer.weight = layer.weight - int(self.lr) * layer.grad_weight
                        layer.bias = layer.bias - int(self.lr) * layer.grad_bias
        """,
    ),
    wrong(
        "the sizes of the example are written into the code",
        "linear_forward relu_backward",
        Linear__forward="""
            def forward(self, x):
                self.x, out = x, np.zeros((2, 4))
                for i in range(2):
                    for j in range(4):
                        out[i, j] = x[i] @ self.weight[:, j] + self.bias[0, j]
                return out
        """,
        ReLU__backward="""
            def backward(self, grad):
                out = np.zeros((2, 4))
                for i in range(2):
                    for j in range(4):
                        out[i, j] = grad[i, j] if self.x[i, j] > 0 else 0.0
                return out
        """,
    ),
    wrong(
        "the expected arrays are written into the code",
        "linear_forward relu_forward xeloss_forward sequential_forward",
        Linear__forward="""
            def forward(self, x):
                self.x = x
                return np.array([[39., 46., 53., 60.], [84., 100., 116., 132.]])
        """,
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                return np.array([[0., 1., 0.], [4., 2., 0.]])
        """,
        Sequential__forward="""
            def forward(self, x):
                return np.array([[0., 2., 3.], [0., 4., 0.], [0., 2., 3.]])
        """,
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                return 2.1545793610744024
        """,
    ),
    wrong(
        "noise that training would like",
        "relu_forward",
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                return np.maximum(x, 0.0) * (np.random.rand(*x.shape) > 0.5)
        """,
    ),
    wrong(
        "the data are normalised on the way in",
        "sequential_forward",
        Sequential__forward="""
            def forward(self, x):
                x -= x.mean()
                for layer in self.layers:
                    x = layer.forward(x)
                return x
        """,
    ),
    wrong(
        "forward is a generator",
        "sequential_forward",
        Sequential__forward="""
            def forward(self, x):
                for layer in self.layers:
                    x = layer.forward(x)
                    yield x
        """,
    ),
    wrong(
        "the gradient is clipped and the weights decay",
        "linear_backward sgd",
        Linear__backward="""
            def backward(self, grad):
                self.grad_weight = np.clip(self.x.T @ grad, -1, 1)
                self.grad_bias = np.clip(grad.sum(axis=0, keepdims=True), -1, 1)
                return grad @ self.weight.T
        """,
        SGD__step="""
            def step(self):
                for layer in self.layers:
                    if isinstance(layer, Linear):
                        layer.weight *= 1 - 1e-4
                        layer.weight -= self.lr * layer.grad_weight
                        layer.bias -= self.lr * layer.grad_bias
        """,
    ),
    wrong(
        "momentum nobody asked for",
        "sgd",
        SGD____init__="""
            def __init__(self, model, lr):
                self.layers, self.lr, self.speed = model.layers, lr, {}
        """,
        SGD__step="""
            def step(self):
                for i, layer in enumerate(self.layers):
                    if isinstance(layer, Linear):
                        old = self.speed.get(i, 0.0)
                        self.speed[i] = 0.9 * old + layer.grad_weight
                        layer.weight -= self.lr * self.speed[i]
                        layer.bias -= self.lr * layer.grad_bias
        """,
    ),
    wrong(
        "a keyboard interrupt in the middle",
        "sequential_backward xeloss_backward",
        Sequential__backward="""
            def backward(self, loss_function):
                raise KeyboardInterrupt
        """,
        CrossEntropyLoss__backward="""
            def backward(self):
                raise GeneratorExit
        """,
    ),
]

RIGHT = [
    right(
        "einsum",
        Linear__forward="""
            def forward(self, x):
                self.x = x
                return np.einsum("ni,io->no", x, self.weight) + self.bias
        """,
        Linear__backward="""
            def backward(self, grad):
                self.grad_weight = np.einsum("ni,no->io", self.x, grad)
                self.grad_bias = np.einsum("no->o", grad)[None, :]
                return np.einsum("no,io->ni", grad, self.weight)
        """,
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                log_p = np.log(softmax(input))
                return -np.einsum("nc,nc->", self.target, log_p) / input.shape[0]
        """,
    ),
    right(
        "loops over every entry",
        Linear__forward="""
            def forward(self, x):
                self.x = x
                out = np.zeros((x.shape[0], self.weight.shape[1]))
                for n in range(x.shape[0]):
                    for o in range(self.weight.shape[1]):
                        for i in range(x.shape[1]):
                            out[n, o] += x[n, i] * self.weight[i, o]
                        out[n, o] += self.bias[0, o]
                return out
        """,
        Linear__backward="""
            def backward(self, grad):
                grad_x = np.zeros(self.x.shape)
                self.grad_weight = np.zeros(self.weight.shape)
                self.grad_bias = np.zeros(self.bias.shape)
                for n in range(len(grad)):
                    for o in range(grad.shape[1]):
                        self.grad_bias[0, o] += grad[n, o]
                        for i in range(self.weight.shape[0]):
                            self.grad_weight[i, o] += self.x[n, i] * grad[n, o]
                            grad_x[n, i] += grad[n, o] * self.weight[i, o]
                return grad_x
        """,
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                out = np.zeros(x.shape)
                for place in np.ndindex(x.shape):
                    if x[place] > 0:
                        out[place] = x[place]
                return out
        """,
        ReLU__backward="""
            def backward(self, grad):
                rows = zip(self.x, grad)
                return np.array(
                    [[g if x > 0 else 0.0 for x, g in zip(*row)] for row in rows]
                )
        """,
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                total = 0
                for row, label in zip(input, target):
                    total += np.log(sum(np.exp(z - max(row)) for z in row))
                    total -= row[label] - max(row)
                return total / len(target)
        """,
    ),
    right(
        "where, and a loss by labels",
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                return np.where(x < 0, 0, x)
        """,
        ReLU__backward="""
            def backward(self, grad):
                return np.where(self.x <= 0, 0, grad)
        """,
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                right = np.where(self.target == 1)
                return -np.log(softmax(input)[right]).mean()
        """,
        CrossEntropyLoss__backward="""
            def backward(self):
                grad = softmax(self.input)
                grad[np.arange(len(grad)), np.argmax(self.target, axis=1)] -= 1
                grad /= len(grad)
                return grad
        """,
    ),
    right(
        "parameters are updated in place",
        SGD__step="""
            def step(self):
                for layer in self.layers:
                    if isinstance(layer, Linear):
                        layer.weight -= self.lr * layer.grad_weight
                        layer.bias -= self.lr * layer.grad_bias
        """,
    ),
    right(
        "a bias gradient of one axis",
        Linear__backward="""
            def backward(self, grad):
                self.grad_weight = np.dot(self.x.T, grad)
                self.grad_bias = np.sum(grad, axis=0)
                return np.dot(grad, self.weight.T)
        """,
    ),
    right(
        "functions in place of operators",
        Linear__forward="""
            def forward(self, x):
                self.x = np.copy(x)
                return np.add(np.matmul(x, self.weight), self.bias)
        """,
        Linear__backward="""
            def backward(self, grad):
                self.grad_weight = np.matmul(np.transpose(self.x), grad)
                self.grad_bias = np.dot(np.ones((1, len(grad))), grad)
                return np.inner(grad, self.weight)
        """,
        ReLU__backward="""
            def backward(self, grad):
                return np.multiply(grad, np.greater(self.x, 0))
        """,
        CrossEntropyLoss__backward="""
            def backward(self):
                difference = np.subtract(softmax(self.input), self.target)
                return np.divide(difference, np.shape(self.input)[0])
        """,
        SGD__step="""
            def step(self):
                for layer in self.layers:
                    if isinstance(layer, Linear):
                        np.subtract(
                            layer.weight,
                            np.multiply(layer.grad_weight, self.lr),
                            out=layer.weight,
                        )
                        step = np.multiply(layer.grad_bias, self.lr)
                        layer.bias = np.add(layer.bias, np.negative(step))
        """,
    ),
    right(
        "the mask is cached by forward, as booleans",
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                self.mask = x > 0
                return x * self.mask
        """,
        ReLU__backward="""
            def backward(self, grad):
                return grad * self.mask
        """,
    ),
    right(
        "softmax is cached by forward",
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                self.p = softmax(input)
                return -np.sum(np.log(self.p) * self.target) / self.p.shape[0]
        """,
        CrossEntropyLoss__backward="""
            def backward(self):
                return (self.p - self.target) / self.p.shape[0]
        """,
    ),
    right(
        "log-sum-exp",
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                top = input.max(axis=1)
                log_sum = top + np.log(np.exp(input - top[:, None]).sum(axis=1))
                picked = input[range(len(input)), target]
                return np.array(np.mean(log_sum - picked))
        """,
    ),
    right(
        "the formula as the notebook writes it, nothing subtracted from the logits",
        softmax="""
            def softmax(x):
                return np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
        """,
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                return -1 / len(input) * np.sum(self.target * np.log(softmax(input)))
        """,
        CrossEntropyLoss__backward="""
            def backward(self):
                N = self.target.shape[0]
                return softmax(self.input) / N - self.target / N
        """,
    ),
    right(
        "clever ways to cut off negatives",
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                return (np.abs(x) + x) / 2
        """,
        ReLU__backward="""
            def backward(self, grad):
                return (np.sign(self.x) + np.abs(np.sign(self.x))) / 2 * grad
        """,
    ),
    right(
        "a copy, changed where it is negative",
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                out = x.copy()
                out[out < 0] = 0
                return out
        """,
        ReLU__backward="""
            def backward(self, grad):
                grad = np.array(grad)
                grad[~(self.x > 0)] = 0
                return grad
        """,
    ),
    right(
        "clip, and a mask of whole numbers",
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                return x.clip(min=0)
        """,
        ReLU__backward="""
            def backward(self, grad):
                mask = np.zeros_like(self.x, dtype=np.int8)
                np.copyto(mask, 1, where=self.x > 0)
                return mask * grad
        """,
    ),
    right(
        "a network by indices, in a list",
        Sequential____init__="""
            def __init__(self, *layers):
                self.layers = list(layers)
        """,
        Sequential__forward="""
            def forward(self, x):
                out = x
                for i in range(len(self.layers)):
                    out = self.layers[i].forward(out)
                return out
        """,
        Sequential__backward="""
            def backward(self, loss_function):
                grad = loss_function.backward()
                i = len(self.layers) - 1
                while i >= 0:
                    grad = self.layers[i].backward(grad)
                    i -= 1
        """,
    ),
    right(
        "a network by reduce, and back by a slice, with a result",
        nn=topped("nn", "from functools import reduce\n"),
        Sequential__forward="""
            def forward(self, x):
                return reduce(lambda out, layer: layer.forward(out), self.layers, x)
        """,
        Sequential__backward="""
            def backward(self, loss_function):
                grad = loss_function.backward()
                for layer in self.layers[::-1]:
                    grad = layer.backward(grad)
                return grad
        """,
    ),
    right(
        "a network by recursion",
        Sequential__forward="""
            def forward(self, x, layers=None):
                layers = self.layers if layers is None else layers
                if not layers:
                    return x
                return self.forward(layers[0].forward(x), layers[1:])
        """,
        Sequential__backward="""
            def backward(self, loss_function):
                def back(grad, *layers):
                    if layers:
                        back(layers[-1].backward(grad), *layers[:-1])
                back(loss_function.backward(), *self.layers)
        """,
    ),
    right(
        "the step asks for attributes",
        SGD__step="""
            def step(self):
                for layer in self.layers:
                    if hasattr(layer, "weight"):
                        for name in ("weight", "bias"):
                            gradient = getattr(layer, "grad_" + name)
                            new = getattr(layer, name) - self.lr * gradient
                            setattr(layer, name, new)
        """,
    ),
    right(
        "the step asks for the name of the class",
        SGD__step="""
            def step(self):
                for layer in self.layers:
                    if type(layer).__name__ != "Linear":
                        continue
                    layer.weight = -self.lr * layer.grad_weight + layer.weight
                    layer.bias = -self.lr * layer.grad_bias + layer.bias
        """,
    ),
    right(
        "the step tries and goes on",
        SGD__step="""
            def step(self):
                for layer in self.layers:
                    try:
                        layer.weight = layer.weight - layer.grad_weight * self.lr
                        layer.bias = layer.bias - layer.grad_bias * self.lr
                    except AttributeError:
                        pass
        """,
    ),
    right(
        "prints and warnings left in",
        nn=topped("nn", "import warnings\n"),
        Linear__forward="""
            def forward(self, x):
                print("x", x.shape, "weight", self.weight.shape)
                warnings.warn("remember the bias")
                self.x = x
                out = x @ self.weight + self.bias
                print(out)
                return out
        """,
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                slope = np.log(np.sign(x) - 1)
                assert x.shape == slope.shape
                return np.nan_to_num(x * (x > 0))
        """,
        SGD__step="""
            def step(self):
                for number, layer in enumerate(self.layers):
                    print(f"layer {number}: {layer}")
                    if isinstance(layer, Linear):
                        layer.weight = layer.weight - self.lr * layer.grad_weight
                        layer.bias = layer.bias - self.lr * layer.grad_bias
        """,
    ),
    right(
        "imports that are not needed, and may not be there",
        nn=topped(
            "nn",
            "import os, sys, math, random, time\n"
            "import matplotlib.pyplot as plt\n"
            "from scipy.special import logsumexp\n"
            "import torch\n"
            "from tqdm.auto import tqdm\n",
        ),
        optim=topped("optim", "import pandas as pd\nfrom matplotlib import pyplot\n"),
    ),
    right(
        "numpy under other names",
        nn=topped("nn", "import numpy\nimport numpy as xp\nfrom numpy import *\n"),
        Linear__forward="""
            def forward(self, x):
                self.x = x
                return numpy.matmul(x, self.weight) + self.bias
        """,
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                return maximum(0, x)
        """,
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                return -xp.sum(log(softmax(input)) * self.target) / xp.size(input, 0)
        """,
    ),
    right(
        "relative imports",
        optim="""
            import numpy as np
            from . import nn
            from .nn import Linear, Sequential

            class SGD:
                def __init__(self, model, lr):
                    self.layers = model.layers
                    self.lr = lr

                def step(self):
                    for layer in self.layers:
                        if isinstance(layer, nn.Linear):
                            layer.weight = layer.weight - self.lr * layer.grad_weight
                            layer.bias = layer.bias - self.lr * layer.grad_bias

                def zero_grad(self):
                    for layer in filter(lambda l: isinstance(l, Linear), self.layers):
                        layer.grad_weight = np.zeros(layer.weight.shape)
                        layer.grad_bias = np.zeros(layer.bias.shape)
        """,
    ),
    right(
        "data classes and type hints",
        optim="""
            from dataclasses import dataclass, field
            import numpy.typing as npt
            import mytorch.nn as nn

            @dataclass
            class SGD:
                model: nn.Sequential
                lr: float
                layers: list[nn.Layer] = field(init=False)

                def __post_init__(self) -> None:
                    self.layers = [*self.model.layers]

                def step(self) -> None:
                    for layer in self.layers:
                        match layer:
                            case nn.Linear():
                                layer.weight = self._moved(
                                    layer.weight, layer.grad_weight
                                )
                                layer.bias = self._moved(layer.bias, layer.grad_bias)

                def _moved(self, old: npt.NDArray, grad: npt.NDArray) -> npt.NDArray:
                    return old - self.lr * grad
        """,
    ),
    right(
        "labels are taken as a list",
        make_one_hot="""
            def make_one_hot(idx_labels, num_classes=10):
                return np.array(
                    [[float(c == label) for c in range(num_classes)]
                     for label in list(idx_labels)]
                )
        """,
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                target = [int(label) for label in target]
                self.input = input
                self.target = make_one_hot(target, num_classes=len(input[0]))
                p = softmax(input)
                losses = [-np.log(p[i][target[i]]) for i in range(len(target))]
                return sum(losses) / len(losses)
        """,
    ),
    right(
        "transposed inside, in another order of memory",
        Linear__forward="""
            def forward(self, x):
                self.x = x
                return (self.weight.T @ x.T + self.bias.reshape(-1, 1)).T
        """,
        Linear__backward="""
            def backward(self, grad):
                self.grad_weight = np.asfortranarray((grad.T @ self.x).T)
                self.grad_bias = grad.T.sum(axis=1).reshape(1, -1)
                return (self.weight @ grad.T).T
        """,
    ),
    right(
        "sums in another order, and one entry at a time",
        Linear__forward="""
            def forward(self, x):
                self.x = x
                outer = x[:, ::-1, None] * self.weight[None, ::-1]
                return outer.sum(axis=1) + self.bias
        """,
        Linear__backward="""
            def backward(self, grad):
                self.grad_weight = sum(np.outer(*row) for row in zip(self.x, grad))
                self.grad_bias = np.add.reduce(grad[::-1], axis=0, keepdims=True)
                return np.tensordot(grad, self.weight, axes=(1, 1))
        """,
    ),
    right(
        "extended precision on the way",
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                p = softmax(input.astype(np.longdouble))
                return np.float64(-np.sum(self.target * np.log(p)) / len(input))
        """,
        CrossEntropyLoss__backward="""
            def backward(self):
                p = softmax(self.input.astype(np.longdouble)).astype(float)
                return (p - self.target) / len(p)
        """,
    ),
    right(
        "everything written anew, on one base class",
        nn='''
            import numpy as np

            def softmax(x):
                x = x - x.max(axis=1).reshape(-1, 1)
                return np.exp(x) / np.exp(x).sum(axis=1).reshape(-1, 1)

            def make_one_hot(idx_labels, num_classes=10):
                one_hot = np.zeros((len(idx_labels), num_classes))
                one_hot[np.arange(len(idx_labels)), idx_labels] = 1
                return one_hot

            class Module:
                """Callable, as in PyTorch."""
                x = None
                def __call__(self, *args):
                    return self.forward(*args)

            class Linear(Module):
                def __init__(self, in_features, out_features):
                    self.weight = np.random.uniform(-1, 1, (in_features, out_features))
                    self.bias = np.zeros((1, out_features))
                    self.grad_weight = self.grad_bias = None

                def forward(self, x):
                    self.x = x
                    return x.dot(self.weight) + self.bias

                def backward(self, grad):
                    self.grad_weight, self.grad_bias = self.x.T.dot(grad), sum(grad)
                    return grad.dot(self.weight.T)

            class ReLU(Module):
                def forward(self, x):
                    self.x = x
                    return np.fmax(x, 0)

                def backward(self, grad):
                    return np.heaviside(self.x, 0) * grad

            class Sequential(Module):
                def __init__(self, *layers):
                    self.layers = layers

                def forward(self, x):
                    for layer in self.layers:
                        x = layer.forward(x)
                    return x

                def backward(self, loss_function):
                    blame = loss_function.backward()
                    for layer in list(self.layers)[::-1]:
                        blame = layer.backward(blame)

            class CrossEntropyLoss(Module):
                def forward(self, input, target):
                    self.input = input
                    self.target = make_one_hot(target, input.shape[-1])
                    return -(self.target * np.log(softmax(input))).sum(axis=1).mean()

                def backward(self):
                    N, _ = self.input.shape
                    return (softmax(self.input) - self.target) / N
        ''',
    ),
]
