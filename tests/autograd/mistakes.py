"""How do students get autograd wrong, and what are they told? Nothing of this file ships."""

from autograder.judging.mistakes import mistakes

m = mistakes("unbroadcast")
FRONT, ONES, KEPT = "grad = np.sum(grad, axis=tuple(range(in_front)))", "ones = tuple(i for i, length in enumerate(shape) if length == 1)", "return np.asarray(np.sum(grad, axis=ones, keepdims=True))"
m("the axes of length 1 are not summed", (KEPT, "return np.asarray(grad)"))
m("only the first axis of length 1 is summed; there may be several", (KEPT, "return np.asarray(np.sum(grad, axis=ones[:1], keepdims=True))"))
m("the axes of length 1 are lost: keep them with keepdims", (KEPT, "return np.asarray(np.sum(grad, axis=ones))"))
m("the axes in front are not summed", (FRONT, ""))
m("only the first axis in front is summed; there may be several", (FRONT, "grad = np.sum(grad, axis=0) if in_front else grad"))
m("averaged: sum the gradients that come back to the same entry", (FRONT, "grad = np.mean(grad, axis=tuple(range(in_front)))"), (KEPT, "return np.asarray(np.mean(grad, axis=ones, keepdims=True))"))
m("the first entry is taken in place of the sum", (FRONT, "grad = grad[(0,) * in_front]"), (KEPT, "for i in ones:\n    grad = np.take(grad, [0], axis=i)\nreturn np.asarray(grad)"))
m("the axes of length 1 are counted with the axes in front: sum those in front first", (FRONT, "for i, length in enumerate(shape):\n    if length == 1:\n        grad = np.sum(grad, axis=i, keepdims=True)\ngrad = np.sum(grad, axis=tuple(range(np.ndim(grad) - len(shape))))"), (KEPT, "return np.asarray(grad)"))
m("reshaped, not summed", (FRONT, "if np.size(grad) >= np.prod(shape):\n    return np.resize(grad, shape)"))

m = mistakes("add")
LAMBDA = "lambda grad: (grad, grad)"
m("each parent gets half of the gradient; a sum passes all of it to both", (LAMBDA, "lambda grad: (grad / 2, grad / 2)"))
m("these are the gradients of a product: a sum passes the incoming one on", (LAMBDA, "lambda grad: (grad * b.data, grad * a.data)"))
m("the second parent is subtracted", (LAMBDA, "lambda grad: (grad, -grad)"))
m("ones are returned; the incoming gradient is missing", (LAMBDA, "lambda grad: (np.ones_like(grad), np.ones_like(grad))"))
m("the second parent gets nothing", (LAMBDA, "lambda grad: (grad, 0 * grad)"))
m("summed to one number: each entry has its own gradient", (LAMBDA, "lambda grad: (np.sum(grad), np.sum(grad))"))
m("the parents are the tensors before they were stretched: use a and b", ("(a, b)", "(self, as_tensor(other))"))
m("the other tensor is not added", ("a.data + b.data", "a.data"))

m = mistakes("mul")
LAMBDA = "lambda grad: (grad * b.data, grad * a.data)"
m("the two are swapped: the gradient of a is grad times b", (LAMBDA, "lambda grad: (grad * a.data, grad * b.data)"))
m("the incoming gradient is missing", (LAMBDA, "lambda grad: (b.data, a.data)"))
m("passed on unchanged, as in a sum: multiply by the other one", (LAMBDA, "lambda grad: (grad, grad)"))
m("divided by itself: an entry may be zero; multiply by the other one", (LAMBDA, "lambda grad: (grad * a.data * b.data / a.data, grad * a.data * b.data / b.data)"))
m("multiplied by both", (LAMBDA, "lambda grad: (grad * a.data * b.data, grad * a.data * b.data)"))
m("the second parent gets nothing", (LAMBDA, "lambda grad: (grad * b.data, 0 * grad)"))
m("the parents are the tensors before they were stretched: use a and b", ("(a, b)", "(self, as_tensor(other))"))

