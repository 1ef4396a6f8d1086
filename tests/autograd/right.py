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
    others(
        "axes moved and moved back, what has come in is dropped",
        {
            "unbroadcast": """
                def unbroadcast(grad, shape):
                    out = np.zeros(shape)
                    owner = np.broadcast_to(np.arange(out.size).reshape(shape), grad.shape)
                    np.add.at(out.reshape(-1), owner.ravel(), grad.ravel())
                    return out
            """,
            "Tensor____mul__": """
                def __mul__(self, other):
                    a, b = spread(self, other)
                    x, y = a.data, b.data
                    return record(y * x, (b, a), lambda grad: (x * grad, y * grad))
            """,
            "Tensor____matmul__": """
                def __matmul__(self, other):
                    a, b = spread(self, other, kept=2)
                    turn = lambda m: np.moveaxis(m, -1, -2)
                    return record(np.matmul(a.data, b.data), (a, b),
                                  lambda grad: (turn(b.data @ turn(grad)), turn(turn(grad) @ a.data)))
            """,
            "Tensor__transpose": """
                def transpose(self, *axes):
                    home = list(range(len(axes)))
                    return record(np.moveaxis(self.data, axes, home), (self,), lambda g: (np.moveaxis(g, home, axes),))
            """,
            "Tensor__sum": """
                def sum(self, axis=None, keepdims=False):
                    kept = np.sum(self.data, axis=axis, keepdims=True)
                    ones = np.ones_like(self.data)
                    data = np.sum(self.data, axis=axis, keepdims=keepdims)
                    return record(data, (self,), lambda grad: (ones * grad.reshape(kept.shape),))
            """,
            "Tensor__backward": """
                def backward(self):
                    coming = {id(self): np.ones(self.data.shape)}
                    for node in reversed(topological_order(self)):
                        if id(node) not in coming:
                            continue
                        g = coming.pop(id(node))
                        if node.gradients is None:
                            if node.requires_grad:
                                node.grad = g if node.grad is None else node.grad + g
                            continue
                        for parent, share in zip(node.parents, node.gradients(g)):
                            coming[id(parent)] = coming[id(parent)] + share if id(parent) in coming else share
            """,
            "cross_entropy": """
                def cross_entropy(logits, labels):
                    labels = np.array(labels)
                    rows = np.arange(len(labels))
                    lse = np.logaddexp.reduce(logits.data, axis=1)
                    loss = np.mean(lse - logits.data[rows, labels])

                    def gradients(grad):
                        p = np.exp(logits.data - lse[:, None])
                        p[rows, labels] -= 1
                        return (p * (grad / len(rows)),)

                    return record(loss, (logits,), gradients)
            """,
        },
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
