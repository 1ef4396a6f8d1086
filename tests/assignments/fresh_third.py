"""Sixty wrong programs by a third author, and the words that name each mistake.

They were written from the notebooks, without a look at the misconceptions, the
cases or the other sets. The comment above a program says what is wrong with it; it
was written before any reason was read.
"""

from __future__ import annotations

from tests.assignments.fresh import Fresh

MLP = (
    # Multiplies by the transposed weight, as PyTorch stores it.
    Fresh(
        "linear_forward",
        r"transposed",
        "nn.Linear.forward",
        """
        def forward(self, x):
            self.x = x
            return np.dot(x, self.weight.T) + self.bias
        """,
    ),
    # Computes W.T @ x.T and forgets to transpose back, so the result is (O, N).
    Fresh(
        "linear_forward",
        r"transposed",
        "nn.Linear.forward",
        """
        def forward(self, x):
            self.x = x
            return self.weight.T @ x.T + self.bias.T
        """,
    ),
    # Applies the ReLU inside the linear layer.
    Fresh(
        "linear_forward",
        r"activation|relu|bent",
        "nn.Linear.forward",
        """
        def forward(self, x):
            self.x = x
            out = np.dot(x, self.weight) + self.bias
            out[out < 0] = 0
            return out
        """,
    ),
    # Adds the bias to the weights, before the product is taken.
    Fresh(
        "linear_forward",
        r"bias.*weight|added.*(weight|before)",
        "nn.Linear.forward",
        """
        def forward(self, x):
            self.x = x
            return x @ (self.weight + self.bias)
        """,
    ),
    # Np.max(x, 0) in place of np.maximum: the largest of each column.
    Fresh(
        "relu_forward",
        r"largest along an axis|maximum",
        "nn.ReLU.forward",
        """
        def forward(self, x):
            self.x = x
            return np.max(x, 0)
        """,
    ),
    # Returns the mask of ones and zeros and not the numbers.
    Fresh(
        "relu_forward",
        r"mask",
        "nn.ReLU.forward",
        """
        def forward(self, x):
            self.x = x
            return np.where(x > 0, 1.0, 0.0)
        """,
    ),
    # X[x > 0] picks the positive entries and drops the others, so the shape is
    # lost.
    Fresh(
        "relu_forward",
        r"indexed|picks|drop",
        "nn.ReLU.forward",
        """
        def forward(self, x):
            self.x = x
            return x[x > 0]
        """,
    ),
    # Takes the absolute value.
    Fresh(
        "relu_forward",
        r"sign is lost|abs",
        "nn.ReLU.forward",
        """
        def forward(self, x):
            self.x = x
            return np.abs(x)
        """,
    ),
    # Every layer gets the network's input, not the output of the layer before.
    Fresh(
        "sequential_forward",
        r"what came out|network's x",
        "nn.Sequential.forward",
        """
        def forward(self, x):
            for layer in self.layers:
                out = layer.forward(x)
            return out
        """,
    ),
    # Return stands inside the loop, so only the first layer runs.
    Fresh(
        "sequential_forward",
        r"return in the loop|after the first layer",
        "nn.Sequential.forward",
        """
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
                return x
        """,
    ),
    # Leaves out the last layer.
    Fresh(
        "sequential_forward",
        r"last layer",
        "nn.Sequential.forward",
        """
        def forward(self, x):
            for i in range(len(self.layers) - 1):
                x = self.layers[i].forward(x)
            return x
        """,
    ),
    # Np.mean over all entries, divides by N*C.
    Fresh(
        "xeloss_forward",
        r"N times C|entries",
        "nn.CrossEntropyLoss.forward",
        """
        def forward(self, input, target):
            self.input = input
            self.target = make_one_hot(target, num_classes=input.shape[1])
            p = softmax(input)
            return -np.mean(self.target * np.log(p))
        """,
    ),
    # Takes the highest probability of each row and not that of the right class.
    Fresh(
        "xeloss_forward",
        r"right class|predicted|highest",
        "nn.CrossEntropyLoss.forward",
        """
        def forward(self, input, target):
            self.input = input
            self.target = make_one_hot(target, num_classes=input.shape[1])
            p = softmax(input)
            return -np.mean(np.log(np.max(p, axis=1)))
        """,
    ),
    # Forgets the logarithm.
    Fresh(
        "xeloss_forward",
        r"logarithm|log",
        "nn.CrossEntropyLoss.forward",
        """
        def forward(self, input, target):
            self.input = input
            self.target = make_one_hot(target, num_classes=input.shape[1])
            p = softmax(input)
            N = input.shape[0]
            return -np.sum(self.target * p) / N
        """,
    ),
    # Returns one loss for each example, not the mean.
    Fresh(
        "xeloss_forward",
        r"one loss per example|mean",
        "nn.CrossEntropyLoss.forward",
        """
        def forward(self, input, target):
            self.input = input
            self.target = make_one_hot(target, num_classes=input.shape[1])
            p = softmax(input)
            return -np.sum(self.target * np.log(p), axis=1)
        """,
    ),
    # The gradient with respect to the probabilities, -T/p/N, not to the logits.
    Fresh(
        "xeloss_backward",
        r"probabilities",
        "nn.CrossEntropyLoss.backward",
        """
        def backward(self):
            p = softmax(self.input)
            N = self.input.shape[0]
            return -(self.target / p) / N
        """,
    ),
    # Forgets softmax: raw logits minus target.
    Fresh(
        "xeloss_backward",
        r"softmax is missing",
        "nn.CrossEntropyLoss.backward",
        """
        def backward(self):
            N = self.input.shape[0]
            return (self.input - self.target) / N
        """,
    ),
    # Subtracts in the wrong order.
    Fresh(
        "xeloss_backward",
        r"sign|which of the two",
        "nn.CrossEntropyLoss.backward",
        """
        def backward(self):
            p = softmax(self.input)
            return (self.target - p) / self.input.shape[0]
        """,
    ),
    # Divides grad_weight by N once more.
    Fresh(
        "linear_backward",
        r"averaged over the batch|divided by N",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            N = self.x.shape[0]
            self.grad_weight = np.dot(self.x.T, grad) / N
            self.grad_bias = np.sum(grad, axis=0, keepdims=True)
            return np.dot(grad, self.weight.T)
        """,
    ),
    # Stores grad as grad_bias without summing over the batch.
    Fresh(
        "linear_backward",
        r"summed over the batch",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            self.grad_weight = self.x.T @ grad
            self.grad_bias = grad
            return grad @ self.weight.T
        """,
    ),
    # Computes grad_x but does not return it.
    Fresh(
        "linear_backward",
        r"return",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            self.grad_weight = self.x.T @ grad
            self.grad_bias = np.sum(grad, axis=0, keepdims=True)
            grad_x = grad @ self.weight.T
        """,
    ),
    # Adds to grad_weight from the last call.
    Fresh(
        "linear_backward",
        r"last call|afresh",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            self.grad_weight = self.grad_weight + self.x.T @ grad
            self.grad_bias = np.sum(grad, axis=0, keepdims=True)
            return grad @ self.weight.T
        """,
    ),
    # Returns the mask and does not multiply with grad.
    Fresh(
        "relu_backward",
        r"incoming gradient is missing",
        "nn.ReLU.backward",
        """
        def backward(self, grad):
            return (self.x > 0).astype(float)
        """,
    ),
    # Multiplies grad with the output max(x, 0) in place of the slope.
    Fresh(
        "relu_backward",
        r"slope is 1",
        "nn.ReLU.backward",
        """
        def backward(self, grad):
            return grad * np.maximum(self.x, 0)
        """,
    ),
    # Zeroes the negative gradients (applies ReLU to grad).
    Fresh(
        "relu_backward",
        r"from the input x",
        "nn.ReLU.backward",
        """
        def backward(self, grad):
            return np.maximum(grad, 0)
        """,
    ),
    # Self.layers.reverse() turns the model's own list around.
    Fresh(
        "sequential_backward",
        r"reverse",
        "nn.Sequential.backward",
        """
        def backward(self, loss_function):
            grad = loss_function.backward()
            self.layers.reverse()
            for layer in self.layers:
                grad = layer.backward(grad)
        """,
    ),
    # Gives the loss gradient to every layer.
    Fresh(
        "sequential_backward",
        r"every layer gets",
        "nn.Sequential.backward",
        """
        def backward(self, loss_function):
            grad = loss_function.backward()
            for layer in self.layers[::-1]:
                layer.backward(grad)
        """,
    ),
    # Forgets the bias.
    Fresh(
        "sgd",
        r"bias is not updated",
        "optim.SGD.step",
        """
        def step(self):
            for layer in self.layers:
                if isinstance(layer, Linear):
                    layer.weight = layer.weight - self.lr * layer.grad_weight
        """,
    ),
    # Computes the new weights into local names and never stores them.
    Fresh(
        "sgd",
        r"stored in the layer|is not stored",
        "optim.SGD.step",
        """
        def step(self):
            for layer in self.layers:
                if isinstance(layer, Linear):
                    weight, bias = layer.weight, layer.bias
                    weight = weight - self.lr * layer.grad_weight
                    bias = bias - self.lr * layer.grad_bias
        """,
    ),
    # Return/break after the first Linear, only the first layer moves.
    Fresh(
        "sgd",
        r"first layer is updated|in the loop",
        "optim.SGD.step",
        """
        def step(self):
            for layer in self.layers:
                if isinstance(layer, Linear):
                    layer.weight = layer.weight - self.lr * layer.grad_weight
                    layer.bias = layer.bias - self.lr * layer.grad_bias
                    return
        """,
    ),
)