m = mistakes("topological_order")
m("breadth first search: a tensor may then come before one of its parents", whole="def topological_order(root):\n    order, seen, waiting = [], set(), [root]\n    while waiting:\n        node = waiting.pop(0)\n        if id(node) not in seen:\n            seen.add(id(node))\n            order.append(node)\n            waiting += node.parents\n    return order[::-1]")
m("listed before its parents: a tensor must come after all of them", whole="def topological_order(root):\n    order, seen, waiting = [], set(), [root]\n    while waiting:\n        node = waiting.pop()\n        if id(node) not in seen:\n            seen.add(id(node))\n            order.append(node)\n            waiting += node.parents\n    return order[::-1]")
m("calls itself: a long chain reaches Python's limit of recursion", whole="def topological_order(root):\n    order, seen = [], set()\n\n    def visit(node):\n        if id(node) not in seen:\n            seen.add(id(node))\n            for parent in node.parents:\n                visit(parent)\n            order.append(node)\n\n    visit(root)\n    return order")
m("root comes first; parents must come first", ("return order", "return order[::-1]"))
m("root itself is missing", ("return order", "return order[:-1]"))
m("the leaves are missing", ("return order", "return [node for node in order if node.parents]"))

m = mistakes("backward")
START, KEEP, SUM, CALL = "found = {id(self): np.ones(self.shape)}", "node.grad = grad if node.grad is None else node.grad + grad", "found[id(parent)] = found.get(id(parent), 0.0) + part", "for parent, part in zip(node.parents, node.gradients(grad), strict=True):"
m("the gradient of a second use replaces the first: sum over all uses", (SUM, "found[id(parent)] = part"))
m("another call replaces the gradients stored before: add to them", (KEEP, "node.grad = grad"))
m.form("sums of an earlier call are passed on again", (START, "found = self.__dict__.setdefault('found', {})\nfound[id(self)] = found.get(id(self), 0.0) + np.ones(self.shape)"))
m.form("sums of an earlier call are passed on again", whole="def backward(self):\n    self.grad = np.ones(self.shape)\n    for node in reversed(topological_order(self)):\n        if node.gradients is not None:\n            for parent, part in zip(node.parents, node.gradients(node.grad)):\n                if parent.requires_grad:\n                    parent.grad = part if parent.grad is None else parent.grad + part")
m("a use is counted once although a tensor enters twice", (CALL, "pairs = {id(p): (p, g) for p, g in zip(node.parents, node.gradients(grad))}\nfor parent, part in pairs.values():"))
m("leaves that need no gradient get one: look at requires_grad", ("if node.requires_grad:", "if True:"))
m("it starts from the data: the gradient of a tensor w.r.t. itself is 1", (START, "found = {id(self): self.data}"))
m("it starts from the mean: ones are asked for", (START, "found = {id(self): np.ones(self.shape) / self.data.size}"))
m("the order is not reversed: begin at this tensor", ("reversed(topological_order(self))", "topological_order(self)"))
m("only the parents of this tensor are reached: continue to the leaves", ("reversed(topological_order(self))", "[*self.parents[::-1], self][::-1]"))
IN_PLACE = "+= changes an array that a sum shares with other tensors: make a new one"
m.form(IN_PLACE, (SUM, "if id(parent) in found:\n    found[id(parent)] += part\nelse:\n    found[id(parent)] = part"))
m.form(IN_PLACE, (SUM, "found[id(parent)] = found[id(parent)] + part if id(parent) in found else part"), (KEEP, "if node.grad is None:\n    node.grad = grad\nelse:\n    node.grad += grad"))
m("grad is added twice to a leaf", (KEEP, "node.grad = 2 * grad if node.grad is None else node.grad + 2 * grad"))

m = mistakes("matmul")
GA, GB = "grad @ np.swapaxes(b.data, -1, -2)", "np.swapaxes(a.data, -1, -2) @ grad"
BT, AT = "np.swapaxes(b.data, -1, -2)", "np.swapaxes(a.data, -1, -2)"
m("the two gradients are swapped: the first belongs to a", (f"{GA},\n{GB}", f"{GB}, {GA}"))
m("b is not transposed, which shows when it is square", (BT, "b.data"))
m("a is not transposed, which shows when it is square", (AT, "a.data"))
m(".T reverses all axes: with a batch, swap only the last two", (BT, "b.data.T"), (AT, "a.data.T"))
m("the product is taken the wrong way round: grad comes first for a", (GA, f"{BT} @ grad"))
m("the product is taken the wrong way round: grad comes last for b", (GB, f"grad @ {AT}"))
m("multiplied entry by entry; use the matrix product", ("a.data @ b.data", "a.data * b.data"))
m("the gradient of b is transposed: it has the shape of b", (GB, "np.swapaxes(np.swapaxes(a.data, -1, -2) @ grad, -1, -2)"))

