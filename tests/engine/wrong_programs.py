"""Which programs try the engine? Wrong ones, most of which lose several questions."""

from __future__ import annotations

from autograder.releasing.stubs import cut
from tests.mlp.right import source, tailed, targets, topped
from tests.support.programs import Wrong

FORWARD = "linear_forward relu_forward sequential_forward xeloss_forward"
BACKWARD = "xeloss_backward linear_backward relu_backward sequential_backward"
EVERY = frozenset(f"{FORWARD} {BACKWARD} sgd".split())


def wrong(name: str, loses: str, **replacements: str) -> Wrong:
    """Return a wrong program; "Linear__forward" stands for nn.Linear.forward."""
    return Wrong(name, frozenset(loses.split()), targets(replacements))


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