MINIFLOW = (
    # `if value:`: zero is not stored.
    Fresh(
        "input",
        r"0 is a value",
        "miniflow.Input.forward",
        """
        def forward(self, value=None):
            if value:
                self.value = value
        """,
    ),
    # Sets the value always, so forward() without argument wipes it with None.
    Fresh(
        "input",
        r"none (was|is) given|keeps|wiped|without an argument",
        "miniflow.Input.forward",
        """
        def forward(self, value=None):
            self.value = value
        """,
    ),
    # Plain breadth-first search, a node is appended when first seen and can stand
    # before one of its inputs.
    Fresh(
        "topological_sort",
        r"ready|before one",
        "miniflow.topological_sort",
        """
        def topological_sort(feed_dict):
            for node in feed_dict:
                node.value = feed_dict[node]
            order = []
            queue = list(feed_dict)
            while queue:
                n = queue.pop(0)
                if n in order:
                    continue
                order.append(n)
                for m in n.outbound_nodes:
                    queue.append(m)
            return order
        """,
    ),
    # Does not set the values of the inputs.
    Fresh(
        "topological_sort",
        r"never given their values",
        "miniflow.topological_sort",
        """
        def topological_sort(feed_dict):
            missing = {}
            ready = list(feed_dict)
            order = []
            while ready:
                n = ready.pop()
                order.append(n)
                for m in n.outbound_nodes:
                    if m not in missing:
                        missing[m] = set(m.inbound_nodes)
                    missing[m].discard(n)
                    if len(missing[m]) == 0:
                        ready.append(m)
            return order
        """,
    ),
    # Returns the value of the last node in the list, not of output_node.
    Fresh(
        "forward_pass",
        r"last of the list|asked for need",
        "miniflow.forward_pass",
        """
        def forward_pass(output_node, sorted_nodes):
            for n in sorted_nodes:
                n.forward()
            return sorted_nodes[-1].value
        """,
    ),
    # Returns the node and not its value.
    Fresh(
        "forward_pass",
        r"is Node",
        "miniflow.forward_pass",
        """
        def forward_pass(output_node, sorted_nodes):
            for n in sorted_nodes:
                n.forward()
            return output_node
        """,
    ),
    # Adds the first two inputs only.
    Fresh(
        "add_forward",
        r"only two",
        "miniflow.Add.forward",
        """
        def forward(self):
            x = self.inbound_nodes[0].value
            y = self.inbound_nodes[1].value
            self.value = x + y
        """,
    ),
    # Np.sum over the list of values collapses arrays to one number.
    Fresh(
        "add_forward",
        r"entries were added|inputs' shape",
        "miniflow.Add.forward",
        """
        def forward(self):
            self.value = np.sum([n.value for n in self.inbound_nodes])
        """,
    ),
    # Product starts at 0.
    Fresh(
        "mul_forward",
        r"starts at 0",
        "miniflow.Mul.forward",
        """
        def forward(self):
            self.value = 0
            for n in self.inbound_nodes:
                self.value = self.value * n.value
        """,
    ),
    # Starts from the value of the last pass (keeps state).
    Fresh(
        "mul_forward",
        r"last pass",
        "miniflow.Mul.forward",
        """
        def forward(self):
            if self.value is None:
                self.value = 1
            for n in self.inbound_nodes:
                self.value = self.value * n.value
        """,
    ),
    # Forgets the bias.
    Fresh(
        "linear_forward",
        r"bias is missing",
        "miniflow.Linear.forward",
        """
        def forward(self):
            X = self.inbound_nodes[0].value
            W = self.inbound_nodes[1].value
            self.value = np.dot(X, W)
        """,
    ),
    # Multiplies entry by entry.
    Fresh(
        "linear_forward",
        r"with entries|entry by entry",
        "miniflow.Linear.forward",
        """
        def forward(self):
            X, W, b = [n.value for n in self.inbound_nodes]
            self.value = X * W + b
        """,
    ),
    # 1 / 1 + exp(-x) without brackets.
    Fresh(
        "sigmoid_forward",
        r"brackets",
        "miniflow.Sigmoid.forward",
        """
        def forward(self):
            x = self.inbound_nodes[0].value
            self.value = 1 / 1 + np.exp(-x)
        """,
    ),
    # Sign in the exponent is missing.
    Fresh(
        "sigmoid_forward",
        r"exponent",
        "miniflow.Sigmoid.forward",
        """
        def forward(self):
            x = self.inbound_nodes[0].value
            self.value = 1 / (1 + np.exp(x))
        """,
    ),
    # Keeps a - y in diff.
    Fresh(
        "mse_forward",
        r"other way round",
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
    # No reshape, (m,) minus (m,1) gives m x m.
    Fresh(
        "mse_forward",
        r"columns first",
        "miniflow.MSE.forward",
        """
        def forward(self):
            y = self.inbound_nodes[0].value
            a = self.inbound_nodes[1].value
            self.m = y.shape[0]
            self.diff = y - a
            self.value = np.mean(self.diff ** 2)
        """,
    ),
    # Takes the root (RMSE).
    Fresh(
        "mse_forward",
        r"root",
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
    # The incoming gradient is that of the last consumer, not the sum.
    Fresh(
        "add_backward",
        r"last consumer",
        "miniflow.Add.backward",
        """
        def backward(self):
            grad = np.ones_like(self.value, dtype=float)
            for n in self.outbound_nodes:
                grad = n.gradients[self]
            self.gradients = {
                n: np.zeros_like(n.value, dtype=float) for n in self.inbound_nodes
            }
            for n in self.inbound_nodes:
                self.gradients[n] = self.gradients[n] + grad
        """,
    ),
    # Multiplies by the input's value, as for a product.
    Fresh(
        "add_backward",
        r"as if this were a product",
        "miniflow.Add.backward",
        """
        def backward(self):
            if self.outbound_nodes:
                grad = sum(n.gradients[self] for n in self.outbound_nodes)
            else:
                grad = np.ones_like(self.value, dtype=float)
            self.gradients = {
                n: np.zeros_like(n.value, dtype=float) for n in self.inbound_nodes
            }
            for n in self.inbound_nodes:
                self.gradients[n] = self.gradients[n] + grad * n.value
        """,
    ),
    # Uses the whole product, own factor included.
    Fresh(
        "mul_backward",
        r"whole product|own value included",
        "miniflow.Mul.backward",
        """
        def backward(self):
            if self.outbound_nodes:
                grad = sum(n.gradients[self] for n in self.outbound_nodes)
            else:
                grad = np.ones_like(self.value, dtype=float)
            self.gradients = {
                n: np.zeros_like(n.value, dtype=float) for n in self.inbound_nodes
            }
            for n in self.inbound_nodes:
                self.gradients[n] = self.gradients[n] + grad * self.value
        """,
    ),
    # Multiplies with its own value and not with the others.
    Fresh(
        "mul_backward",
        r"own value",
        "miniflow.Mul.backward",
        """
        def backward(self):
            if self.outbound_nodes:
                grad = sum(n.gradients[self] for n in self.outbound_nodes)
            else:
                grad = np.ones_like(self.value, dtype=float)
            self.gradients = {
                n: np.zeros_like(n.value, dtype=float) for n in self.inbound_nodes
            }
            for n in self.inbound_nodes:
                self.gradients[n] = self.gradients[n] + grad * n.value
        """,
    ),
    # Gradients grow from pass to pass (not started from zero).
    Fresh(
        "input_backward",
        r"last pass",
        "miniflow.Input.backward",
        """
        def backward(self):
            if self not in self.gradients:
                self.gradients[self] = np.zeros_like(self.value, dtype=float)
            for n in self.outbound_nodes:
                self.gradients[self] = self.gradients[self] + n.gradients[self]
        """,
    ),
    # Takes the first consumer only.
    Fresh(
        "input_backward",
        r"first consumer",
        "miniflow.Input.backward",
        """
        def backward(self):
            self.gradients = {self: np.zeros_like(self.value, dtype=float)}
            if self.outbound_nodes:
                self.gradients[self] = self.outbound_nodes[0].gradients[self]
        """,
    ),
    # Backward in the forward order.
    Fresh(
        "forward_and_backward",
        r"against the arrows|which way",
        "miniflow.forward_and_backward",
        """
        def forward_and_backward(graph):
            for n in graph:
                n.forward()
            for n in graph:
                n.backward()
        """,
    ),
    # Both gradients get the same sign.
    Fresh(
        "mse_backward",
        r"one sign",
        "miniflow.MSE.backward",
        """
        def backward(self):
            y, a = self.inbound_nodes
            self.gradients[y] = (2 / self.m) * self.diff.reshape(y.value.shape)
            self.gradients[a] = (2 / self.m) * self.diff.reshape(a.value.shape)
        """,
    ),
    # Forgets the 2.
    Fresh(
        "mse_backward",
        r"factor",
        "miniflow.MSE.backward",
        """
        def backward(self):
            y, a = self.inbound_nodes
            self.gradients[y] = (1 / self.m) * self.diff.reshape(y.value.shape)
            self.gradients[a] = -(1 / self.m) * self.diff.reshape(a.value.shape)
        """,
    ),
    # Takes the derivative at the value: recomputes the sigmoid of the value.
    Fresh(
        "sigmoid_backward",
        r"squeezed a second time|sigmoid already",
        "miniflow.Sigmoid.backward",
        """
        def backward(self):
            x = self.inbound_nodes[0]
            s = 1 / (1 + np.exp(-self.value))
            self.gradients = {x: np.zeros_like(x.value, dtype=float)}
            for n in self.outbound_nodes:
                self.gradients[x] += n.gradients[self] * s * (1 - s)
        """,
    ),
    # Bias gradient over the wrong axis (rows' sums, axis=1).
    Fresh(
        "linear_backward",
        r"which axis",
        "miniflow.Linear.backward",
        """
        def backward(self):
            X, W, b = self.inbound_nodes
            self.gradients = {
                n: np.zeros_like(n.value, dtype=float) for n in self.inbound_nodes
            }
            for n in self.outbound_nodes:
                grad = n.gradients[self]
                self.gradients[X] = self.gradients[X] + np.dot(grad, W.value.T)
                self.gradients[W] = self.gradients[W] + np.dot(X.value.T, grad)
                self.gradients[b] = self.gradients[b] + np.sum(grad, axis=1)
        """,
    ),
    # Grad @ W without the transpose for the gradient of X.
    Fresh(
        "linear_backward",
        r"transposed|which sizes|as it went forward",
        "miniflow.Linear.backward",
        """
        def backward(self):
            X, W, b = self.inbound_nodes
            self.gradients = {
                n: np.zeros_like(n.value, dtype=float) for n in self.inbound_nodes
            }
            for n in self.outbound_nodes:
                grad = n.gradients[self]
                self.gradients[X] = self.gradients[X] + np.dot(grad, W.value)
                self.gradients[W] = self.gradients[W] + np.dot(X.value.T, grad)
                self.gradients[b] = self.gradients[b] + np.sum(grad, axis=0)
        """,
    ),
    # Updates a local name, value is not stored.
    Fresh(
        "sgd_update",
        r"old value|copy",
        "miniflow.sgd_update",
        """
        def sgd_update(trainables, learning_rate=1e-2):
            for t in trainables:
                value = t.value
                value = value - learning_rate * t.gradients[t]
        """,
    ),
)