for question, letter in (("sum", "grad"), ("mean", "grad / count")):
    m = mistakes(question)
    OUT = "np.broadcast_to(np.reshape(grad, kept.shape), self.shape).copy()" if question == "sum" else "np.broadcast_to(grad.reshape(kept.shape) / count, self.shape).copy()"
    m("ones alone are returned: the incoming gradient is missing", (OUT, "np.ones(self.shape)" if question == "sum" else "np.ones(self.shape) / count"))
    m("the summed axis is not put back: give it the length 1 where it was", (OUT, f"np.broadcast_to({letter}, self.shape).copy()"))
    m("axis is ignored: take together only the entries along it", ("axis=axis, keepdims=True", "axis=None, keepdims=True"), (f"np.{question}(self.data, axis=axis)", f"np.{question}(self.data)"))
    m("the gradient is summed to one number", (OUT, f"np.full(self.shape, np.sum({letter}))"))
m = mistakes("sum")
m("divided by the number of entries: a sum passes the gradient on unchanged", ("np.reshape(grad, kept.shape)", "np.reshape(grad, kept.shape) * kept.size / self.data.size"))
m("keepdims is ignored", ("kept if keepdims else np.sum(self.data, axis=axis)", "np.sum(self.data, axis=axis)"))
m = mistakes("mean")
m("not divided by the number of entries in each mean", ("/ count", ""))
m("divided by all entries; each mean has fewer", ("self.data.size / kept.size", "self.data.size"))
m("always divided by the length of the first axis; use the axes that are given", ("self.data.size / kept.size", "self.data.shape[0] if axis is not None else self.data.size"), ("kept if keepdims else np.mean(self.data, axis=axis)", "(kept if keepdims else np.mean(self.data, axis=axis)) * (self.data.size / kept.size) / count"))
m("divided by the number of means; divide by the number of entries in each", ("self.data.size / kept.size", "kept.size"))
m("the sum is returned, not the mean", ("kept if keepdims else np.mean(self.data, axis=axis)", "(kept if keepdims else np.mean(self.data, axis=axis)) * count"))
m("keepdims is ignored", ("kept if keepdims else np.mean(self.data, axis=axis)", "np.mean(self.data, axis=axis)"))

m = mistakes("reshape")
m("the gradient keeps the new shape: reshape it to the old one", ("np.reshape(grad, self.shape)", "grad"))
m("the gradient is flat: reshape it to the old shape", ("np.reshape(grad, self.shape)", "np.ravel(grad)"))
m("the entries are in another order: column by column", ("np.reshape(self.data, shape)", "np.reshape(self.data, shape, order='F')"))
m("the gradient's entries are in another order: column by column", ("np.reshape(grad, self.shape)", "np.reshape(grad, self.shape, order='F')"))

m = mistakes("transpose")
BACK = "np.transpose(grad, np.argsort(axes))"
m("axes is used again: the way back needs the inverse order", (BACK, "np.transpose(grad, axes)"))
m("all axes are reversed: undo the order in axes", (BACK, "np.transpose(grad)"))
m("axes is reversed: the way back needs the inverse order, such as np.argsort", (BACK, "np.transpose(grad, axes[::-1])"))
m("the gradient is unchanged: use the inverse order of axes", (BACK, "grad"))
m("reshaped, which mixes the entries: transpose moves axes", (BACK, "np.reshape(grad, self.shape)"))
m("axes is ignored", ("np.transpose(self.data, axes)", "np.transpose(self.data)"), (BACK, "np.transpose(grad)"))
m("axes is used the wrong way round: axis i of the result is axes[i]", ("np.transpose(self.data, axes)", "np.transpose(self.data, np.argsort(axes))"), (BACK, "np.transpose(grad, axes)"))

m = mistakes("getitem")
ADD = "np.add.at(found, index, grad)"
m("an entry taken several times gets only one of its gradients: see np.add.at", (ADD, "found[index] += grad"))
m("the gradient keeps the shape of the result", (ADD, "found = grad"))
m("every entry gets a gradient: those not taken get 0", ("np.zeros(self.shape)", "np.ones(self.shape)"))
m("it has the shape of grad; give it the shape of the whole tensor", ("np.zeros(self.shape)", "np.zeros(np.shape(grad))"))
m("ones are returned: the incoming gradient is missing", (ADD, "np.add.at(found, index, 1.0)"))

