"""A computational graph that finds its own gradients.

A node computes its `value` from the values of the nodes that enter it (`forward`)
and its `gradients` from those of the nodes that use it (`backward`).
`gradients[n]` is the gradient of the graph's last node with respect
to `n`, as far as it flows through this node, in the shape of `n.value`. N is the
number of rows, I the number of inputs of a `Linear`, O the number of its outputs.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

log = logging.getLogger(__name__)


class Node:
    """What all nodes share: a value, the neighbours in the graph, the gradients.

    `inbound_nodes` enter this node, in the order of its formula. `outbound_nodes`
    use it; each is listed once, even when this node enters it twice.

    >>> x = Input("x")
    >>> twice = Add(x, x)
    >>> [n.name for n in twice.inbound_nodes], [n.name for n in x.outbound_nodes]
    (['x', 'x'], ['Add_Op'])
    """

    def __init__(self, inbound_nodes: Sequence[Node] = ()) -> None:
        self.name = "Node"
        self.value: Any = None
        self.inbound_nodes = list(inbound_nodes)
        self.outbound_nodes: list[Node] = []
        self.gradients: dict[Node, Any] = {}
        for node in self.inbound_nodes:
            if self not in node.outbound_nodes:
                node.outbound_nodes.append(self)

    def forward(self) -> None:
        """Set `value`, computed from the values of `inbound_nodes`."""
        raise NotImplementedError

    def backward(self) -> None:
        """Set `gradients` anew, from `gradients[self]` of every outbound node."""
        raise NotImplementedError


class Input(Node):
    """A node whose value comes from outside: data, a weight or a bias."""

    def __init__(self, name: str = "Input") -> None:
        Node.__init__(self)
        self.name = name

    def forward(self, value: Any = None) -> None:
        """Set `value` if one is given, 0.0 included; keep the old one if not.

        >>> x = Input("x")
        >>> x.forward(4)
        >>> x.forward()
        >>> x.value
        4
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Input.forward is not yet written")

    def backward(self) -> None:
        """Set `gradients[self]`: the sum of what the outbound nodes hold for it.

        It has the shape of `value`, and is zeros where no node uses the input.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Input.backward is not yet written")


class Add(Node):
    """The sum of its inputs, numbers or arrays of one shape.

    >>> x, y, z = Input("x"), Input("y"), Input("z")
    >>> f = Add(x, y, z)
    >>> forward_pass(f, topological_sort({x: 4, y: 5, z: 10}))
    19
    """

    def __init__(self, *inputs: Node) -> None:
        Node.__init__(self, inputs)
        self.name = "Add_Op"

    def forward(self) -> None:
        """Set `value` to the sum of the inputs' values."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Add.forward is not yet written")

    def backward(self) -> None:
        """Set `gradients[n]` for each input n: the incoming gradient.

        The incoming gradient is the sum over the outbound nodes, or ones in the
        shape of `value` if there are none. An input that enters twice counts twice.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Add.backward is not yet written")


class Mul(Node):
    """The product of its inputs, numbers or arrays of one shape, entry by entry.

    >>> x, y, z = Input("x"), Input("y"), Input("z")
    >>> f = Mul(x, y, z)
    >>> forward_pass(f, topological_sort({x: 4, y: 5, z: 10}))
    200
    """

    def __init__(self, *inputs: Node) -> None:
        Node.__init__(self, inputs)
        self.name = "Mul_Op"

    def forward(self) -> None:
        """Set `value` to the product of the inputs' values."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Mul.forward is not yet written")

    def backward(self) -> None:
        """Set `gradients[n]` for each input n: incoming times the other inputs.

        The incoming gradient is the sum over the outbound nodes, or ones in the
        shape of `value` if there are none. An input that enters twice counts twice.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Mul.backward is not yet written")


class Linear(Node):
    """O weighted sums with a bias: X W + b.

    The values have the shapes X (N, I), W (I, O), b (O,).

    >>> X, W, b = Input("X"), Input("W"), Input("b")
    >>> f = Linear(X, W, b)
    >>> feed_dict = {
    ...     X: np.array([[1.0, 2.0], [3.0, 4.0]]),
    ...     W: np.array([[5.0, 6.0], [7.0, 8.0]]),
    ...     b: np.array([-1.0, -1.0]),
    ... }
    >>> forward_pass(f, topological_sort(feed_dict))
    array([[18., 21.],
           [42., 49.]])
    """

    def __init__(self, X: Node, W: Node, b: Node) -> None:
        Node.__init__(self, [X, W, b])
        self.name = "Linear_OP"

    def forward(self) -> None:
        """Set `value` to X W + b, shape (N, O)."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Linear.forward is not yet written")

    def backward(self) -> None:
        """Set the gradients w.r.t. X (N, I), W (I, O) and b (O,).

        The incoming gradient (N, O) is the sum over the outbound nodes. The
        gradients of W and b are sums over the rows: the cost was divided by N.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Linear.backward is not yet written")


class Sigmoid(Node):
    """1 / (1 + e^-x) of every entry, any shape: squeezed between 0 and 1.

    >>> x = Input("x")
    >>> forward_pass(Sigmoid(x), topological_sort({x: np.array([-1000.0, 0.0])}))
    array([0. , 0.5])
    """

    def __init__(self, node: Node) -> None:
        Node.__init__(self, [node])
        self.name = "Sigmoid_Op"

    def forward(self) -> None:
        """Set `value` to the sigmoid of the input's value, same shape."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Sigmoid.forward is not yet written")

    def backward(self) -> None:
        """Set the input's gradient: incoming times value times (1 - value).

        The incoming gradient is the sum over the outbound nodes.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Sigmoid.backward is not yet written")


class MSE(Node):
    """The cost: the mean of the squared differences between y and a.

    `y` is what is wanted, `a` what the network answers: m entries each, as (m,) or
    (m, 1). After `forward`, `m` is their number and `diff` is y - a, shape (m, 1).

    >>> y, a = Input("y"), Input("a")
    >>> feed_dict = {y: np.array([1, 2, 3]), a: np.array([[4.5], [5.0], [10.0]])}
    >>> print(round(forward_pass(MSE(y, a), topological_sort(feed_dict)), 4))
    23.4167
    """

    def __init__(self, y: Node, a: Node) -> None:
        Node.__init__(self, [y, a])
        self.name = "MSE_Op"
        self.m: int = 0
        self.diff: Any = None

    def forward(self) -> None:
        """Set `value`, a float, and keep `m` and `diff` (m, 1) for `backward`.

        Both values become columns first: (m,) minus (m, 1) would be (m, m).
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("MSE.forward is not yet written")

    def backward(self) -> None:
        """Set the gradients w.r.t. y and a, from `m` and `diff`.

        The cost is the last node: it has no incoming gradient.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("MSE.backward is not yet written")


def topological_sort(feed_dict: Mapping[Input, Any]) -> list[Node]:
    """Return the nodes of the graph, each once and after all that enter it.

    `feed_dict` holds the value of every `Input`; each input's `value` is set to it.
    The graph is what can be reached from those inputs through `outbound_nodes`.

    >>> x, y = Input("x"), Input("y")
    >>> f = Mul(Add(x, y), y)
    >>> [n.name for n in topological_sort({x: 1, y: 2})][-2:], y.value
    (['Add_Op', 'Mul_Op'], 2)
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("topological_sort is not yet written")


