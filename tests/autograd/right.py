"""Which other programs are right? They differ as students' do, and lose nothing."""

from __future__ import annotations

from tests.autograd.right_shorter import SHORTER
from tests.support.programs import Right


def right(name: str, top: dict[str, str], **methods: str) -> Right:
    """Return a right program, of functions and of methods of Tensor."""
    return Right(name, {f"autograd.{at}": text for at, text in top.items()} | {f"autograd.Tensor.{at}": text for at, text in methods.items()})


def others(name: str, functions: dict[str, str]) -> Right:
    """Return a right program; `Tensor__exp` stands for autograd.Tensor.exp."""
    return Right(name, {"autograd." + at.replace("Tensor__", "Tensor."): text for at, text in functions.items()})


RIGHT = [
    right(
        "loops, einsum and functions with names",
        {
            "unbroadcast": """
                def unbroadcast(grad, shape):
                    while grad.ndim > len(shape):
                        grad = grad.sum(axis=0)
                    for axis, length in enumerate(shape):
                        if length == 1 and grad.shape[axis] != 1:
                            grad = grad.sum(axis=axis, keepdims=True)
                    return grad
            """,
            "topological_order": """
                def topological_order(root):
                    order, listed = [], set()
                    stack = [root]
                    while stack:
                        node = stack[-1]
                        missing = [p for p in node.parents if id(p) not in listed]
                        if missing:
                            stack.append(missing[0])
                            continue
                        stack.pop()
                        if id(node) not in listed:
                            listed.add(id(node))
                            order.append(node)
                    return order
            """,
            "cross_entropy": """
                def cross_entropy(logits, labels):
                    n, c = logits.shape
                    z = logits.data
                    top = z.max(axis=1)
                    log_sum = top + np.log(np.exp(z - top[:, None]).sum(axis=1))
                    loss = 0.0
                    for i in range(n):
                        loss += (log_sum[i] - z[i, labels[i]]) / n
                    one_hot = np.eye(c)[np.asarray(labels)]

                    def gradients(grad):
                        p = np.exp(z - log_sum[:, None])
                        return (grad * (p - one_hot) / n,)

                    return record(loss, [logits], gradients)
            """,
        },
        __matmul__="""
            def __matmul__(self, other):
                a, b = spread(self, other, kept=2)

                def gradients(grad):
                    return (np.einsum("...io,...ko->...ik", grad, b.data),
                            np.einsum("...ik,...io->...ko", a.data, grad))

                return record(np.einsum("...ik,...ko->...io", a.data, b.data), (a, b), gradients)
        """,
        sum="""
            def sum(self, axis=None, keepdims=False):
                def gradients(grad):
                    if axis is not None and not keepdims:
                        grad = np.expand_dims(grad, axis)
                    return [grad + np.zeros(self.shape)]

                return record(self.data.sum(axis=axis, keepdims=keepdims), [self], gradients)
        """,
        __getitem__="""
            def __getitem__(self, index):
                places = np.arange(self.data.size).reshape(self.shape)[index]

                def gradients(grad):
                    flat = np.bincount(places.ravel(), weights=grad.ravel(), minlength=self.data.size)
                    return (flat.reshape(self.shape),)

                return record(self.data[index], (self,), gradients)
        """,
        transpose="""
            def transpose(self, *axes):
                back = [axes.index(i) for i in range(len(axes))]
                return record(self.data.transpose(axes), (self,), lambda grad: (grad.transpose(back),))
        """,
        backward="""
            def backward(self):
                order = topological_order(root=self)
                incoming = [np.zeros(t.shape) for t in order]
                incoming[-1] = incoming[-1] + 1
                place = {id(t): i for i, t in enumerate(order)}
                for i in range(len(order) - 1, -1, -1):
                    node = order[i]
                    if node.parents:
                        for p, g in zip(node.parents, node.gradients(grad=incoming[i])):
                            incoming[place[id(p)]] += g
                    elif node.requires_grad:
                        if node.grad is None:
                            node.grad = np.zeros(node.shape)
                        node.grad += incoming[i]
        """,
    ),
    right(
        "built from one another",
        {
            "unbroadcast": """
                def unbroadcast(grad, shape):
                    full = (1,) * (np.ndim(grad) - len(shape)) + tuple(shape)
                    axes = tuple(i for i, (g, s) in enumerate(zip(np.shape(grad), full)) if s == 1 and g != 1)
                    return grad.sum(axis=axes, keepdims=True).reshape(shape)
            """,
            "topological_order": """
                def topological_order(root):
                    uses, found, stack = {}, [], [root]
                    seen = {id(root)}
                    while stack:
                        node = stack.pop()
                        found.append(node)
                        for p in node.parents:
                            uses[id(p)] = uses.get(id(p), 0) + 1
                            if id(p) not in seen:
                                seen.add(id(p))
                                stack.append(p)
                    order, ready = [], [root]
                    while ready:
                        node = ready.pop()
                        order.append(node)
                        for p in node.parents:
                            uses[id(p)] -= 1
                            if uses[id(p)] == 0:
                                ready.append(p)
                    return order[::-1]
            """,
            "cross_entropy": """
                def cross_entropy(logits, labels):
                    z = logits + -np.max(logits.data, axis=1, keepdims=True)
                    log_p = z - z.exp().sum(axis=1, keepdims=True).log()
                    return -log_p[np.arange(len(z.data)), np.asarray(labels)].mean()
            """,
        },
        mean="""
            def mean(self, axis=None, keepdims=False):
                total = self.sum(axis, keepdims)
                return total * (total.data.size / self.data.size)
        """,
        relu="""
            def relu(self):
                return self * (self.data > 0)
        """,
        tanh="""
            def tanh(self):
                y = np.tanh(self.data)
                return record(y, (self,), lambda grad: (grad / np.cosh(self.data) ** 2,))
        """,
        exp="""
            def exp(self):
                return record(np.exp(self.data), (self,), lambda grad: (np.exp(self.data) * grad,))
        """,
        log="""
            def log(self):
                return record(np.log(self.data), (self,), lambda grad: (np.divide(grad, self.data),))
        """,
        reshape="""
            def reshape(self, *shape):
                return record(self.data.reshape(*shape), (self,), lambda grad: (grad.reshape(*self.shape),))
        """,
        __matmul__="""
            def __matmul__(self, other):
                a, b = spread(self, other, kept=2)
                A, B = a.data, b.data
                gradients = lambda grad: (np.matmul(grad, np.moveaxis(B, -1, -2)), np.matmul(np.moveaxis(A, -1, -2), grad))
                return record(np.matmul(A, B), (a, b), gradients)
        """,
        backward="""
            def backward(self):
                grads = {self: np.ones_like(self.data)}
                for t in topological_order(self)[::-1]:
                    if t.gradients is None:
                        continue
                    for parent, g in zip(t.parents, t.gradients(grads[t])):
                        grads[parent] = grads[parent] + g if parent in grads else g
                for t, g in grads.items():
                    if not t.parents and t.requires_grad:
                        t.grad = g if t.grad is None else t.grad + g
        """,
    ),
    *(others(name, functions) for name, functions in SHORTER.items()),
]

ENTRYWISE = {"x": "gradient of x"}
PAIR = {"a": "gradient of a", "b": "gradient of b"}

# question, of which, gradient by input, the input that weighs, the output
SLOPES = (
    *((name, name, PAIR, "grad", "result.data") for name in ("add", "mul", "matmul")),
    *((name, name, ENTRYWISE, "grad", "result.data") for name in ("sum", "mean", "reshape", "transpose", "getitem", "exp", "log", "tanh")),
    ("cross_entropy", "cross_entropy", {"logits": "gradient of logits"}, "grad", "result.data"),
)
