"""Sixty wrong programs by a fourth author, and the words that name each mistake.

The author had the notebooks, the stubs and the reference, and saw nothing of how
answers are judged. The comment above a program says what is wrong with it; it was
written before any reason was read.
"""

from __future__ import annotations

from tests.assignments.fresh import Fresh

MLP = (
    # The weight is transposed, as in PyTorch's own Linear, where it is (O, I).
    Fresh(
        "linear_forward",
        r"transposed",
        "nn.Linear.forward",
        """
        def forward(self, x):
            self.x = x
            out = np.dot(x, self.weight.T)
            out = out + self.bias
            return out
        """,
    ),
    # The bias is added inside the innermost loop, so once for every input.
    Fresh(
        "linear_forward",
        r"once for every input",
        "nn.Linear.forward",
        """
        def forward(self, x):
            self.x = x
            N, I = x.shape
            O = self.weight.shape[1]
            output = np.zeros((N, O))
            for n in range(N):
                for o in range(O):
                    for i in range(I):
                        output[n, o] += x[n, i] * self.weight[i, o] + self.bias[0, o]
            return output
        """,
    ),
    # Each row starts from the bias array itself and not from a copy, so the rows pile
    # up in it and the bias is changed.
    Fresh(
        "linear_forward",
        r"pile up",
        "nn.Linear.forward",
        """
        def forward(self, x):
            self.x = x
            rows = []
            for example in x:
                row = self.bias
                row += example @ self.weight
                rows.append(row)
            return np.concatenate(rows, axis=0)
        """,
    ),
    # np.max(x, 0) is the maximum of each column, not of each entry and 0.
    Fresh(
        "relu_forward",
        r"largest along",
        "nn.ReLU.forward",
        """
        def forward(self, x):
            self.x = x
            return np.max(x, 0)
        """,
    ),
    # Both loops run over the number of rows, so only a square is handled.
    Fresh(
        "relu_forward",
        r"another axis",
        "nn.ReLU.forward",
        """
        def forward(self, x):
            self.x = x
            out = np.zeros_like(x)
            for i in range(len(x)):
                for j in range(len(x)):
                    if x[i][j] > 0:
                        out[i][j] = x[i][j]
            return out
        """,
    ),
    # The assignment is taken for a copy: the caller's array and self.x lose their
    # negative entries.
    Fresh(
        "relu_forward",
        r"was changed",
        "nn.ReLU.forward",
        """
        def forward(self, x):
            self.x = x
            output = x
            output[output < 0] = 0.0
            return output
        """,
    ),
    # The first layer is applied once before the loop and again in it.
    Fresh(
        "sequential_forward",
        r"runs twice",
        "nn.Sequential.forward",
        """
        def forward(self, x):
            out = self.layers[0].forward(x)
            for layer in self.layers:
                out = layer.forward(out)
            return out
        """,
    ),
    # The network returns probabilities instead of what its last layer gives.
    Fresh(
        "sequential_forward",
        r"softmax",
        "nn.Sequential.forward",
        """
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return softmax(x)
        """,
    ),
    # Written for exactly three layers, as in the example.
    Fresh(
        "sequential_forward",
        r"layers fixed",
        "nn.Sequential.forward",
        """
        def forward(self, x):
            h1 = self.layers[0].forward(x)
            h2 = self.layers[1].forward(h1)
            output = self.layers[2].forward(h2)
            return output
        """,
    ),
    # Binary cross-entropy: the wrong classes add a term log(1 - p) of their own.
    Fresh(
        "xeloss_forward",
        r"binary",
        "nn.CrossEntropyLoss.forward",
        """
        def forward(self, input, target):
            self.input = input
            self.target = make_one_hot(target, num_classes=input.shape[1])
            p = softmax(input)
            T = self.target
            loss = -np.sum(T * np.log(p) + (1 - T) * np.log(1 - p)) / input.shape[0]
            return loss
        """,
    ),
    # p[:, target] takes all those columns in every row (N by N), not one entry a row.
    Fresh(
        "xeloss_forward",
        r"every label",
        "nn.CrossEntropyLoss.forward",
        """
        def forward(self, input, target):
            self.input = input
            self.target = make_one_hot(target, num_classes=input.shape[1])
            probs = softmax(self.input)
            right = probs[:, target]
            return float(np.mean(-np.log(right)))
        """,
    ),
    # The logarithm of the mean probability in place of the mean of the logarithms.
    Fresh(
        "xeloss_forward",
        r"logarithm of a mean",
        "nn.CrossEntropyLoss.forward",
        """
        def forward(self, input, target):
            self.input = input
            self.target = make_one_hot(target, num_classes=input.shape[1])
            p_right = (softmax(input) * self.target).sum(axis=1)
            mean = p_right.sum() / len(p_right)
            return -np.log(mean)
        """,
    ),
    # The loss is right, but self.input now holds probabilities, so backward would
    # take the softmax a second time.
    Fresh(
        "xeloss_forward",
        r"softmax",
        "nn.CrossEntropyLoss.forward",
        """
        def forward(self, input, target):
            self.input = input
            self.target = make_one_hot(target, num_classes=input.shape[1])
            self.input = softmax(self.input)
            log_p = np.log(self.input)
            N = self.input.shape[0]
            return -np.sum(np.multiply(self.target, log_p)) / N
        """,
    ),
    # Missing parentheses: only the one-hot target is divided by N.
    Fresh(
        "xeloss_backward",
        r"only a part",
        "nn.CrossEntropyLoss.backward",
        """
        def backward(self):
            N = self.input.shape[0]
            return softmax(self.input) - self.target / N
        """,
    ),
    # The gradient with respect to the probabilities; the softmax is not
    # differentiated.
    Fresh(
        "xeloss_backward",
        r"probabilities",
        "nn.CrossEntropyLoss.backward",
        """
        def backward(self):
            p = softmax(self.input)
            grad = -self.target / p
            return grad / len(self.input)
        """,
    ),
    # self.target is used as a list of labels for indexing, but it is one-hot already.
    Fresh(
        "xeloss_backward",
        r"one-hot",
        "nn.CrossEntropyLoss.backward",
        """
        def backward(self):
            num = self.input.shape[0]
            dlogits = softmax(self.input)
            dlogits[np.arange(num), self.target] -= 1
            dlogits /= num
            return dlogits
        """,
    ),
    # The gradients are added to those of earlier calls, as PyTorch does it.
    Fresh(
        "linear_backward",
        r"added to the gradient",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            self.grad_weight += np.dot(self.x.T, grad)
            self.grad_bias += np.sum(grad, axis=0, keepdims=True)
            return np.dot(grad, self.weight.T)
        """,
    ),
    # x is reshaped to (I, N) instead of transposed, which mixes up its entries.
    Fresh(
        "linear_backward",
        r"not transposed",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            n_rows, n_in = self.x.shape
            x_t = self.x.reshape(n_in, n_rows)
            self.grad_weight = x_t @ grad
            self.grad_bias = grad.sum(axis=0).reshape(1, -1)
            return grad @ self.weight.T
        """,
    ),
    # The loop over the batch replaces the weight's gradient in every round, so that
    # only the last example counts.
    Fresh(
        "linear_backward",
        r"last example",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            for n in range(grad.shape[0]):
                self.grad_weight = np.outer(self.x[n], grad[n])
            self.grad_bias = np.sum(grad, axis=0)[np.newaxis, :]
            grad_x = np.matmul(grad, np.transpose(self.weight))
            return grad_x
        """,
    ),
    # The gradients of the parameters are put into local variables and never stored.
    Fresh(
        "linear_backward",
        r"never written",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            grad_weight = self.x.T @ grad
            grad_bias = grad.sum(axis=0, keepdims=True)
            grad_x = grad @ self.weight.T
            return grad_x
        """,
    ),
    # The bias gradient is the mean over the batch instead of the sum.
    Fresh(
        "linear_backward",
        r"averaged",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            self.grad_weight = np.matmul(self.x.T, grad)
            self.grad_bias = np.mean(grad, axis=0).reshape(self.bias.shape)
            return np.matmul(grad, self.weight.T)
        """,
    ),
    # Indexing with the mask picks the entries that pass into a flat array; the zeros
    # are missing.
    Fresh(
        "relu_backward",
        r"indexed",
        "nn.ReLU.backward",
        """
        def backward(self, grad):
            mask = self.x > 0
            return grad[mask]
        """,
    ),
    # grad is multiplied by the ReLU of x instead of by its slope.
    Fresh(
        "relu_backward",
        r"multiplied by x",
        "nn.ReLU.backward",
        """
        def backward(self, grad):
            relu = np.maximum(self.x, 0)
            return grad * relu
        """,
    ),
    # Only negative x are stopped: at exactly 0 the gradient passes.
    Fresh(
        "relu_backward",
        r"> or >=",
        "nn.ReLU.backward",
        """
        def backward(self, grad):
            dx = grad.copy()
            dx[self.x < 0] = 0
            return dx
        """,
    ),
    # range ends before its second argument, so the first layer gets no gradient.
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
    # The layers of the model itself are put into reverse order, and stay so.
    Fresh(
        "sequential_backward",
        r"reverse order",
        "nn.Sequential.backward",
        """
        def backward(self, loss_function):
            delta = loss_function.backward()
            self.layers = self.layers[::-1]
            for layer in self.layers:
                delta = layer.backward(delta)
        """,
    ),
    # The chain rule twice: what a layer returns is multiplied by grad once more.
    Fresh(
        "sequential_backward",
        r"multiplied by grad once",
        "nn.Sequential.backward",
        """
        def backward(self, loss_function):
            grad = loss_function.backward()
            for layer in reversed(self.layers):
                local = layer.backward(grad)
                grad = grad * local
        """,
    ),
    # The new values only get local names; the layer keeps the old ones.
    Fresh(
        "sgd",
        r"stored in the layer",
        "optim.SGD.step",
        """
        def step(self):
            for layer in self.layers:
                if isinstance(layer, Linear):
                    w, b = layer.weight, layer.bias
                    w = w - self.lr * layer.grad_weight
                    b = b - self.lr * layer.grad_bias.reshape(b.shape)
        """,
    ),
    # Takes it that every second layer, from the first on, is a Linear.
    Fresh(
        "sgd",
        r"every second",
        "optim.SGD.step",
        """
        def step(self):
            for i in range(0, len(self.layers), 2):
                layer = self.layers[i]
                layer.weight -= self.lr * layer.grad_weight
                layer.bias -= self.lr * layer.grad_bias
        """,
    ),
    # The learning rate is forgotten for the bias.
    Fresh(
        "sgd",
        r"not used for the bias",
        "optim.SGD.step",
        """
        def step(self):
            for layer in self.layers:
                if not isinstance(layer, Linear):
                    continue
                layer.weight = layer.weight - self.lr * layer.grad_weight
                layer.bias = layer.bias - np.reshape(layer.grad_bias, layer.bias.shape)
        """,
    ),
)

MINIFLOW = (
    # `!=` compares an array with None entry by entry, and `if` cannot decide.
    Fresh(
        "input",
        r"comparison with None",
        "miniflow.Input.forward",
        """
        def forward(self, value=None):
            if value != None:
                self.value = value
        """,
    ),
    # Breadth first, each node when it is first met: it does not wait for the others
    # that enter it.
    Fresh(
        "topological_sort",
        r"near is not the same",
        "miniflow.topological_sort",
        """
        def topological_sort(feed_dict):
            for node in feed_dict:
                node.value = feed_dict[node]
            queue = list(feed_dict.keys())
            visited = set(queue)
            result = []
            while queue:
                n = queue.pop(0)
                result.append(n)
                for m in n.outbound_nodes:
                    if m not in visited:
                        visited.add(m)
                        queue.append(m)
            return result
        """,
    ),
    # The edges are removed from the nodes themselves: the order is right, but the
    # graph has lost its inbound_nodes.
    Fresh(
        "topological_sort",
        r"was changed",
        "miniflow.topological_sort",
        """
        def topological_sort(feed_dict):
            ready = []
            for node, value in feed_dict.items():
                node.value = value
                ready.append(node)
            L = []
            while len(ready) > 0:
                n = ready.pop(0)
                L.append(n)
                for m in n.outbound_nodes:
                    m.inbound_nodes = [k for k in m.inbound_nodes if k is not n]
                    if len(m.inbound_nodes) == 0:
                        ready.append(m)
            return L
        """,
    ),
    # Counts how many enter with the length of inbound_nodes: a node that enters twice
    # is counted twice and taken off once, so Add(x, x) never comes.
    Fresh(
        "topological_sort",
        r"node is missing",
        "miniflow.topological_sort",
        """
        def topological_sort(feed_dict):
            for node, value in feed_dict.items():
                node.value = value
            waiting = {}
            stack = list(feed_dict)
            order = []
            while stack:
                node = stack.pop()
                order.append(node)
                for nxt in node.outbound_nodes:
                    if nxt not in waiting:
                        waiting[nxt] = len(nxt.inbound_nodes)
                    waiting[nxt] -= 1
                    if waiting[nxt] == 0:
                        stack.append(nxt)
            return order
        """,
    ),
    # Stops at the output node before that has run: its value is the old one or None.
    Fresh(
        "forward_pass",
        r"left out|no node",
        "miniflow.forward_pass",
        """
        def forward_pass(output_node, sorted_nodes):
            for node in sorted_nodes:
                if node is output_node:
                    break
                node.forward()
            return output_node.value
        """,
    ),
    # np.sum without an axis adds up all entries of all arrays to one number.
    Fresh(
        "add_forward",
        r"entries were added",
        "miniflow.Add.forward",
        """
        def forward(self):
            values = [n.value for n in self.inbound_nodes]
            self.value = np.sum(values)
        """,
    ),
    # Starts from the first input's own array and adds in place: that input is
    # changed.
    Fresh(
        "add_forward",
        r"inside the array",
        "miniflow.Add.forward",
        """
        def forward(self):
            total = self.inbound_nodes[0].value
            for node in self.inbound_nodes[1:]:
                total += node.value
            self.value = total
        """,
    ),
    # np.dot is the matrix product, where entry by entry is asked for.
    Fresh(
        "mul_forward",
        r"product of matrices",
        "miniflow.Mul.forward",
        """
        def forward(self):
            result = self.inbound_nodes[0].value
            for n in self.inbound_nodes[1:]:
                result = np.dot(result, n.value)
            self.value = result
        """,
    ),
    # The bias becomes a column, so it is added along the rows (N), not the neurons.
    Fresh(
        "linear_forward",
        r"added to the rows",
        "miniflow.Linear.forward",
        """
        def forward(self):
            X = self.inbound_nodes[0].value
            W = self.inbound_nodes[1].value
            b = self.inbound_nodes[2].value
            self.value = np.dot(X, W) + b.reshape(-1, 1)
        """,
    ),
    # The result is returned and not set as the node's value.
    Fresh(
        "linear_forward",
        r"return or an assignment",
        "miniflow.Linear.forward",
        """
        def forward(self):
            X, W, b = [n.value for n in self.inbound_nodes]
            value = X @ W + b
            return value
        """,
    ),
    # Takes e^-|x| from the hint but not the other formula for negative x: S(-x) =
    # S(x).
    Fresh(
        "sigmoid_forward",
        r"S\(-x\)",
        "miniflow.Sigmoid.forward",
        """
        def forward(self):
            x = self.inbound_nodes[0].value
            self.value = 1 / (1 + np.exp(-np.abs(x)))
        """,
    ),
    # Decides with `if` for the whole array, which has no single truth value.
    Fresh(
        "sigmoid_forward",
        r"np\.where",
        "miniflow.Sigmoid.forward",
        """
        def forward(self):
            x = self.inbound_nodes[0].value
            if x >= 0:
                self.value = 1.0 / (1.0 + np.exp(-x))
            else:
                self.value = np.exp(x) / (1.0 + np.exp(x))
        """,
    ),
    # diff is a - y: the cost does not show it, but backward will have the wrong sign.
    Fresh(
        "mse_forward",
        r"other way round",
        "miniflow.MSE.forward",
        """
        def forward(self):
            y = np.asarray(self.inbound_nodes[0].value).reshape(-1, 1)
            a = np.asarray(self.inbound_nodes[1].value).reshape(-1, 1)
            self.m = y.shape[0]
            self.diff = a - y
            self.value = float(np.sum(self.diff**2) / self.m)
        """,
    ),
    # The square of the mean in place of the mean of the squares: errors cancel.
    Fresh(
        "mse_forward",
        r"square of a mean",
        "miniflow.MSE.forward",
        """
        def forward(self):
            y, a = self.inbound_nodes
            self.diff = np.reshape(y.value, (-1, 1)) - np.reshape(a.value, (-1, 1))
            self.m = self.diff.shape[0]
            self.value = float(np.mean(self.diff) ** 2)
        """,
    ),
    # Multiplies by the sum of the incoming gradients, which is 0 at the last node.
    Fresh(
        "mse_backward",
        r"which is nothing",
        "miniflow.MSE.backward",
        """
        def backward(self):
            y, a = self.inbound_nodes
            grad = sum(n.gradients[self] for n in self.outbound_nodes)
            dy = grad * (2 / self.m) * self.diff
            self.gradients = {}
            self.gradients[y] = dy.reshape(np.shape(y.value))
            self.gradients[a] = -dy.reshape(np.shape(a.value))
        """,
    ),
    # Only the answers get a gradient: the targets are taken to need none.
    Fresh(
        "mse_backward",
        r"assignment missing",
        "miniflow.MSE.backward",
        """
        def backward(self):
            a = self.inbound_nodes[1]
            self.gradients = {}
            self.gradients[a] = (-2 / self.m * self.diff).reshape(np.shape(a.value))
        """,
    ),
    # The sigmoid is applied once more to the value, which is the sigmoid already.
    Fresh(
        "sigmoid_backward",
        r"second time",
        "miniflow.Sigmoid.backward",
        """
        def backward(self):
            x = self.inbound_nodes[0]
            grad = 0
            for n in self.outbound_nodes:
                grad = grad + n.gradients[self]
            s = 1 / (1 + np.exp(-self.value))
            self.gradients = {x: grad * s * (1 - s)}
        """,
    ),
    # Each outbound node replaces the gradient of the one before: only the last
    # counts.
    Fresh(
        "sigmoid_backward",
        r"last consumer",
        "miniflow.Sigmoid.backward",
        """
        def backward(self):
            self.gradients = {}
            for n in self.outbound_nodes:
                grad = n.gradients[self]
                self.gradients[self.inbound_nodes[0]] = (
                    grad * self.value * (1 - self.value)
                )
        """,
    ),
    # The weight's gradient comes out transposed, (O, I).
    Fresh(
        "linear_backward",
        r"on its side",
        "miniflow.Linear.backward",
        """
        def backward(self):
            X, W, b = self.inbound_nodes
            grad = np.zeros(np.shape(self.value))
            for n in self.outbound_nodes:
                grad = grad + n.gradients[self]
            self.gradients = {
                X: grad @ W.value.T,
                W: grad.T @ X.value,
                b: grad.sum(axis=0),
            }
        """,
    ),
    # The axis is missing: the bias gets one number, the sum over rows and neurons.
    Fresh(
        "linear_backward",
        r"one axis too many",
        "miniflow.Linear.backward",
        """
        def backward(self):
            X, W, b = self.inbound_nodes
            self.gradients = {n: np.zeros_like(n.value) for n in self.inbound_nodes}
            for n in self.outbound_nodes:
                grad_cost = n.gradients[self]
                self.gradients[X] = self.gradients[X] + np.dot(grad_cost, W.value.T)
                self.gradients[W] = self.gradients[W] + np.dot(X.value.T, grad_cost)
                self.gradients[b] = self.gradients[b] + np.sum(grad_cost)
        """,
    ),
    # The incoming gradient is divided among the inputs.
    Fresh(
        "add_backward",
        r"shared out",
        "miniflow.Add.backward",
        """
        def backward(self):
            if self.outbound_nodes:
                grad = sum(n.gradients[self] for n in self.outbound_nodes)
            else:
                grad = np.ones(np.shape(self.value))
            share = grad / len(self.inbound_nodes)
            self.gradients = {}
            for n in self.inbound_nodes:
                self.gradients[n] = self.gradients.get(n, 0) + share
        """,
    ),
    # All inputs share one array: += for the one that enters twice changes the others.
    Fresh(
        "add_backward",
        r"share one array",
        "miniflow.Add.backward",
        """
        def backward(self):
            grad = np.zeros(np.shape(self.value))
            for n in self.outbound_nodes:
                grad = grad + n.gradients[self]
            if len(self.outbound_nodes) == 0:
                grad = np.ones(np.shape(self.value))
            self.gradients = {}
            for n in self.inbound_nodes:
                if n in self.gradients:
                    self.gradients[n] += grad
                else:
                    self.gradients[n] = grad
        """,
    ),
    # The others are chosen by node and not by place: in Mul(x, x) there is no other.
    Fresh(
        "mul_backward",
        r"own other slot",
        "miniflow.Mul.backward",
        """
        def backward(self):
            grad = np.ones(np.shape(self.value))
            if self.outbound_nodes:
                grad = sum([n.gradients[self] for n in self.outbound_nodes])
            self.gradients = {
                n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes
            }
            for n in self.inbound_nodes:
                others = 1
                for other in self.inbound_nodes:
                    if other is not n:
                        others = others * other.value
                self.gradients[n] = self.gradients[n] + grad * others
        """,
    ),
    # The product starts from grad itself and grows in place, so the next input starts
    # from what the one before has left.
    Fresh(
        "mul_backward",
        r"grows in place",
        "miniflow.Mul.backward",
        """
        def backward(self):
            grad = np.zeros(np.shape(self.value))
            for n in self.outbound_nodes:
                grad = grad + n.gradients[self]
            if not self.outbound_nodes:
                grad = np.ones(np.shape(self.value))
            self.gradients = {n: 0 for n in self.inbound_nodes}
            for i in range(len(self.inbound_nodes)):
                part = grad
                for j in range(len(self.inbound_nodes)):
                    if j != i:
                        part *= self.inbound_nodes[j].value
                n = self.inbound_nodes[i]
                self.gradients[n] = self.gradients[n] + part
        """,
    ),
    # Starts from zero only the first time: later passes add to the earlier ones.
    Fresh(
        "input_backward",
        r"last pass",
        "miniflow.Input.backward",
        """
        def backward(self):
            if self not in self.gradients:
                self.gradients[self] = np.zeros(np.shape(self.value))
            for n in self.outbound_nodes:
                self.gradients[self] = self.gradients[self] + n.gradients[self]
        """,
    ),
    # The sum of nothing is the number 0, not zeros in the shape of the value.
    Fresh(
        "input_backward",
        r"zeros in the shape",
        "miniflow.Input.backward",
        """
        def backward(self):
            self.gradients = {self: sum(n.gradients[self] for n in self.outbound_nodes)}
        """,
    ),
    # The slice ends before index 0: the first node never runs its backward.
    Fresh(
        "forward_and_backward",
        r"first node",
        "miniflow.forward_and_backward",
        """
        def forward_and_backward(graph):
            for node in graph:
                node.forward()
            for node in graph[len(graph) - 1 : 0 : -1]:
                node.backward()
        """,
    ),
    # graph.reverse() turns the caller's list around, so the next pass runs backwards.
    Fresh(
        "forward_and_backward",
        r"reversed",
        "miniflow.forward_and_backward",
        """
        def forward_and_backward(graph):
            for n in graph:
                n.forward()
            graph.reverse()
            for n in graph:
                n.backward()
        """,
    ),
    # The learning rate is written as a number; the argument is not used.
    Fresh(
        "sgd_update",
        r"rate is fixed",
        "miniflow.sgd_update",
        """
        def sgd_update(trainables, learning_rate=1e-2):
            for t in trainables:
                t.value = t.value - 0.01 * t.gradients[t]
        """,
    ),
    # The stored gradient is itself multiplied by the learning rate, in place.
    Fresh(
        "sgd_update",
        r"was changed",
        "miniflow.sgd_update",
        """
        def sgd_update(trainables, learning_rate=1e-2):
            for t in trainables:
                step = t.gradients[t]
                step *= learning_rate
                t.value = t.value - step
        """,
    ),
)