for question, y, wrong, slopes in (
    ("relu", "np.maximum(x, 0.0)", "np.abs(x)", {"the slope at exactly 0 is taken as 0": ("x > 0", "x >= 0"), "the mask is made from the gradient; make it from the input": ("x > 0", "grad > 0"), "passed on everywhere: where x is below 0 the gradient is 0": ("grad * (x > 0)", "grad"), "multiplied by the value: the slope is 1 or 0": ("x > 0", "np.maximum(x, 0.0)"), "the incoming gradient is missing": ("grad * (x > 0)", "(x > 0) * 1.0")}),
    ("exp", "np.exp(self.data)", "np.exp2(self.data)", {"multiplied by x: the slope of exp is exp itself": ("grad * y", "grad * self.data"), "the incoming gradient is missing": ("grad * y", "y"), "passed on unchanged: multiply by the slope": ("grad * y", "grad"), "exp is taken twice: y is exp of x already": ("grad * y", "grad * np.exp(y)")}),
    ("log", "np.log(x)", "np.log2(x)", {"multiplied by x: the slope of log is 1 / x": ("grad / x", "grad * x"), "divided by the logarithm: the slope of log is 1 / x": ("grad / x", "grad / np.log(x + 1e-300)"), "the incoming gradient is missing": ("grad / x", "1 / x"), "passed on unchanged: multiply by the slope": ("grad / x", "grad"), "a small number is added to x: it shifts the slope": ("grad / x", "grad / (x + 1e-8)")}),
    ("tanh", "np.tanh(self.data)", "1 / (1 + np.exp(-self.data))", {"1 - y is squared: y alone is squared": ("1 - y**2", "(1 - y) ** 2"), "the square is missing": ("y**2", "y"), "this is the slope of a sigmoid: that of tanh is different": ("1 - y**2", "y * (1 - y)"), "x is used in place of the result: y is tanh of x": ("y**2", "self.data**2"), "the incoming gradient is missing": ("grad * (1 - y**2)", "1 - y**2"), "passed on unchanged: multiply by the slope": ("grad * (1 - y**2)", "grad"), "it has 1 + y², expected 1 - y²": ("1 - y**2", "1 + y**2")}),
):
    m = mistakes(question)
    m("another function: check which one the name asks for", (y, wrong))
    for sentence, change in slopes.items():
        m(sentence, change)

m = mistakes("cross_entropy")
LOG, OUT, GRAD = "log_p = z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))", "-np.mean(log_p[rows])", "grad * difference / len(log_p)"
SOFTMAX = "np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True)"
m("the softmax is rounded to 0 before the logarithm: compute both in one step", (LOG, f"log_p = np.log({SOFTMAX})"))
m("exp of the logits overflows: subtract the largest of each row first", (LOG, "z = logits.data\nlog_p = z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))"))
m("a small number is added inside the log; it shifts the loss", (LOG, f"log_p = np.log({SOFTMAX} + 1e-9)"))
m("summed over the batch; take the mean", ("np.mean(log_p[rows])", "np.sum(log_p[rows])"), ("/ len(log_p)", ""))
m("the gradient is not divided by N: the loss is a mean", ("/ len(log_p)", ""))
m("the gradient is divided by all N C entries; the mean is over N", ("len(log_p)", "log_p.size"))
m("the minus sign is missing: the logarithm of a probability is negative", (OUT, "np.mean(log_p[rows])"))
m("the sign of the gradient is flipped", (GRAD, f"-{GRAD}"))
m("the incoming gradient is missing", (GRAD, "difference / len(log_p)"))
m("1 is not subtracted at the label", ("difference[rows] -= 1", ""))
m("softmax runs down the batch; it runs along the classes", (LOG, "z = logits.data - np.max(logits.data, axis=0)\nlog_p = z - np.log(np.sum(np.exp(z), axis=0))"))
m("whole columns are taken at the labels; take one entry in each row", ("np.mean(log_p[rows])", "np.mean(log_p[:, rows[1]])"))
m("1 is subtracted in whole columns; subtract it at one entry in each row", ("difference[rows] -= 1", "difference[:, rows[1]] -= 1"))

for question in ("add", "mul", "matmul", "sum", "mean", "reshape", "transpose", "getitem", "relu", "exp", "log", "tanh", "cross_entropy"):
    m = mistakes(question)
    m("the result does not know its parents: make it with record", ("return record(", "return (lambda data, *_: Tensor(data, True))("))
