"""Which shorter programs are right, each with one habit that students have?"""

from __future__ import annotations

# Name, then functions of `autograd`; `Tensor__exp` stands for autograd.Tensor.exp.
SHORTER = {
    "the result is used on the way back": {
        "Tensor__exp": """
            def exp(self):
                out = record(np.exp(self.data), (self,), lambda g: (g * out.data,))
                return out
        """,
        "Tensor__tanh": """
            def tanh(self):
                out = record(np.tanh(self.data), (self,), None)
                if out.requires_grad:
                    out.gradients = lambda g: (g * (1 + out.data) * (1 - out.data),)
                return out
        """,
        "Tensor__reshape": """
            def reshape(self, *shape):
                old = self.data.shape
                return record(self.data.reshape(shape), [self],
                              lambda grad: [grad.reshape(old)])
        """,
    },
    "masks by other means": {
        "Tensor__relu": """
            def relu(self):
                on = np.where(self.data > 0, 1.0, 0.0)
                return record(on * self.data, (self,), lambda grad: (on * grad,))
        """,
        "Tensor__log": """
            def log(self):
                def gradients(grad):
                    return (grad * self.data**-1.0,)
                return record(np.log2(self.data) * np.log(2), (self,), gradients)
        """,
        "unbroadcast": """
            def unbroadcast(grad, shape):
                padded = (1,) * (grad.ndim - len(shape)) + tuple(shape)
                for axis in reversed(range(grad.ndim)):
                    if padded[axis] < grad.shape[axis]:
                        grad = np.add.reduce(grad, axis=axis, keepdims=True)
                return np.reshape(grad, shape)
        """,
    },
    "a gradient is filled in place": {
        "Tensor__relu": """
            def relu(self):
                def gradients(grad):
                    found = grad.copy()
                    found[self.data <= 0] = 0
                    return (found,)
                y = self.data.copy()
                y[y < 0] = 0
                return record(y, (self,), gradients)
        """,
        "Tensor__sum": """
            def sum(self, axis=None, keepdims=False):
                def gradients(grad):
                    found = np.empty_like(self.data)
                    if not keepdims and axis is not None:
                        one = (axis,) if isinstance(axis, int) else axis
                        for k in sorted(k % self.data.ndim for k in one):
                            grad = np.expand_dims(grad, k)
                    found[...] = grad
                    return (found,)
                y = np.sum(self.data, axis=axis, keepdims=keepdims)
                return record(y, (self,), gradients)
        """,
        "Tensor____getitem__": """
            def __getitem__(self, index):
                def gradients(grad):
                    whole = np.zeros_like(self.data)
                    places = np.arange(self.data.size).reshape(self.shape)[index]
                    for place, part in zip(np.ravel(places), np.ravel(grad)):
                        whole.flat[place] += part
                    return (whole,)
                return record(self.data[index], (self,), gradients)
        """,
    },
    "ones times the gradient": {
        "Tensor__mean": """
            def mean(self, axis=None, keepdims=False):
                axes = range(self.data.ndim) if axis is None else np.atleast_1d(axis)
                n = np.prod([self.shape[k] for k in axes])
                y = self.data.mean(axis=axis, keepdims=True)
                kept = y.shape
                y = y if keepdims else y.squeeze(tuple(int(k) for k in axes))
                def gradients(grad):
                    return (np.ones(self.shape) * np.reshape(grad, kept) / n,)
                return record(y, (self,), gradients)
        """,
        "Tensor____add__": """
            def __add__(self, other):
                a, b = spread(self, other)
                def gradients(grad):
                    return np.ones(a.shape) * grad, np.ones(b.shape) * grad
                return record(np.add(a.data, b.data), (a, b), gradients)
        """,
        "Tensor____mul__": """
            def __mul__(self, other):
                a, b = spread(self, other)
                x, y = a.data, b.data
                def gradients(grad):
                    return [np.einsum("...,...->...", grad, z) for z in (y, x)]
                return record(x * y, [a, b], gradients)
        """,
    },
    "one product after the other": {
        "Tensor____matmul__": """
            def __matmul__(self, other):
                a, b = spread(self, other, kept=2)
                y = np.zeros((*a.shape[:-1], b.shape[-1]))
                for at in np.ndindex(a.shape[:-2]):
                    y[at] = a.data[at] @ b.data[at]
                def gradients(grad):
                    to_a, to_b = np.zeros(a.shape), np.zeros(b.shape)
                    for at in np.ndindex(a.shape[:-2]):
                        to_a[at] = grad[at] @ b.data[at].T
                        to_b[at] = a.data[at].T @ grad[at]
                    return to_a, to_b
                return record(y, (a, b), gradients)
        """,
        "Tensor__transpose": """
            def transpose(self, *axes):
                order = list(range(len(axes)))
                y = np.moveaxis(self.data, axes, order)
                def gradients(grad):
                    return (np.moveaxis(grad, order, axes),)
                return record(y, (self,), gradients)
        """,
    },
    "iterators, and a queue": {
        "topological_order": """
            def topological_order(root):
                order, seen, path = [], {root}, [(root, iter(root.parents))]
                while path:
                    node, left = path[-1]
                    for parent in left:
                        if parent not in seen:
                            seen.add(parent)
                            path.append((parent, iter(parent.parents)))
                            break
                    else:
                        order.append(node)
                        path.pop()
                return order
        """,
        "Tensor__backward": """
            def backward(self):
                waiting = {id(t): [] for t in topological_order(self)}
                waiting[id(self)].append(np.full(self.shape, 1.0))
                for t in topological_order(self)[::-1]:
                    total = np.sum(waiting[id(t)], axis=0)
                    for k, parent in enumerate(t.parents):
                        waiting[id(parent)].append(t.gradients(total)[k])
                    if not t.parents and t.requires_grad:
                        t.grad = total + (0.0 if t.grad is None else t.grad)
        """,
    },
    "the longest way counts": {
        "topological_order": """
            def topological_order(root):
                uses, nodes = {}, [root]
                for node in nodes:
                    for p in node.parents:
                        if id(p) not in uses:
                            nodes.append(p)
                        uses[id(p)] = uses.get(id(p), 0) + 1
                depth, ready = {id(root): 0}, [root]
                while ready:
                    node = ready.pop(0)
                    for p in node.parents:
                        depth[id(p)] = max(depth.get(id(p), 0), depth[id(node)] + 1)
                        uses[id(p)] -= 1
                        if not uses[id(p)]:
                            ready.append(p)
                return sorted(nodes, key=lambda node: -depth[id(node)])
        """,
        "Tensor__backward": """
            def backward(self):
                earlier = {}
                order = list(topological_order(self))
                for t in order:
                    earlier[id(t)], t.grad = t.grad, None
                self.grad = np.ones(self.shape)
                while order:
                    t = order.pop()
                    if t.grad is None or not t.parents:
                        continue
                    for p, g in zip(t.parents, t.gradients(t.grad)):
                        p.grad = g if p.grad is None else p.grad + g
                    t.grad = earlier.pop(id(t))
                for t in topological_order(self):
                    if t.parents or not t.requires_grad:
                        t.grad = earlier.get(id(t))
                    elif earlier[id(t)] is not None:
                        t.grad = t.grad + earlier[id(t)]
        """,
    },
    "logaddexp and one-hot rows": {
        "cross_entropy": """
            def cross_entropy(logits, labels):
                z = logits.data
                total = np.logaddexp.reduce(z, axis=1)
                hot = np.zeros(z.shape)
                np.put_along_axis(hot, np.asarray(labels)[:, None], 1.0, axis=1)
                p = np.exp(z - total[:, None])
                loss = np.sum(total - np.sum(z * hot, axis=1)) / z.shape[0]
                def gradients(grad):
                    return (np.asarray(grad) / z.shape[0] * (p - hot),)
                return record(loss, (logits,), gradients)
        """,
        "Tensor__log": """
            def log(self):
                x = self.data
                return record(np.log(x), (self,), lambda grad: (np.divide(grad, x),))
        """,
    },
}
