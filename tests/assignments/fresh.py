"""Sixty wrong programs, and the words that name what is wrong with each.

They were written as a student would write them, without a look at the misconceptions
of the assignments, and measure how often a reason names the real mistake. `names` is
a pattern that the reason must hold; it is the words of a person who has read both.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fresh:
    """A wrong program: its question, what names the mistake, the part that is wrong."""

    question: str
    names: str
    target: str
    text: str


MLP = (
    Fresh(
        "linear_forward",
        r"\bbias\b",
        "nn.Linear.forward",
        """
        def forward(self, x):
            self.x = x
            return x @ self.weight
        """,
    ),
    Fresh(
        "linear_forward",
        r"negative|relu|activation|clipp",
        "nn.Linear.forward",
        """
        def forward(self, x):
            self.x = x
            z = np.matmul(x, self.weight) + self.bias
            return np.maximum(z, 0)
        """,
    ),
    Fresh(
        "linear_forward",
        r"(layer|self)\.x",
        "nn.Linear.forward",
        """
        def forward(self, x):
            x = x.dot(self.weight) + self.bias
            self.x = x
            return x
        """,
    ),
    Fresh(
        "linear_forward",
        r"bias",
        "nn.Linear.forward",
        """
        def forward(self, x):
            self.x = x
            return np.dot(x, self.weight) + np.sum(self.bias)
        """,
    ),
    Fresh(
        "relu_forward",
        r"negative|absolute|abs",
        "nn.ReLU.forward",
        """
        def forward(self, x):
            self.x = x
            return np.abs(x)
        """,
    ),
    Fresh(
        "relu_forward",
        r"along an axis|largest",
        "nn.ReLU.forward",
        """
        def forward(self, x):
            self.x = x
            return np.max(x, 0)
        """,
    ),
    Fresh(
        "relu_forward",
        r"chang|in place|copy|afterwards",
        "nn.ReLU.forward",
        """
        def forward(self, x):
            self.x = x.copy()
            x[x < 0] = 0
            return x
        """,
    ),
    Fresh(
        "relu_forward",
        r"slope|leak|negative part",
        "nn.ReLU.forward",
        """
        def forward(self, x):
            self.x = x
            return np.where(x > 0, x, 0.1 * x)
        """,
    ),
    Fresh(
        "sequential_forward",
        r"every layer|each layer|original|layer before|same input|one before|previous",
        "nn.Sequential.forward",
        """
        def forward(self, x):
            for layer in self.layers:
                out = layer.forward(x)
            return out
        """,
    ),
    Fresh(
        "sequential_forward",
        r"last layer|left out|skipped|missing|layers\[2\]",
        "nn.Sequential.forward",
        """
        def forward(self, x):
            for i in range(len(self.layers) - 1):
                x = self.layers[i].forward(x)
            return x
        """,
    ),
    Fresh(
        "sequential_forward",
        r"None|return",
        "nn.Sequential.forward",
        """
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
        """,
    ),
    Fresh(
        "xeloss_forward",
        r"mean|averag|batch|factor N\b|divide",
        "nn.CrossEntropyLoss.forward",
        """
        def forward(self, input, target):
            self.input = input
            self.target = make_one_hot(target, num_classes=input.shape[1])
            total = 0.0
            for row, t in zip(input, target):
                row = row - row.max()
                total += np.log(np.exp(row).sum()) - row[t]
            return float(total)
        """,
    ),
    Fresh(
        "xeloss_forward",
        r"all entries|N times C|factor C\b",
        "nn.CrossEntropyLoss.forward",
        """
        def forward(self, input, target):
            self.input = input
            self.target = make_one_hot(target, num_classes=input.shape[1])
            z = input - input.max(axis=1, keepdims=True)
            logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
            return float(np.mean(-self.target * logp))
        """,
    ),
    Fresh(
        "xeloss_forward",
        r"small number|inside the log",
        "nn.CrossEntropyLoss.forward",
        """
        def forward(self, input, target):
            self.input = input
            self.target = make_one_hot(target, num_classes=input.shape[1])
            p = softmax(input)
            rows = np.arange(len(input))
            return float(-np.log(p[rows, np.array(target)] + 1e-12).mean())
        """,
    ),
    Fresh(
        "xeloss_forward",
        r"logarithm|log2|base|\blog\b",
        "nn.CrossEntropyLoss.forward",
        """
        def forward(self, input, target):
            self.input = input
            self.target = make_one_hot(target, num_classes=input.shape[1])
            z = input - input.max(axis=1, keepdims=True)
            logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
            logp = logp / np.log(2)
            return float(-(self.target * logp).sum() / len(input))
        """,
    ),
    Fresh(
        "xeloss_backward",
        r"factor N|mean|batch size|divide|1/N|/ N",
        "nn.CrossEntropyLoss.backward",
        """
        def backward(self):
            p = softmax(self.input)
            p[self.target == 1] -= 1
            return p
        """,
    ),
    Fresh(
        "xeloss_backward",
        r"softmax|logits|probabilit",
        "nn.CrossEntropyLoss.backward",
        """
        def backward(self):
            return (self.input - self.target) / self.input.shape[0]
        """,
    ),
    Fresh(
        "xeloss_backward",
        r"probabilities.*logits|other classes",
        "nn.CrossEntropyLoss.backward",
        """
        def backward(self):
            p = softmax(self.input)
            return -self.target / p / len(p)
        """,
    ),
    Fresh(
        "linear_backward",
        r"bias.*(mean|averag|summed|sum\b|divided|factor N)",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            self.grad_weight = self.x.T.dot(grad)
            self.grad_bias = grad.mean(axis=0, keepdims=True)
            return grad.dot(self.weight.T)
        """,
    ),
    Fresh(
        "linear_backward",
        r"grad_weight.*(accumul|kept|afresh|second|add|over calls|old|earlier)"
        r"|(accumul|kept|afresh|second|add|over calls|old|earlier).*grad_weight",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            self.grad_weight += self.x.T @ grad
            self.grad_bias += grad.sum(axis=0, keepdims=True)
            return grad @ self.weight.T
        """,
    ),
    Fresh(
        "linear_backward",
        r"transpos|weight\.T|W\.T|W\^T",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            self.grad_weight = self.x.T @ grad
            self.grad_bias = grad.sum(axis=0, keepdims=True)
            return grad @ self.weight
        """,
    ),
    Fresh(
        "linear_backward",
        r"weight afterwards|optimi[sz]er|updat|step",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            self.grad_weight = self.x.T @ grad
            self.grad_bias = grad.sum(axis=0, keepdims=True)
            grad_x = grad @ self.weight.T
            self.weight = self.weight - 0.01 * self.grad_weight
            self.bias = self.bias - 0.01 * self.grad_bias
            return grad_x
        """,
    ),
    Fresh(
        "relu_backward",
        r"incoming|\bgrad\b|multipl|chain",
        "nn.ReLU.backward",
        """
        def backward(self, grad):
            return (self.x > 0).astype(float)
        """,
    ),
    Fresh(
        "relu_backward",
        r"mask|slope|times x|multipl|0 or 1|x itself",
        "nn.ReLU.backward",
        """
        def backward(self, grad):
            return np.maximum(self.x, 0) * grad
        """,
    ),
    Fresh(
        "relu_backward",
        r"exactly 0|at 0|where x is 0|zero",
        "nn.ReLU.backward",
        """
        def backward(self, grad):
            out = grad.copy()
            out[self.x < 0] = 0
            return out
        """,
    ),
    Fresh(
        "sequential_backward",
        r"every layer|each layer|same gradient|layer after|hand|pass",
        "nn.Sequential.backward",
        """
        def backward(self, loss_function):
            for layer in self.layers[::-1]:
                layer.backward(loss_function.backward())
        """,
    ),
    Fresh(
        "sequential_backward",
        r"first layer|left out|layers\[0\]|skipped|every layer|not called",
        "nn.Sequential.backward",
        """
        def backward(self, loss_function):
            grad = loss_function.backward()
            for i in range(len(self.layers) - 1, 0, -1):
                grad = self.layers[i].backward(grad)
        """,
    ),
    Fresh(
        "sgd",
        r"sign|against|minus|\+|ascent|uphill|wrong direction|subtract",
        "optim.SGD.step",
        """
        def step(self):
            for layer in self.layers:
                if hasattr(layer, "weight"):
                    layer.weight += self.lr * layer.grad_weight
                    grad_bias = np.reshape(layer.grad_bias, layer.bias.shape)
                    layer.bias += self.lr * grad_bias
        """,
    ),
    Fresh(
        "sgd",
        r"learning rate.*bias|bias.*learning rate",
        "optim.SGD.step",
        """
        def step(self):
            for layer in self.layers:
                if isinstance(layer, Linear):
                    layer.weight = layer.weight - self.lr * layer.grad_weight
                    layer.bias = layer.bias - layer.grad_bias.reshape(layer.bias.shape)
        """,
    ),
    Fresh(
        "sgd",
        r"only.*layer|layers\[[02]\]|every layer|last layer|first layer|one layer",
        "optim.SGD.step",
        """
        def step(self):
            for layer in self.layers:
                if isinstance(layer, Linear):
                    layer.weight = layer.weight - self.lr * layer.grad_weight
                    grad = np.reshape(layer.grad_bias, layer.bias.shape)
                    layer.bias = layer.bias - self.lr * grad
                    return
        """,
    ),
)

MINIFLOW = (
    Fresh(
        "input",
        r"\b0\b|0\.0|zero",
        "miniflow.Input.forward",
        """
        def forward(self, value=None):
            self.value = value or self.value
        """,
    ),
    Fresh(
        "input",
        r"no value|without a value|keep|kept|wiped",
        "miniflow.Input.forward",
        """
        def forward(self, value=None):
            self.value = value
        """,
    ),
    Fresh(
        "topological_sort",
        r"before|order|wait",
        "miniflow.topological_sort",
        """
        def topological_sort(feed_dict):
            for n in feed_dict:
                n.value = feed_dict[n]
            todo, L = list(feed_dict), []
            while todo:
                n = todo.pop(0)
                if n not in L:
                    L.append(n)
                    todo += n.outbound_nodes
            return L
        """,
    ),
    Fresh(
        "topological_sort",
        r"feed_dict|value",
        "miniflow.topological_sort",
        """
        def topological_sort(feed_dict):
            seen, L = set(), []

            def visit(n):
                if n in seen:
                    return
                seen.add(n)
                for m in n.outbound_nodes:
                    visit(m)
                L.insert(0, n)

            for n in feed_dict:
                visit(n)
            return L
        """,
    ),
    Fresh(
        "topological_sort",
        r"changed|cop(y|ies)|inbound_nodes",
        "miniflow.topological_sort",
        """
        def topological_sort(feed_dict):
            for n, v in feed_dict.items():
                n.value = v
            S, L = list(feed_dict), []
            while S:
                n = S.pop()
                L.append(n)
                for m in n.outbound_nodes:
                    while n in m.inbound_nodes:
                        m.inbound_nodes.remove(n)
                    if not m.inbound_nodes:
                        S.append(m)
            return L
        """,
    ),
    Fresh(
        "forward_pass",
        r"output_node|asked|last",
        "miniflow.forward_pass",
        """
        def forward_pass(output_node, sorted_nodes):
            for n in sorted_nodes:
                n.forward()
            return sorted_nodes[-1].value
        """,
    ),
    Fresh(
        "forward_pass",
        r"left out|every node|each node|all (the )?nodes|not called|stop",
        "miniflow.forward_pass",
        """
        def forward_pass(output_node, sorted_nodes):
            for n in sorted_nodes:
                if n is output_node:
                    break
                n.forward()
            output_node.forward()
            return output_node.value
        """,
    ),
    Fresh(
        "forward_pass",
        r"None|return",
        "miniflow.forward_pass",
        """
        def forward_pass(output_node, sorted_nodes):
            for n in sorted_nodes:
                n.forward()
            print(output_node.value)
        """,
    ),
    Fresh(
        "add_forward",
        r"two|all (the )?inputs|every input|third|any number|inputs",
        "miniflow.Add.forward",
        """
        def forward(self):
            self.value = self.inbound_nodes[0].value + self.inbound_nodes[1].value
        """,
    ),
    Fresh(
        "add_forward",
        r"old|last pass|kept|start|second|afresh|earlier",
        "miniflow.Add.forward",
        """
        def forward(self):
            if self.value is None:
                self.value = 0
            for n in self.inbound_nodes:
                self.value = self.value + n.value
        """,
    ),
    Fresh(
        "mul_forward",
        r"start|\b0\b|zero",
        "miniflow.Mul.forward",
        """
        def forward(self):
            self.value = 0
            for n in self.inbound_nodes:
                self.value = self.value * n.value
        """,
    ),
    Fresh(
        "mul_forward",
        r"\bsum|add|plus|product|\+",
        "miniflow.Mul.forward",
        """
        def forward(self):
            self.value = 0
            for n in self.inbound_nodes:
                self.value = self.value + n.value
        """,
    ),
    Fresh(
        "linear_forward",
        r"entry by entry|multiplied with entries|elementwise",
        "miniflow.Linear.forward",
        """
        def forward(self):
            X, W, b = [n.value for n in self.inbound_nodes]
            self.value = X * W + b
        """,
    ),
    Fresh(
        "linear_forward",
        r"\bb\b|bias",
        "miniflow.Linear.forward",
        """
        def forward(self):
            X, W, b = self.inbound_nodes
            self.value = X.value @ W.value
        """,
    ),
    Fresh(
        "sigmoid_forward",
        r"sign|minus|-x|e\^",
        "miniflow.Sigmoid.forward",
        """
        def forward(self):
            x = self.inbound_nodes[0].value
            self.value = 1 / (1 + np.exp(x))
        """,
    ),
    Fresh(
        "sigmoid_forward",
        r"tanh|between|range|-1",
        "miniflow.Sigmoid.forward",
        """
        def forward(self):
            x = self.inbound_nodes[0].value
            self.value = np.tanh(x)
        """,
    ),
    Fresh(
        "mse_forward",
        r"broadcast|reshape|column|\(m, m\)|\(n, n\)",
        "miniflow.MSE.forward",
        """
        def forward(self):
            y = self.inbound_nodes[0].value
            a = self.inbound_nodes[1].value
            self.m = len(y)
            self.diff = y - a
            self.value = np.mean(self.diff ** 2)
        """,
    ),
    Fresh(
        "mse_forward",
        r"root|squar",
        "miniflow.MSE.forward",
        """
        def forward(self):
            y = self.inbound_nodes[0].value.reshape(-1, 1)
            a = self.inbound_nodes[1].value.reshape(-1, 1)
            self.m = y.shape[0]
            self.diff = y - a
            self.value = np.sqrt(np.mean(self.diff ** 2))
        """,
    ),
    Fresh(
        "mse_forward",
        r"diff",
        "miniflow.MSE.forward",
        """
        def forward(self):
            y = self.inbound_nodes[0].value.reshape(-1, 1)
            a = self.inbound_nodes[1].value.reshape(-1, 1)
            self.m = y.shape[0]
            self.diff = a - y
            self.value = np.mean(self.diff ** 2)
        """,
    ),
    Fresh(
        "mse_backward",
        r"half|\b2\b|two|squar",
        "miniflow.MSE.backward",
        """
        def backward(self):
            y, a = self.inbound_nodes
            self.gradients[y] = (self.diff / self.m).reshape(np.shape(y.value))
            self.gradients[a] = (-self.diff / self.m).reshape(np.shape(a.value))
        """,
    ),
    Fresh(
        "mse_backward",
        r"sign|minus|swap|opposite",
        "miniflow.MSE.backward",
        """
        def backward(self):
            y, a = self.inbound_nodes
            g = 2 / self.m * self.diff
            self.gradients[y] = np.reshape(-g, np.shape(y.value))
            self.gradients[a] = np.reshape(g, np.shape(a.value))
        """,
    ),
    Fresh(
        "sigmoid_backward",
        r"value|sigmoid\(|of the input|\bx\b",
        "miniflow.Sigmoid.backward",
        """
        def backward(self):
            n = self.inbound_nodes[0]
            self.gradients = {n: np.zeros_like(n.value, dtype=float)}
            for out in self.outbound_nodes:
                self.gradients[n] += out.gradients[self] * n.value * (1 - n.value)
        """,
    ),
    Fresh(
        "sigmoid_backward",
        r"last|sum|overwrit|every|each|all",
        "miniflow.Sigmoid.backward",
        """
        def backward(self):
            n = self.inbound_nodes[0]
            for out in self.outbound_nodes:
                g = out.gradients[self]
                self.gradients[n] = g * self.value * (1 - self.value)
        """,
    ),
    Fresh(
        "linear_backward",
        r"\bb\b.*(summed|added up)|bias.*(summed|added up)",
        "miniflow.Linear.backward",
        """
        def backward(self):
            X, W, b = self.inbound_nodes
            g = sum(n.gradients[self] for n in self.outbound_nodes)
            self.gradients[X] = g @ W.value.T
            self.gradients[W] = X.value.T @ g
            self.gradients[b] = g
        """,
    ),
    Fresh(
        "linear_backward",
        r"transpos|turned on its side",
        "miniflow.Linear.backward",
        """
        def backward(self):
            X, W, b = self.inbound_nodes
            g = sum(n.gradients[self] for n in self.outbound_nodes)
            self.gradients[X] = g @ W.value.T
            self.gradients[W] = g.T @ X.value
            self.gradients[b] = g.sum(axis=0)
        """,
    ),
    Fresh(
        "add_backward",
        r"ones|last node|no (consumer|node)|without|nothing comes|outbound",
        "miniflow.Add.backward",
        """
        def backward(self):
            for n in self.inbound_nodes:
                self.gradients[n] = np.zeros_like(n.value, float)
            for out in self.outbound_nodes:
                for n in self.inbound_nodes:
                    self.gradients[n] = self.gradients[n] + out.gradients[self]
        """,
    ),
    Fresh(
        "mul_backward",
        r"other",
        "miniflow.Mul.backward",
        """
        def backward(self):
            grad = np.ones_like(self.value, dtype=float)
            if self.outbound_nodes:
                grad = sum(n.gradients[self] for n in self.outbound_nodes)
            self.gradients = {n: grad * n.value for n in self.inbound_nodes}
        """,
    ),
    Fresh(
        "input_backward",
        r"sum|every|each|all|one (node|consumer)|first",
        "miniflow.Input.backward",
        """
        def backward(self):
            self.gradients[self] = np.zeros_like(self.value, dtype=float)
            if self.outbound_nodes:
                self.gradients[self] = self.outbound_nodes[0].gradients[self]
        """,
    ),
    Fresh(
        "forward_and_backward",
        r"another order|revers|which way",
        "miniflow.forward_and_backward",
        """
        def forward_and_backward(graph):
            for n in graph:
                n.forward()
            for n in graph:
                n.backward()
        """,
    ),
    Fresh(
        "sgd_update",
        r"default|1e-2|0\.01|learning.rate|learning_rate",
        "miniflow.sgd_update",
        """
        def sgd_update(trainables, learning_rate=1e-2):
            for t in trainables:
                t.value = t.value - 0.01 * t.gradients[t]
        """,
    ),
)
