"""Wrong programs by a fifth author, and the words that name each mistake.

The author had the notebooks, the stubs and the reference, and saw nothing of how
answers are judged, nor of the other sets. The comment above a program says what is
wrong with it; it was written before any reason was read. There were sixty; the two
that lose nothing are told of in docs/diagnosis.md and left out here.
"""

from __future__ import annotations

from tests.assignments.fresh import Fresh

MLP = (
    # The bias is forgotten: only the matrix product is returned.
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
    # The weight is transposed as in PyTorch, although it is stored as (I, O) here:
    # fails unless I = O, and is wrong then.
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
    # np.max(x, 0) takes the maximum along axis 0 instead of comparing with 0.
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
    # Overwrites the caller's array, and with it self.x, instead of making a new one.
    Fresh(
        "relu_forward",
        r"was changed",
        "nn.ReLU.forward",
        """
        def forward(self, x):
            self.x = x
            x[x < 0] = 0
            return x
        """,
    ),
    # Every layer gets the input of the network instead of what the layer before it
    # gave.
    Fresh(
        "sequential_forward",
        r"network's x",
        "nn.Sequential.forward",
        """
        def forward(self, x):
            output = x
            for layer in self.layers:
                output = layer.forward(x)
            return output
        """,
    ),
    # The return stands inside the loop, so only the first layer runs.
    Fresh(
        "sequential_forward",
        r"return in the loop",
        "nn.Sequential.forward",
        """
        def forward(self, x):
            out = x
            for i in range(len(self.layers)):
                out = self.layers[i].forward(out)
                return out
        """,
    ),
    # The loss is the sum over the batch: the division by N is missing.
    Fresh(
        "xeloss_forward",
        r"not averaged",
        "nn.CrossEntropyLoss.forward",
        """
        def forward(self, input, target):
            self.input = input
            self.target = make_one_hot(target, num_classes=input.shape[1])
            p = softmax(input)
            loss = -np.sum(self.target * np.log(p))
            return loss
        """,
    ),
    # np.mean goes over all N * C entries, so the loss is too small by a factor C.
    Fresh(
        "xeloss_forward",
        r"N times C",
        "nn.CrossEntropyLoss.forward",
        """
        def forward(self, input, target):
            self.input = input
            self.target = make_one_hot(target, num_classes=input.shape[1])
            log_probs = np.log(softmax(input))
            return -np.mean(self.target * log_probs)
        """,
    ),
    # p[:, target] is an (N, N) table, the labels of all examples for each row,
    # instead of one probability for each example.
    Fresh(
        "xeloss_forward",
        r"every label",
        "nn.CrossEntropyLoss.forward",
        """
        def forward(self, input, target):
            self.input = input
            self.target = make_one_hot(target, num_classes=input.shape[1])
            probs = softmax(input)
            right = probs[:, target]
            return np.mean(-np.log(right))
        """,
    ),
    # Adds a small number inside the logarithm, against the hint: each loss is a
    # little too small, and that of a hopeless answer far too small.
    Fresh(
        "xeloss_forward",
        r"small number",
        "nn.CrossEntropyLoss.forward",
        """
        def forward(self, input, target):
            self.input = input
            self.target = make_one_hot(target, num_classes=input.shape[1])
            N = input.shape[0]
            p = softmax(input)
            loss = 0.0
            for n in range(N):
                loss -= np.sum(self.target[n] * np.log(p[n] + 1e-7))
            return loss / N
        """,
    ),
    # The division by N is missing.
    Fresh(
        "xeloss_backward",
        r"not divided by N",
        "nn.CrossEntropyLoss.backward",
        """
        def backward(self):
            probs = softmax(self.input)
            return probs - self.target
        """,
    ),
    # The softmax is missing: the logits themselves are compared with the target.
    Fresh(
        "xeloss_backward",
        r"softmax is missing",
        "nn.CrossEntropyLoss.backward",
        """
        def backward(self):
            N = self.input.shape[0]
            grad = (self.input - self.target) / N
            return grad
        """,
    ),
    # The sign is wrong: target minus probabilities.
    Fresh(
        "xeloss_backward",
        r"sign is flipped",
        "nn.CrossEntropyLoss.backward",
        """
        def backward(self):
            n = len(self.target)
            return (self.target - softmax(self.input)) / n
        """,
    ),
    # Divides the gradients of weight and bias by N, although the loss has done so
    # already.
    Fresh(
        "linear_backward",
        r"averaged over the batch",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            N = grad.shape[0]
            self.grad_weight = np.dot(self.x.T, grad) / N
            self.grad_bias = np.sum(grad, axis=0, keepdims=True) / N
            return np.dot(grad, self.weight.T)
        """,
    ),
    # Adds to the stored gradients instead of replacing them.
    Fresh(
        "linear_backward",
        r"last call",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            self.grad_weight = self.grad_weight + self.x.T @ grad
            self.grad_bias = self.grad_bias + grad.sum(axis=0).reshape(1, -1)
            return grad @ self.weight.T
        """,
    ),
    # Sums the bias gradient along the rows (one number per example) instead of over
    # the batch (one number per neuron).
    Fresh(
        "linear_backward",
        r"summed over the neurons",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            self.grad_weight = self.x.T @ grad
            self.grad_bias = np.sum(grad, axis=1).reshape(1, -1)
            grad_x = grad @ self.weight.T
            return grad_x
        """,
    ),
    # Nothing is returned: the gradient of the input is computed and dropped.
    Fresh(
        "linear_backward",
        r"nothing is returned",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            self.grad_weight = np.matmul(self.x.T, grad)
            self.grad_bias = np.sum(grad, axis=0, keepdims=True)
            grad_input = np.matmul(grad, self.weight.T)
        """,
    ),
    # The bias gradient goes into a local variable: self. is missing, nothing is
    # stored.
    Fresh(
        "linear_backward",
        r"not stored",
        "nn.Linear.backward",
        """
        def backward(self, grad):
            self.grad_weight = self.x.T.dot(grad)
            grad_bias = np.sum(grad, axis=0, keepdims=True)
            dx = grad.dot(self.weight.T)
            return dx
        """,
    ),
    # At exactly 0 the gradient passes: >= in place of >.
    Fresh(
        "relu_backward",
        r"> or >=",
        "nn.ReLU.backward",
        """
        def backward(self, grad):
            return grad * (self.x >= 0)
        """,
    ),
    # Looks at the sign of the incoming gradient instead of the sign of the input.
    Fresh(
        "relu_backward",
        r"incoming gradient",
        "nn.ReLU.backward",
        """
        def backward(self, grad):
            slope = np.where(grad > 0, 1.0, 0.0)
            return slope * grad
        """,
    ),
    # Returns only the slope: it is not multiplied by the incoming gradient.
    Fresh(
        "relu_backward",
        r"mask; the incoming",
        "nn.ReLU.backward",
        """
        def backward(self, grad):
            dx = np.zeros(grad.shape)
            dx[self.x > 0] = 1.0
            return dx
        """,
    ),
    # Walks from the first layer to the last instead of the other way.
    Fresh(
        "sequential_backward",
        r"first to last",
        "nn.Sequential.backward",
        """
        def backward(self, loss_function):
            grad = loss_function.backward()
            for layer in self.layers:
                grad = layer.backward(grad)
        """,
    ),
    # Every layer gets the gradient of the loss: what a layer returns is not handed
    # on.
    Fresh(
        "sequential_backward",
        r"pass on what came out",
        "nn.Sequential.backward",
        """
        def backward(self, loss_function):
            loss_grad = loss_function.backward()
            for layer in reversed(self.layers):
                layer.backward(loss_grad)
        """,
    ),
    # The biases are never updated.
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
    # Only local variables change; the new values are never stored in the layer.
    Fresh(
        "sgd",
        r"stored in the layer",
        "optim.SGD.step",
        """
        def step(self):
            for layer in self.layers:
                if isinstance(layer, Linear):
                    w = layer.weight
                    b = layer.bias
                    w = w - self.lr * layer.grad_weight
                    b = b - self.lr * np.reshape(layer.grad_bias, b.shape)
        """,
    ),
    # np.squeeze makes the result one-dimensional when the batch holds one example or
    # the layer has one neuron.
    Fresh(
        "linear_forward",
        r"squeezed",
        "nn.Linear.forward",
        """
        def forward(self, x):
            self.x = x
            result = x @ self.weight + self.bias
            return np.squeeze(result)
        """,
    ),
    # The result is an array of integers, so everything after the point is cut off;
    # the example, with whole numbers, does not show it.
    Fresh(
        "relu_forward",
        r"whole numbers",
        "nn.ReLU.forward",
        """
        def forward(self, x):
            self.x = x
            result = np.zeros(x.shape, dtype=int)
            for index in np.ndindex(x.shape):
                if x[index] > 0:
                    result[index] = x[index]
            return result
        """,
    ),
    # Asks which kind a layer is, and silently skips every kind that it does not know.
    Fresh(
        "sequential_forward",
        r"only those it knows",
        "nn.Sequential.forward",
        """
        def forward(self, x):
            for layer in self.layers:
                if isinstance(layer, Linear):
                    x = layer.forward(x)
                elif isinstance(layer, ReLU):
                    x = layer.forward(x)
            return x
        """,
    ),
    # Turns self.layers round for good: the next forward runs the network backwards.
    Fresh(
        "sequential_backward",
        r"reverse order",
        "nn.Sequential.backward",
        """
        def backward(self, loss_function):
            self.layers = self.layers[::-1]
            grad = loss_function.backward()
            for layer in self.layers:
                grad = layer.backward(grad)
        """,
    ),
    # Stops at the first layer without weights instead of going on: the layers after
    # it are never updated.
    Fresh(
        "sgd",
        r"return or break",
        "optim.SGD.step",
        """
        def step(self):
            for layer in self.layers:
                try:
                    new_weight = layer.weight - self.lr * layer.grad_weight
                    grad_bias = np.reshape(layer.grad_bias, layer.bias.shape)
                except AttributeError:
                    break
                layer.weight = new_weight
                layer.bias = layer.bias - self.lr * grad_bias
        """,
    ),
)

