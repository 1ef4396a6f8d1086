"""Sixty more wrong programs, written without a look at the mistakes or the cases.

The comment above each says what the mistake is; it was written before any of them was
judged. `names` is a pattern that a reason holds if it names that mistake. For those
that are not named it is what such a reason would have to speak of.
"""

from __future__ import annotations

from tests.assignments.fresh import Fresh

MLP = (
    # The bias is not added.
    Fresh(
        "linear_forward",
        r"bias is not added",
        "nn.Linear.forward",
        """
        def forward(self, x):
            self.x = x
            out = np.matmul(x, self.weight)
            return out
        """,
    ),
    # The weight is transposed, as PyTorch has it.
    Fresh(
        "linear_forward",
        r"transpos",
        "nn.Linear.forward",
        """
        def forward(self, x):
            self.x = x
            return x @ self.weight.T + self.bias
        """,
    ),
    # Multiplied entry by entry, not as matrices.
    Fresh(
        "linear_forward",
        r"entry by entry|matrix product",
        "nn.Linear.forward",
        """
        def forward(self, x):
            self.x = x
            return x * self.weight + self.bias
        """,
    ),
    # The bias is added once for every input.
    Fresh(
        "linear_forward",
        r"bias.*(once|often|each input|every input)",
        "nn.Linear.forward",
        """
        def forward(self, x):
            self.x = x
            N, I = x.shape
            O = self.weight.shape[1]
            out = np.zeros((N, O))
            for n in range(N):
                for o in range(O):
                    for i in range(I):
                        out[n, o] += x[n, i] * self.weight[i, o] + self.bias[0, o]
            return out
        """,
    ),
    # np.max along axis 0 where np.maximum was meant.
    Fresh(
        "relu_forward",
        r"largest along an axis",
        "nn.ReLU.forward",
        """
        def forward(self, x):
            self.x = x
            return np.max(x, 0)
        """,
    ),
    # One `if` for a whole array.
    Fresh(
        "relu_forward",
        r"truth value of an array",
        "nn.ReLU.forward",
        """
        def forward(self, x):
            self.x = x
            if x > 0:
                return x
            return 0
        """,
    ),
    # The caller's array is changed.
    Fresh(
        "relu_forward",
        r"work on a copy",
        "nn.ReLU.forward",
        """
        def forward(self, x):
            self.x = x
            x *= x > 0
            return x
        """,
    ),
    # Every layer gets the original x.
    Fresh(
        "sequential_forward",
        r"each layer gets the network's x",
        "nn.Sequential.forward",
        """
        def forward(self, x):
            for layer in self.layers:
                out = layer.forward(x)
            return out
        """,
    ),
    # Returns after the first layer.
    Fresh(
        "sequential_forward",
        r"return in the loop",
        "nn.Sequential.forward",
        """
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
                return x
        """,
    ),
    # Calls the layer, not its forward.
    Fresh(
        "sequential_forward",
        r"not callable|\.forward",
        "nn.Sequential.forward",
        """
        def forward(self, x):
            for layer in self.layers:
                x = layer(x)
            return x
        """,
    ),
    # Mean over all N*C entries, not over the N rows.
    Fresh(
        "xeloss_forward",
        r"averaged over N times C",
        "nn.CrossEntropyLoss.forward",
        """
        def forward(self, input, target):
            self.input = input
            self.target = make_one_hot(target, num_classes=input.shape[1])
            p = softmax(self.input)
            return -np.mean(self.target * np.log(p))
        """,
    ),
    # Takes whole columns, not one entry of each row.
    Fresh(
        "xeloss_forward",
        r"each row is read at every label",
        "nn.CrossEntropyLoss.forward",
        """
        def forward(self, input, target):
            self.input = input
            self.target = make_one_hot(target, num_classes=input.shape[1])
            p = softmax(input)
            return np.mean(-np.log(p[:, target]))
        """,
    ),
    # The two-class formula: the wrong classes add log(1 - p).
    Fresh(
        "xeloss_forward",
        r"binary loss",
        "nn.CrossEntropyLoss.forward",
        """
        def forward(self, input, target):
            self.input = input
            self.target = make_one_hot(target, num_classes=input.shape[1])
            p = softmax(input)
            T = self.target
            return -np.sum(T * np.log(p) + (1 - T) * np.log(1 - p)) / input.shape[0]
        """,
    ),
    # One loss per row, the mean over the batch is missing.
    Fresh(
        "xeloss_forward",
        r"one loss per example",
        "nn.CrossEntropyLoss.forward",
        """
        def forward(self, input, target):
            self.input = input
            self.target = make_one_hot(target, num_classes=input.shape[1])
            p = softmax(self.input)
            return -np.sum(self.target * np.log(p), axis=1)
        """,
    ),
    # The gradient w.r.t. the probabilities, not w.r.t. the logits.
    Fresh(
        "xeloss_backward",
        r"w\.r\.t\. the probabilities",
        "nn.CrossEntropyLoss.backward",
        """
        def backward(self):
            p = softmax(self.input)
            return -self.target / p / len(self.input)
        """,
    ),
    # Divided by the number of entries N*C, not by N.
    Fresh(
        "xeloss_backward",
        r"divided by all N C",
        "nn.CrossEntropyLoss.backward",
        """
        def backward(self):
            return (softmax(self.input) - self.target) / self.input.size
        """,
    ),
    # 1 is subtracted at the predicted class, not at the right one.
    Fresh(
        "xeloss_backward",
        r"predict|argmax|right class|label",
        "nn.CrossEntropyLoss.backward",
        """
        def backward(self):
            p = softmax(self.input)
            N = len(p)
            p[np.arange(N), np.argmax(self.input, axis=1)] -= 1
            return p / N
        """,
    ),
    # The gradient of x is not returned.
    Fresh(
        "linear_backward",
        r"is None: is a return",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            self.grad_weight = self.x.T @ grad
            self.grad_bias = np.sum(grad, axis=0, keepdims=True)
            grad_x = grad @ self.weight.T
        """,
    ),
    # Stored under other names than grad_weight and grad_bias.
    Fresh(
        "linear_backward",
        r"written where it is expected",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            self.weight_grad = self.x.T @ grad
            self.bias_grad = grad.sum(axis=0, keepdims=True)
            return grad @ self.weight.T
        """,
    ),
    # The bias gradient is a mean over the batch, not a sum.
    Fresh(
        "linear_backward",
        r"averaged over the batch",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            self.grad_weight = np.dot(self.x.T, grad)
            self.grad_bias = np.mean(grad, axis=0, keepdims=True)
            return np.dot(grad, self.weight.T)
        """,
    ),
    # The gradient of x is made with grad_weight, not with weight.
    Fresh(
        "linear_backward",
        r"grad_weight|in place of the weight",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            self.grad_weight = self.x.T @ grad
            self.grad_bias = np.sum(grad, axis=0, keepdims=True)
            return grad @ self.grad_weight.T
        """,
    ),
    # The slope alone, not multiplied by grad.
    Fresh(
        "relu_backward",
        r"incoming gradient is missing",
        "nn.ReLU.backward",
        """
        def backward(self, grad):
            return np.where(self.x > 0, 1.0, 0.0)
        """,
    ),
    # grad times max(x, 0), not times a slope of 0 or 1.
    Fresh(
        "relu_backward",
        r"multiplied by x",
        "nn.ReLU.backward",
        """
        def backward(self, grad):
            return grad * np.maximum(self.x, 0)
        """,
    ),
    # The caller's gradient is changed.
    Fresh(
        "relu_backward",
        r"incoming gradient was overwritten",
        "nn.ReLU.backward",
        """
        def backward(self, grad):
            grad[self.x <= 0] = 0
            return grad
        """,
    ),
    # What a layer returns is thrown away: all get the loss's gradient.
    Fresh(
        "sequential_backward",
        r"every layer gets the loss's gradient",
        "nn.Sequential.backward",
        """
        def backward(self, loss_function):
            grad = loss_function.backward()
            for layer in reversed(self.layers):
                layer.backward(grad)
        """,
    ),
    # loss_function.backward is not called.
    Fresh(
        "sequential_backward",
        r"is not called|parenthes|brackets|method",
        "nn.Sequential.backward",
        """
        def backward(self, loss_function):
            grad = loss_function.backward
            for layer in reversed(self.layers):
                grad = layer.backward(grad)
        """,
    ),
    # The first layer is never reached.
    Fresh(
        "sequential_backward",
        r"first layer is left out",
        "nn.Sequential.backward",
        """
        def backward(self, loss_function):
            grad = loss_function.backward()
            for i in range(len(self.layers) - 1, 0, -1):
                grad = self.layers[i].backward(grad)
        """,
    ),
    # Local names move, the layer's parameters do not.
    Fresh(
        "sgd",
        r"not stored in the layer",
        "optim.SGD.step",
        """
        def step(self):
            for layer in self.layers:
                if isinstance(layer, Linear):
                    W, b = layer.weight, layer.bias
                    W = W - self.lr * layer.grad_weight
                    b = b - self.lr * layer.grad_bias
        """,
    ),
    # Layers without weights are not left out.
    Fresh(
        "sgd",
        r"'ReLU' object has no attribute",
        "optim.SGD.step",
        """
        def step(self):
            for layer in self.layers:
                layer.weight = layer.weight - self.lr * layer.grad_weight
                layer.bias = layer.bias - self.lr * layer.grad_bias
        """,
    ),
    # The gradients are set to zero before the step.
    Fresh(
        "sgd",
        r"zero|gradients? (was|were) lost",
        "optim.SGD.step",
        """
        def step(self):
            self.zero_grad()
            for layer in self.layers:
                if isinstance(layer, Linear):
                    layer.weight = layer.weight - self.lr * layer.grad_weight
                    layer.bias = layer.bias - self.lr * layer.grad_bias
        """,
    ),
)

