"""Programs without the answer for `autograd`: tensors that know no formula.

An operation's result holds what the operation was given, or what anybody would try,
and hands a gradient back in some shape that fits. An order goes by the age of the
tensors, by their address, or as they were met; leaves get what lies near.
"""

from __future__ import annotations

OPERATION = """
def tensor_from(*given):
    parents = [t for t in given if isinstance(t, Tensor)]
    x = parents[0].data if parents else pick(0, *given)
    def fit(grad, parent):
        return np.resize({back}, parent.shape)
    data = {data}
    return record(data, parents, lambda grad: tuple(fit(grad, p) for p in parents))

for target in TARGETS:
    if target not in ("unbroadcast", "topological_order", "Tensor.backward"):
        put(target, lambda *given, **named: tensor_from(*given, *named.values()))
"""
DATA = {
    "echo": "x",
    "zeros": "np.zeros_like(x)",
    "ones": "np.ones_like(x)",
    "sum": "np.sum(x)",
    "row-sum": "np.sum(x, axis=0)",
    "both": "np.sum([np.sum(t.data) for t in parents])",
}
BACK = {"grad": "grad", "ones": "np.ones(1)", "parent": "parent.data"}
WALK = """
age = {}
make_tensor = Tensor.__init__

def made(self, *given, **named):
    age[self] = len(age)
    make_tensor(self, *given, **named)

Tensor.__init__ = made

def reached(root):
    found, known = [root], {root}
    for node in found:
        new = [p for p in dict.fromkeys(node.parents) if p not in known]
        found += new
        known.update(new)
    return found

"""
ORDER = """
def topological_order(root):
    nodes = reached(root)
    return {order}

"""
ORDERS = {
    "age": "sorted(nodes, key=age.get)",
    "age-backwards": "sorted(nodes, key=age.get)[::-1]",
    "address": "sorted(nodes, key=id)",
    "alive": "[n for n in __import__('gc').get_objects() if n in set(nodes)]",
    "as-reached": "nodes",
    "backwards": "nodes[::-1]",
    "leaves-first": "sorted(nodes, key=lambda n: len(n.parents))",
    "root-alone": "[root]",
}
LEAVES = """
def backward(self):
    for node in reached(self):
        if {which}:
            node.grad = {grad}

Tensor.backward = backward
"""
GRADS = {
    "ones": "np.ones(node.shape)",
    "data": "node.data",
    "ones-added": "np.ones(node.shape) + (0 if node.grad is None else node.grad)",
    "one-step": "self.gradients(np.ones(self.shape))[0]",
}


def programs() -> dict[str, str]:
    """Return the programs by name."""
    found = {
        f"tensor-{data}-{back}": OPERATION.format(data=value, back=BACK[back])
        for (data, value), back in zip(DATA.items(), [*BACK, *BACK], strict=True)
    }
    for (name, order), grad in zip(ORDERS.items(), [*GRADS, *GRADS], strict=True):
        leaves = "not node.parents and node.requires_grad"
        text = LEAVES.format(which=leaves, grad=GRADS[grad])
        found[f"order-{name}-{grad}"] = WALK + ORDER.format(order=order) + text
    return found