MINIFLOW = (
    # Tests the truth of the value: 0.0 is not taken, and an array raises an error.
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
    # Sets the value always: forward() without an argument wipes it out with None.
    Fresh(
        "input",
        r"wiped out",
        "miniflow.Input.forward",
        """
        def forward(self, value=None):
            self.value = value
        """,
    ),
    # Counts inbound_nodes, where a node that enters twice stands twice, but takes off
    # only one for it: Add(x, x) and all that follows never get ready.
    Fresh(
        "topological_sort",
        r"waited for twice",
        "miniflow.topological_sort",
        """
        def topological_sort(feed_dict):
            for node in feed_dict:
                node.value = feed_dict[node]
            missing = {}
            queue = list(feed_dict.keys())
            result = []
            while len(queue) > 0:
                node = queue.pop(0)
                result.append(node)
                for m in node.outbound_nodes:
                    if m not in missing:
                        missing[m] = len(m.inbound_nodes)
                    missing[m] -= 1
                    if missing[m] == 0:
                        queue.append(m)
            return result
        """,
    ),
    # A plain breadth-first search: a node is listed as soon as one of its inbound
    # nodes is, not after all of them.
    Fresh(
        "topological_sort",
        r"near is not the same",
        "miniflow.topological_sort",
        """
        def topological_sort(feed_dict):
            for node, value in feed_dict.items():
                node.value = value
            queue = list(feed_dict)
            visited = set(queue)
            order = []
            while queue:
                current = queue.pop(0)
                order.append(current)
                for nxt in current.outbound_nodes:
                    if nxt not in visited:
                        visited.add(nxt)
                        queue.append(nxt)
            return order
        """,
    ),
    # The inputs are never fed: the order is right, the values of feed_dict are not
    # set.
    Fresh(
        "topological_sort",
        r"never given their values",
        "miniflow.topological_sort",
        """
        def topological_sort(feed_dict):
            ready = list(feed_dict.keys())
            waits_for = {}
            sorted_nodes = []
            while ready:
                n = ready.pop()
                sorted_nodes.append(n)
                for m in n.outbound_nodes:
                    if m not in waits_for:
                        waits_for[m] = set(m.inbound_nodes)
                    waits_for[m].remove(n)
                    if len(waits_for[m]) == 0:
                        ready.append(m)
            return sorted_nodes
        """,
    ),
    # Returns the value of the last node of the list instead of that of output_node.
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
    # The sum does not start at zero again: a second pass adds to the value of the
    # first.
    Fresh(
        "add_forward",
        r"last pass has left",
        "miniflow.Add.forward",
        """
        def forward(self):
            if self.value is None:
                self.value = 0
            for n in self.inbound_nodes:
                self.value = self.value + n.value
        """,
    ),
    # Adds only the first two inputs.
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
    # Starts with the first input's own array and multiplies in place: the value of
    # the first input is overwritten.
    Fresh(
        "mul_forward",
        r"inside the array",
        "miniflow.Mul.forward",
        """
        def forward(self):
            self.value = self.inbound_nodes[0].value
            for node in self.inbound_nodes[1:]:
                self.value *= node.value
        """,
    ),
    # Makes the bias a column, so that it is added per row (example) instead of per
    # column (neuron); the example, with equal biases and N = O, does not show it.
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
    # The sign in the exponent is missing: 1 / (1 + e^x) is one minus the sigmoid.
    Fresh(
        "sigmoid_forward",
        r"sign in the exponent",
        "miniflow.Sigmoid.forward",
        """
        def forward(self):
            x = self.inbound_nodes[0].value
            self.value = 1 / (1 + np.exp(x))
        """,
    ),
    # The values are not made columns: (m,) minus (m, 1) becomes a table (m, m).
    Fresh(
        "mse_forward",
        r"bring both to columns",
        "miniflow.MSE.forward",
        """
        def forward(self):
            y = self.inbound_nodes[0].value
            a = self.inbound_nodes[1].value
            self.m = y.shape[0]
            self.diff = y - a
            self.value = float(np.mean(self.diff ** 2))
        """,
    ),
    # diff is a - y instead of y - a: the cost is right, but what is kept for backward
    # has the wrong sign.
    Fresh(
        "mse_forward",
        r"other way round",
        "miniflow.MSE.forward",
        """
        def forward(self):
            y, a = [n.value.reshape(-1, 1) for n in self.inbound_nodes]
            self.m = len(y)
            self.diff = a - y
            self.value = np.sum(self.diff * self.diff) / self.m
        """,
    ),
    # The minus sign in the gradient of a is missing.
    Fresh(
        "mse_backward",
        r"one sign",
        "miniflow.MSE.backward",
        """
        def backward(self):
            y, a = self.inbound_nodes
            g = (2 / self.m) * self.diff
            self.gradients = {}
            self.gradients[y] = g.reshape(y.value.shape)
            self.gradients[a] = g.reshape(a.value.shape)
        """,
    ),
    # Only the own slope: it is not multiplied by the incoming gradient.
    Fresh(
        "sigmoid_backward",
        r"slope alone",
        "miniflow.Sigmoid.backward",
        """
        def backward(self):
            x = self.inbound_nodes[0]
            s = self.value
            self.gradients = {x: s * (1 - s)}
        """,
    ),
    # The incoming gradient is overwritten, not added up: only the last outbound node
    # counts.
    Fresh(
        "linear_backward",
        r"last consumer",
        "miniflow.Linear.backward",
        """
        def backward(self):
            X, W, b = self.inbound_nodes
            self.gradients = {n: np.zeros(n.value.shape) for n in self.inbound_nodes}
            grad = np.ones(self.value.shape)
            for n in self.outbound_nodes:
                grad = n.gradients[self]
            self.gradients[X] += np.dot(grad, W.value.T)
            self.gradients[W] += np.dot(X.value.T, grad)
            self.gradients[b] += np.sum(grad, axis=0)
        """,
    ),
    # Averages the gradients of W and b over the rows, although the cost has divided
    # already.
    Fresh(
        "linear_backward",
        r"divided once too often",
        "miniflow.Linear.backward",
        """
        def backward(self):
            self.gradients = {
                n: np.zeros_like(n.value, dtype=float) for n in self.inbound_nodes
            }
            X, W, b = self.inbound_nodes
            N = X.value.shape[0]
            for n in self.outbound_nodes:
                grad = n.gradients[self]
                self.gradients[X] += grad @ W.value.T
                self.gradients[W] += X.value.T @ grad / N
                self.gradients[b] += np.mean(grad, axis=0)
        """,
    ),
    # An input that enters twice counts once: the dictionary holds one entry for it,
    # and nothing is added up.
    Fresh(
        "add_backward",
        r"enters twice",
        "miniflow.Add.backward",
        """
        def backward(self):
            if self.outbound_nodes:
                grad = sum(n.gradients[self] for n in self.outbound_nodes)
            else:
                grad = np.ones(np.shape(self.value))
            self.gradients = {n: grad for n in self.inbound_nodes}
        """,
    ),
    # The last node starts from zeros instead of ones, so no gradient flows at all
    # there.
    Fresh(
        "add_backward",
        r"starts with ones",
        "miniflow.Add.backward",
        """
        def backward(self):
            grad = np.zeros(np.shape(self.value))
            for out in self.outbound_nodes:
                grad = grad + out.gradients[self]
            self.gradients = {}
            for n in self.inbound_nodes:
                self.gradients[n] = self.gradients.get(n, 0) + grad
        """,
    ),
    # Divides the value by the input: wrong (nan or an error) where an input is zero.
    Fresh(
        "mul_backward",
        r"0 / 0",
        "miniflow.Mul.backward",
        """
        def backward(self):
            if len(self.outbound_nodes) == 0:
                grad = np.ones(np.shape(self.value))
            else:
                grad = sum([n.gradients[self] for n in self.outbound_nodes])
            product = 1
            for n in self.inbound_nodes:
                product = product * n.value
            self.gradients = {n: 0 for n in self.inbound_nodes}
            for n in self.inbound_nodes:
                self.gradients[n] = self.gradients[n] + grad * product / n.value
        """,
    ),
    # Takes as "the others" the nodes that are not this node, not the other places:
    # for Mul(x, x) no factor is left, and the result is 2 instead of 2x.
    Fresh(
        "mul_backward",
        r"own other slot",
        "miniflow.Mul.backward",
        """
        def backward(self):
            grad = np.ones(np.shape(self.value))
            if self.outbound_nodes:
                grad = sum(n.gradients[self] for n in self.outbound_nodes)
            self.gradients = {
                n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes
            }
            for n in self.inbound_nodes:
                others = 1.0
                for m in self.inbound_nodes:
                    if m is not n:
                        others = others * m.value
                self.gradients[n] = self.gradients[n] + grad * others
        """,
    ),
    # Does not start afresh: a second pass adds to the gradient of the first.
    Fresh(
        "input_backward",
        r"start afresh",
        "miniflow.Input.backward",
        """
        def backward(self):
            if self not in self.gradients:
                self.gradients[self] = np.zeros(np.shape(self.value))
            for n in self.outbound_nodes:
                self.gradients[self] = self.gradients[self] + n.gradients[self]
        """,
    ),
    # Adds in place to the array of the first outbound node and so changes the
    # gradients that this node holds.
    Fresh(
        "input_backward",
        r"consumer's own array",
        "miniflow.Input.backward",
        """
        def backward(self):
            if not self.outbound_nodes:
                self.gradients = {self: np.zeros(np.shape(self.value))}
                return
            total = self.outbound_nodes[0].gradients[self]
            for node in self.outbound_nodes[1:]:
                total += node.gradients[self]
            self.gradients = {self: total}
        """,
    ),
    # Reverses the caller's list in place and leaves it that way: the next call runs
    # it in the wrong order.
    Fresh(
        "forward_and_backward",
        r"itself was reversed",
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
    # Ignores the learning rate that is given and always uses 0.01.
    Fresh(
        "sgd_update",
        r"rate is fixed",
        "miniflow.sgd_update",
        """
        def sgd_update(trainables, learning_rate=1e-2):
            learning_rate = 0.01
            for t in trainables:
                grad = t.gradients[t]
                t.value = t.value - learning_rate * grad
        """,
    ),
    # Takes e^-|x| for negative entries, too, and forgets the other formula for them:
    # the result for -x is that for x.
    Fresh(
        "sigmoid_forward",
        r"S\(-x\)",
        "miniflow.Sigmoid.forward",
        """
        def forward(self):
            x = self.inbound_nodes[0].value
            e = np.exp(-np.abs(x))
            self.value = 1.0 / (1.0 + e)
        """,
    ),
    # Leaves the inputs out on the way back, as if they had nothing to do: the
    # gradients of the weights are never collected.
    Fresh(
        "forward_and_backward",
        r"first node of the list",
        "miniflow.forward_and_backward",
        """
        def forward_and_backward(graph):
            for n in graph:
                n.forward()
            for n in graph[::-1]:
                if isinstance(n, Input):
                    continue
                n.backward()
        """,
    ),
    # Kahn's algorithm that removes the edges from the graph itself: afterwards no
    # node has outbound nodes, so nothing can flow back and a second sort finds only
    # the inputs.
    Fresh(
        "topological_sort",
        r"graph was changed",
        "miniflow.topological_sort",
        """
        def topological_sort(feed_dict):
            for n, v in feed_dict.items():
                n.value = v
            S = list(feed_dict)
            L = []
            while S:
                n = S.pop(0)
                L.append(n)
                while n.outbound_nodes:
                    m = n.outbound_nodes.pop(0)
                    if all(k in L for k in m.inbound_nodes):
                        S.append(m)
            return L
        """,
    ),
)