def forward_pass(output_node: Node, sorted_nodes: Sequence[Node]) -> Any:
    """Return the value of `output_node`, after a forward at each node in order."""
    # Your code goes here, in place of the next line.
    raise NotImplementedError("forward_pass is not yet written")


def forward_and_backward(graph: Sequence[Node]) -> None:
    """Let each node of the sorted `graph` go forward, then, in reverse, backward.

    >>> x, y, z = Input("x"), Input("y"), Input("z")
    >>> f = Mul(Add(x, y), z)
    >>> forward_and_backward(topological_sort({x: -2.0, y: 5.0, z: -4.0}))
    >>> f.value, [float(n.gradients[n]) for n in (x, y, z)]
    (-12.0, [-4.0, -4.0, 3.0])
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("forward_and_backward is not yet written")


def sgd_update(trainables: Sequence[Input], learning_rate: float = 1e-2) -> None:
    """Move the value of each trainable by -learning_rate times its gradient.

    >>> w = Input("w")
    >>> w.value, w.gradients = 5.0, {w: 10.0}
    >>> sgd_update([w])
    >>> w.value
    4.9
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("sgd_update is not yet written")


FORMULAS = {
    "Linear_OP": "{} · {} + {}",
    "Sigmoid_Op": "1 / (1 + e^-{})",
    "MSE_Op": "mean of ({} - {})²",
}
SIGNS = {"Add_Op": " + ", "Mul_Op": " · "}


def shown(value: Any) -> str:
    """Return a value as one short line: four digits, the middle of a lot left out."""
    if value is None or isinstance(value, str):
        return str(value)
    text = np.array2string(np.asarray(value), precision=4, threshold=16, edgeitems=2)
    return " ".join(text.split())


def tell_forward(node: Node) -> None:
    """Log the node's formula, what it computed, and from what."""
    names = [n.name for n in node.inbound_nodes]
    formula = FORMULAS.get(node.name, "").format(*names)
    formula = formula or SIGNS.get(node.name, ", ").join(names) or "value"
    log.info("forward at %s: %s = %s", node.name, formula, shown(node.value))
    for n in dict.fromkeys(node.inbound_nodes):
        log.info("    %s = %s", n.name, shown(n.value))


def tell_backward(node: Node) -> None:
    """Log the gradients that came in, and what the node made of them."""
    log.info("backward at %s", node.name)
    for n in node.outbound_nodes:
        log.info("    from %s: %s", n.name, shown(n.gradients.get(node)))
    if not node.outbound_nodes:
        log.info("    the last node: no gradient comes in")
    for n, gradient in node.gradients.items():
        result = "sum" if n is node else f"for {n.name}"
        log.info("    %s: %s", result, shown(gradient))


def told(method: Callable[..., None], tell: Callable[[Node], None]) -> Any:
    """Return `method`, followed by a word about the node."""

    def method_then_tell(node: Node, *args: Any, **kwargs: Any) -> None:
        method(node, *args, **kwargs)
        tell(node)

    return method_then_tell


@contextmanager
def trace() -> Iterator[None]:
    """Log every forward and backward while it is active, and print the log.

    >>> x = Input("x")
    >>> with trace():
    ...     value = forward_pass(Add(x, x), topological_sort({x: 3.0}))
    forward at x: value = 3.
    forward at Add_Op: x + x = 6.
        x = 3.
    """
    tells = {"forward": tell_forward, "backward": tell_backward}
    methods = [
        (kind, name, vars(kind)[name], tell)
        for kind in Node.__subclasses__()
        for name, tell in tells.items()
        if name in vars(kind)
    ]
    handler, level = logging.StreamHandler(sys.stdout), log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    for kind, name, method, tell in methods:
        setattr(kind, name, told(method, tell))
    try:
        yield
    finally:
        for kind, name, method, _ in methods:
            setattr(kind, name, method)
        log.removeHandler(handler)
        log.setLevel(level)