MINIFLOW = (
    # Asks whether the value is true, not whether it was given.
    Fresh(
        "input",
        r"ask whether one was given",
        "miniflow.Input.forward",
        """
        def forward(self, value=None):
            if value:
                self.value = value
        """,
    ),
    # A node is listed when it is first met, not when all that enters it is.
    Fresh(
        "topological_sort",
        r"near is not the same as ready",
        "miniflow.topological_sort",
        """
        def topological_sort(feed_dict):
            for node in feed_dict:
                node.value = feed_dict[node]
            queue = list(feed_dict)
            order = []
            while queue:
                node = queue.pop(0)
                if node in order:
                    continue
                order.append(node)
                queue.extend(node.outbound_nodes)
            return order
        """,
    ),
    # Depth first, and the list is not turned round at the end.
    Fresh(
        "topological_sort",
        r"revers|turn(ed)? round|wrong way|from the end",
        "miniflow.topological_sort",
        """
        def topological_sort(feed_dict):
            order, seen = [], set()

            def visit(node):
                if node in seen:
                    return
                seen.add(node)
                for following in node.outbound_nodes:
                    visit(following)
                order.append(node)

            for node, value in feed_dict.items():
                node.value = value
                visit(node)
            return order
        """,
    ),
    # The inputs do not get their values.
    Fresh(
        "topological_sort",
        r"never given their values",
        "miniflow.topological_sort",
        """
        def topological_sort(feed_dict):
            order, seen = [], set()

            def visit(node):
                if node in seen:
                    return
                seen.add(node)
                for following in node.outbound_nodes:
                    visit(following)
                order.insert(0, node)

            for node in feed_dict:
                visit(node)
            return order
        """,
    ),
    # Returns the value of the last node, not of output_node.
    Fresh(
        "forward_pass",
        r"need not be the last",
        "miniflow.forward_pass",
        """
        def forward_pass(output_node, sorted_nodes):
            for node in sorted_nodes:
                node.forward()
            return sorted_nodes[-1].value
        """,
    ),
    # Returns what forward() returns, which is None.
    Fresh(
        "forward_pass",
        r"is None, or nothing that was asked for",
        "miniflow.forward_pass",
        """
        def forward_pass(output_node, sorted_nodes):
            for node in sorted_nodes:
                node.forward()
            return output_node.forward()
        """,
    ),
    # Adds the first two inputs only.
    Fresh(
        "add_forward",
        r"only two of the inputs",
        "miniflow.Add.forward",
        """
        def forward(self):
            x, y = self.inbound_nodes[0], self.inbound_nodes[1]
            self.value = x.value + y.value
        """,
    ),
    # Adds up all the entries as well, into one number.
    Fresh(
        "add_forward",
        r"entries were added as well",
        "miniflow.Add.forward",
        """
        def forward(self):
            self.value = np.sum([n.value for n in self.inbound_nodes])
        """,
    ),
    # Multiplies into the first input's own array.
    Fresh(
        "mul_forward",
        r"grew inside the array of the first",
        "miniflow.Mul.forward",
        """
        def forward(self):
            value = self.inbound_nodes[0].value
            for n in self.inbound_nodes[1:]:
                value *= n.value
            self.value = value
        """,
    ),
    # Computes with the nodes, not with their values.
    Fresh(
        "linear_forward",
        r"'Node' and 'Node'",
        "miniflow.Linear.forward",
        """
        def forward(self):
            X, W, b = self.inbound_nodes
            self.value = np.dot(X, W) + b
        """,
    ),
    # Returns the result and does not set self.value.
    Fresh(
        "linear_forward",
        r"is None.*assignment missing",
        "miniflow.Linear.forward",
        """
        def forward(self):
            X = self.inbound_nodes[0].value
            W = self.inbound_nodes[1].value
            b = self.inbound_nodes[2].value
            return np.dot(X, W) + b
        """,
    ),
    # The brackets around 1 + exp(-x) are missing.
    Fresh(
        "sigmoid_forward",
        r"where do the brackets close",
        "miniflow.Sigmoid.forward",
        """
        def forward(self):
            x = self.inbound_nodes[0].value
            self.value = 1 / 1 + np.exp(-x)
        """,
    ),
    # math.exp does not take arrays.
    Fresh(
        "sigmoid_forward",
        r"converted to Python scalars",
        "miniflow.Sigmoid.forward",
        """
        def forward(self):
            import math

            x = self.inbound_nodes[0].value
            self.value = 1 / (1 + math.exp(-x))
        """,
    ),
    # diff is kept as a - y.
    Fresh(
        "mse_forward",
        r"kept the other way round",
        "miniflow.MSE.forward",
        """
        def forward(self):
            y = self.inbound_nodes[0].value.reshape(-1, 1)
            a = self.inbound_nodes[1].value.reshape(-1, 1)
            self.m = y.shape[0]
            self.diff = a - y
            self.value = np.mean(self.diff**2)
        """,
    ),
    # The square of the mean, not the mean of the squares.
    Fresh(
        "mse_forward",
        r"square of a mean",
        "miniflow.MSE.forward",
        """
        def forward(self):
            y = self.inbound_nodes[0].value.reshape(-1, 1)
            a = self.inbound_nodes[1].value.reshape(-1, 1)
            self.m = len(y)
            self.diff = y - a
            self.value = np.mean(self.diff) ** 2
        """,
    ),
    # m is a local name, self.m is not set.
    Fresh(
        "mse_forward",
        r"\bm: is all zeros",
        "miniflow.MSE.forward",
        """
        def forward(self):
            y = self.inbound_nodes[0].value.reshape(-1, 1)
            a = self.inbound_nodes[1].value.reshape(-1, 1)
            m = len(y)
            self.diff = y - a
            self.value = np.sum(self.diff**2) / m
        """,
    ),
    # Without outbound nodes the gradient is zeros, not ones.
    Fresh(
        "add_backward",
        r"starts with ones",
        "miniflow.Add.backward",
        """
        def backward(self):
            grad = np.zeros_like(self.value, dtype=float)
            for n in self.outbound_nodes:
                grad = grad + n.gradients[self]
            self.gradients = {n: np.zeros_like(grad) for n in self.inbound_nodes}
            for n in self.inbound_nodes:
                self.gradients[n] = self.gradients[n] + grad
        """,
    ),
    # Only the first outbound node is asked.
    Fresh(
        "add_backward",
        r"only (the first|one) (consumer|outbound)|(other|every|each) consumer",
        "miniflow.Add.backward",
        """
        def backward(self):
            if self.outbound_nodes:
                grad = self.outbound_nodes[0].gradients[self]
            else:
                grad = np.ones_like(self.value, dtype=float)
            self.gradients = {n: np.zeros_like(grad) for n in self.inbound_nodes}
            for n in self.inbound_nodes:
                self.gradients[n] = self.gradients[n] + grad
        """,
    ),
    # Multiplied by the input's own value, not by the others'.
    Fresh(
        "mul_backward",
        r"multiplied by the input's own value",
        "miniflow.Mul.backward",
        """
        def backward(self):
            grad = np.ones_like(self.value, dtype=float)
            if self.outbound_nodes:
                grad = sum(n.gradients[self] for n in self.outbound_nodes)
            self.gradients = {n: np.zeros_like(grad) for n in self.inbound_nodes}
            for n in self.inbound_nodes:
                self.gradients[n] = self.gradients[n] + grad * n.value
        """,
    ),
    # Written for two factors, a third is forgotten.
    Fresh(
        "mul_backward",
        r"gradients\[z\].*all zeros",
        "miniflow.Mul.backward",
        """
        def backward(self):
            grad = np.ones_like(self.value, dtype=float)
            if self.outbound_nodes:
                grad = sum(n.gradients[self] for n in self.outbound_nodes)
            x, y = self.inbound_nodes[0], self.inbound_nodes[1]
            self.gradients = {n: np.zeros_like(grad) for n in self.inbound_nodes}
            self.gradients[x] = self.gradients[x] + grad * y.value
            self.gradients[y] = self.gradients[y] + grad * x.value
        """,
    ),
    # The gradient of the last pass is kept and added to.
    Fresh(
        "input_backward",
        r"what the last pass has left",
        "miniflow.Input.backward",
        """
        def backward(self):
            if self not in self.gradients:
                self.gradients[self] = np.zeros_like(self.value, dtype=float)
            for n in self.outbound_nodes:
                self.gradients[self] = self.gradients[self] + n.gradients[self]
        """,
    ),
    # Adds into the array that the first outbound node holds.
    Fresh(
        "input_backward",
        r"consumer's own array was changed",
        "miniflow.Input.backward",
        """
        def backward(self):
            grad = np.zeros_like(self.value, dtype=float)
            for i, n in enumerate(self.outbound_nodes):
                if i == 0:
                    grad = n.gradients[self]
                else:
                    grad += n.gradients[self]
            self.gradients = {self: grad}
        """,
    ),
    # Each node goes backward right after its forward.
    Fresh(
        "forward_and_backward",
        r"share one loop",
        "miniflow.forward_and_backward",
        """
        def forward_and_backward(graph):
            for node in graph:
                node.forward()
                node.backward()
        """,
    ),
    # y gets no gradient.
    Fresh(
        "mse_backward",
        r"gradients\[y\]: is None",
        "miniflow.MSE.backward",
        """
        def backward(self):
            a = self.inbound_nodes[1]
            self.gradients = {a: (-2 / self.m * self.diff).reshape(np.shape(a.value))}
        """,
    ),
    # a gets the gradient of y: the minus is missing.
    Fresh(
        "mse_backward",
        r"both gradients got one sign",
        "miniflow.MSE.backward",
        """
        def backward(self):
            for n in self.inbound_nodes:
                grad = 2 / self.m * self.diff
                self.gradients[n] = grad.reshape(np.shape(n.value))
        """,
    ),
    # x (1 - x) of the input's value, not of the sigmoid.
    Fresh(
        "sigmoid_backward",
        r"slope was taken from the input",
        "miniflow.Sigmoid.backward",
        """
        def backward(self):
            x = self.inbound_nodes[0]
            grad = sum(n.gradients[self] for n in self.outbound_nodes)
            self.gradients = {x: grad * x.value * (1 - x.value)}
        """,
    ),
    # Not multiplied by the incoming gradient.
    Fresh(
        "sigmoid_backward",
        r"slope alone",
        "miniflow.Sigmoid.backward",
        """
        def backward(self):
            self.gradients = {self.inbound_nodes[0]: self.value * (1 - self.value)}
        """,
    ),
    # The bias gradient is summed over the columns, not over the rows.
    Fresh(
        "linear_backward",
        r"over which axis",
        "miniflow.Linear.backward",
        """
        def backward(self):
            X, W, b = self.inbound_nodes
            grad = sum(n.gradients[self] for n in self.outbound_nodes)
            self.gradients = {
                X: np.dot(grad, W.value.T),
                W: np.dot(X.value.T, grad),
                b: np.sum(grad, axis=1),
            }
        """,
    ),
    # Overwritten in the loop: the last outbound node wins.
    Fresh(
        "linear_backward",
        r"only the last consumer counts",
        "miniflow.Linear.backward",
        """
        def backward(self):
            X, W, b = self.inbound_nodes
            for n in self.outbound_nodes:
                grad = n.gradients[self]
                self.gradients[X] = np.dot(grad, W.value.T)
                self.gradients[W] = np.dot(X.value.T, grad)
                self.gradients[b] = np.sum(grad, axis=0)
        """,
    ),
    # Takes the whole dictionary, not the entry of t.
    Fresh(
        "sgd_update",
        r"'float' and 'dict'",
        "miniflow.sgd_update",
        """
        def sgd_update(trainables, learning_rate=1e-2):
            for t in trainables:
                t.value = t.value - learning_rate * t.gradients
        """,
    ),
)
