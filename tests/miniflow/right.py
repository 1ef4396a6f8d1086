"""Which other programs are right? They differ as students' do, and lose nothing."""

import textwrap

from tests.support.programs import Right

HEADS = {
    "miniflow.Input.forward": "forward(self, value=None)",
    "miniflow.topological_sort": "topological_sort(feed_dict)",
    "miniflow.forward_pass": "forward_pass(output_node, sorted_nodes)",
    "miniflow.forward_and_backward": "forward_and_backward(graph)",
    "miniflow.sgd_update": "sgd_update(trainables, learning_rate=1e-2)",
}


def right(name: str, **bodies: str) -> Right:
    """Return a right program; the body of "Add__forward" is that of miniflow.Add.forward."""
    texts = {}
    for place, body in bodies.items():
        target = f"miniflow.{place.replace('__', '.')}"
        head = HEADS.get(target, f"{place.split('__')[-1]}(self)")
        texts[target] = f"def {head}:\n{textwrap.indent(textwrap.dedent(body), '    ')}\n"
    return Right(name, texts)


RIGHT = [
    right("the reference"),
    right("the seed's way: nodes kept in forward, loops over consumers",
        Linear__forward="""
            self.X, self.W, self.b = self.inbound_nodes
            self.value = np.dot(self.X.value, self.W.value) + self.b.value""",
        Linear__backward="""
            self.gradients = {n: np.zeros_like(n.value) for n in self.inbound_nodes}
            for n in self.outbound_nodes:
                cost = n.gradients[self]
                self.gradients[self.X] += np.dot(cost, self.W.value.T)
                self.gradients[self.W] += np.dot(self.X.value.T, cost)
                self.gradients[self.b] += np.sum(cost, axis=0, keepdims=False)""",
        Sigmoid__forward="self.value = 1.0 / (1.0 + np.exp(-self.inbound_nodes[0].value))",
        Sigmoid__backward="""
            self.gradients = {n: np.zeros_like(n.value) for n in self.inbound_nodes}
            for n in self.outbound_nodes:
                slope = self.value * (1 - self.value)
                self.gradients[self.inbound_nodes[0]] += slope * n.gradients[self]""",
        MSE__forward="""
            y = self.inbound_nodes[0].value.reshape(-1, 1)
            a = self.inbound_nodes[1].value.reshape(-1, 1)
            self.m = self.inbound_nodes[0].value.shape[0]
            self.diff = y - a
            self.value = np.mean(np.square(self.diff))""",
        MSE__backward="""
            self.gradients[self.inbound_nodes[0]] = 2 / self.m * self.diff
            self.gradients[self.inbound_nodes[1]] = -2 / self.m * self.diff""",
        Add__forward="""
            self.value = 0
            for n in self.inbound_nodes:
                self.value = self.value + n.value""",
        forward_and_backward="""
            for n in graph:
                n.forward()
            for n in graph[::-1]:
                n.backward()""",
        sgd_update="""
            for t in trainables:
                t.value -= learning_rate * t.gradients[t]"""),
    right("sums by einsum, all consumers stacked",
        Linear__forward="""
            X, W, b = [n.value for n in self.inbound_nodes]
            self.value = np.einsum("ni,io->no", X, W) + b""",
        Linear__backward="""
            X, W, b = self.inbound_nodes
            grads = np.stack([n.gradients[self] for n in self.outbound_nodes])
            self.gradients = {X: np.einsum("cno,io->ni", grads, W.value), W: np.einsum("ni,cno->io", X.value, grads), b: np.einsum("cno->o", grads)}""",
        MSE__forward="""
            y, a = [np.ravel(n.value) for n in self.inbound_nodes]
            self.m = y.size
            self.diff = (y - a)[:, None]
            self.value = np.einsum("i,i", y - a, y - a) / y.size"""),
    right("plain loops over rows and columns",
        Linear__forward="""
            X, W, b = [n.value for n in self.inbound_nodes]
            out = np.empty((X.shape[0], W.shape[1]))
            for i in range(out.shape[0]):
                for j in range(out.shape[1]):
                    total = b[j]
                    for k in range(X.shape[1]):
                        total = total + X[i, k] * W[k, j]
                    out[i, j] = total
            self.value = out""",
        MSE__forward="""
            y, a = [n.value.flatten() for n in self.inbound_nodes]
            self.m, self.diff = len(y), np.array([[p - q] for p, q in zip(y, a)])
            self.value = sum(d[0] ** 2 for d in self.diff) / self.m"""),
    right("ufuncs, and sums grown in fresh arrays",
        Add__forward="""
            total = np.zeros(np.shape(self.inbound_nodes[0].value))
            for n in self.inbound_nodes:
                total += n.value
            self.value = total""",
        Add__backward="""
            grad = np.zeros(np.shape(self.value))
            for n in self.outbound_nodes:
                grad += n.gradients[self]
            if not self.outbound_nodes:
                grad += 1.0
            self.gradients = {n: grad.copy() * 0 for n in self.inbound_nodes}
            for n in self.inbound_nodes:
                self.gradients[n] += grad""",
        Mul__forward="""
            total = np.ones_like(self.inbound_nodes[0].value)
            for n in self.inbound_nodes:
                np.multiply(total, n.value, out=total)
            self.value = total""",
        Input__backward="""
            self.gradients = {self: 0}
            for n in self.outbound_nodes:
                total = np.add(self.gradients[self], n.gradients[self])
                self.gradients[self] = total"""),
    right("numpy does the sums and products",
        Add__forward="self.value = np.sum([n.value for n in self.inbound_nodes], axis=0)",
        Mul__forward="self.value = np.prod([n.value for n in self.inbound_nodes], axis=0)",
        Mul__backward="""
            values = np.array([n.value for n in self.inbound_nodes])
            grads = [n.gradients[self] for n in self.outbound_nodes]
            grad = np.sum(grads, axis=0) if grads else np.ones_like(values[0])
            parts = {}
            for i, n in enumerate(self.inbound_nodes):
                part = grad * np.prod(np.delete(values, i, axis=0), axis=0)
                parts[n] = parts[n] + part if n in parts else part
            self.gradients = parts""",
        Sigmoid__backward="""
            grad = np.sum([n.gradients[self] for n in self.outbound_nodes], axis=0)
            self.gradients = {self.inbound_nodes[0]: grad * (self.value - self.value ** 2)}"""),
    right("a sigmoid by tanh, its slope from the input again",
        Sigmoid__forward="self.value = 0.5 * (1.0 + np.tanh(0.5 * self.inbound_nodes[0].value))",
        Sigmoid__backward="""
            x = self.inbound_nodes[0]
            s = 1.0 / (1.0 + np.exp(-x.value))
            self.gradients = {x: np.zeros_like(s)}
            for n in self.outbound_nodes:
                self.gradients[x] += n.gradients[self] * s * (1.0 - s)"""),
    right("a sigmoid by e^x, and a layer as one product with a column of ones",
        Sigmoid__forward="""
            e = np.exp(self.inbound_nodes[0].value)
            self.value = e / (e + 1.0)""",
        Linear__forward="""
            X, W, b = [n.value for n in self.inbound_nodes]
            ones = np.ones((len(X), 1))
            self.value = np.hstack([X, ones]) @ np.vstack([W, b])"""),
    right("a sort by depth first, reversed",
        topological_sort="""
            done, nodes = set(), []
            def visit(n):
                if n in done:
                    return
                done.add(n)
                for m in n.outbound_nodes:
                    visit(m)
                nodes.append(n)
            for n, value in feed_dict.items():
                n.value = value
                visit(n)
            nodes.reverse()
            return nodes"""),
    right("a sort by counting edges with sets, popped in any order",
        topological_sort="""
            into, queue = {}, list(feed_dict)
            for n in queue:
                for m in n.outbound_nodes:
                    into.setdefault(m, set()).add(n)
                    if m not in queue:
                        queue.append(m)
            ready, nodes = set(feed_dict), []
            while ready:
                n = ready.pop()
                if isinstance(n, Input):
                    n.value = feed_dict[n]
                nodes.append(n)
                for m in n.outbound_nodes:
                    into[m].discard(n)
                    if not into[m]:
                        ready.add(m)
            return nodes"""),
    right("a sort from the outputs back, by the longest path",
        topological_sort="""
            def depth(n):
                return 1 + max([depth(m) for m in n.inbound_nodes], default=0)
            nodes = set(feed_dict)
            while True:
                more = {m for n in nodes for m in n.outbound_nodes} - nodes
                if not more:
                    break
                nodes |= more
            for n, value in feed_dict.items():
                n.value = value
            return sorted(nodes, key=depth)"""),
    right("gradients as columns or rows where an axis of 1 may be",
        Linear__backward="""
            X, W, b = self.inbound_nodes
            grad = sum(n.gradients[self] for n in self.outbound_nodes)
            self.gradients = {X: grad @ W.value.T, W: X.value.T @ grad, b: grad.sum(axis=0, keepdims=True)}""",
        MSE__backward="""
            y, a = self.inbound_nodes
            grad = self.diff[:, 0] * 2 / len(self.diff)
            self.gradients = {y: grad, a: -grad}"""),
    right("caches of forward used in backward, where forward is right",
        Mul__forward="""
            self.values = [n.value for n in self.inbound_nodes]
            self.value = 1
            for value in self.values:
                self.value = self.value * value""",
        Mul__backward="""
            incoming = [n.gradients[self] for n in self.outbound_nodes]
            grad = sum(incoming) if incoming else np.ones_like(self.value)
            self.gradients = {}
            for i, n in enumerate(self.inbound_nodes):
                part = grad
                for j, value in enumerate(self.values):
                    if i != j:
                        part = part * value
                self.gradients[n] = self.gradients.get(n, 0) + part""",
        MSE__forward="""
            y, a = [n.value for n in self.inbound_nodes]
            self.y, self.a = y, a
            self.diff = y.reshape(-1, 1) - a.reshape(-1, 1)
            self.m = self.diff.shape[0]
            self.value = (self.diff ** 2).mean()""",
        MSE__backward="""
            y, a = self.inbound_nodes
            grad = 2 * (self.y.ravel() - self.a.ravel()) / self.m
            self.gradients = {y: grad.reshape(y.value.shape), a: -grad.reshape(a.value.shape)}"""),
    right("updates in place, passes by index and by comprehension",
        sgd_update="""
            for t in trainables:
                if isinstance(t.value, np.ndarray):
                    np.subtract(t.value, learning_rate * t.gradients[t], out=t.value)
                else:
                    t.value += -learning_rate * t.gradients[t]""",
        forward_pass="""
            [n.forward() for n in sorted_nodes]
            return output_node.value""",
        forward_and_backward="""
            forward_pass(graph[-1], graph)
            for i in range(len(graph) - 1, -1, -1):
                graph[i].backward()""",
        Input__forward="""
            if value is None:
                return
            self.value = np.array(value)"""),
]
