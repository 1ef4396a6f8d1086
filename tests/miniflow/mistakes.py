"""How do students get miniflow wrong, and what are they told? Nothing of this file ships."""

from autograder.judging.mistakes import mistakes

FRESH = "self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}"
KEPT = "self.gradients = {n: self.gradients.get(n, np.zeros(np.shape(n.value))) for n in self.inbound_nodes}"

m = mistakes("input")
m("0 is a value too: ask whether one was given, not whether it is true", ("value is not None", "value"))
m("forward without an argument has replaced the value: keep the old one", ("value is not None", "True"))

m = mistakes("topological_sort")
WAITING = "waiting.setdefault(m, set(m.inbound_nodes)).discard(n)"
m("a node that enters another one twice is counted twice: count it once", (WAITING, "waiting.setdefault(m, list(m.inbound_nodes)).remove(n)"), ("if missing:", "if False:"))

m = mistakes("forward_pass")
m("the value of the last node is returned: return that of output_node", ("output_node.value", "sorted_nodes[-1].value"))

m = mistakes("add_forward")
SUM = "self.value = sum(n.value for n in self.inbound_nodes)"
m("only two of the inputs were added: there may be one or many", ("in self.inbound_nodes", "in self.inbound_nodes[:2]"))
m("+= changed the array of the first input: the sum needs a new array", (SUM, "self.value = self.inbound_nodes[0].value\nfor n in self.inbound_nodes[1:]:\n    self.value += n.value"))
m("the entries were added as well: the sum has the inputs' shape", (SUM, "self.value = np.sum([n.value for n in self.inbound_nodes])"))

m = mistakes("mul_forward")
START, TIMES = "product: Any = 1", "product = product * n.value"
m("the product starts from the value of the last pass: start from 1", (START, "product = 1.0 if self.value is None else self.value"))
m("*= changed the array of the first input: the product needs a new array", (START, "product = self.inbound_nodes[0].value"), ("in self.inbound_nodes", "in self.inbound_nodes[1:]"), (TIMES, "product *= n.value"))
m("the inputs were added", (START, "product = 0"), (TIMES, "product = product + n.value"))
m("this is a matrix product: multiply entry by entry", (TIMES, "product = np.dot(product, n.value)"))

m = mistakes("linear_forward")
m("multiplied entry by entry: use the matrix product", ("np.dot(X.value, W.value)", "X.value * W.value"))
m("the bias was added along the rows: each of its numbers belongs to a column", ("b.value", "b.value.reshape(-1, 1)"))
m("the value of the last pass was added", ("b.value", "b.value + (0 if self.value is None else self.value)"))

m = mistakes("sigmoid_forward")
SHARE = "np.where(np.greater_equal(x, 0), 1.0, e) / (1.0 + e)"
m("falls where it must rise: look at the sign in the exponent", ("greater_equal(x, 0)", "less_equal(x, 0)"))
m("this is tanh, which lies between -1 and 1", (SHARE, "np.tanh(x)"))
m("the denominator is too short: where do the brackets close?", (SHARE, "1.0 / 1.0 + np.exp(-x)"))
m("right only for x above 0: S(-x) is not S(x)", (SHARE, "1.0 / (1.0 + e)"))

m = mistakes("mse_forward")
Y, A = "np.reshape(y.value, (-1, 1))", "np.reshape(a.value, (-1, 1))"
MEAN = "np.mean(np.square(self.diff))"
m("(m,) minus (m, 1) is (m, m): reshape both to columns first", (Y, "y.value"), (A, "a.value"))
m("this is the square of a mean: square first, then take the mean", (MEAN, "np.square(np.mean(self.diff))"))

m = mistakes("mse_backward")
m("both gradients have the same sign: those of y and a have opposite signs", ("-=", "+="))
m("multiplied by an incoming gradient: the cost is the last node and has none", ("* self.diff", "* self.diff * sum(n.gradients[self] for n in self.outbound_nodes)"))

for question in ("add_backward", "mul_backward", "input_backward", "sigmoid_backward", "linear_backward"):
    m = mistakes(question)
    m("only the last outbound node counts: add up the gradients of all of them", ("in self.outbound_nodes", "in self.outbound_nodes[-1:]"))
    m("only the first outbound node counts: add up the gradients of all of them", ("in self.outbound_nodes", "in self.outbound_nodes[:1]"))

for question in ("add_forward", "mul_forward"):
    m = mistakes(question)
    m("an input that enters twice was used once: a set or a dictionary holds it only once", ("in self.inbound_nodes", "in dict.fromkeys(self.inbound_nodes)"))

for question in ("add_backward", "mul_backward", "linear_backward", "mse_backward"):
    m = mistakes(question)
    m("the gradients of the last pass are still in it: start from zeros", (FRESH, KEPT))

for question in ("add_backward", "mul_backward"):
    m = mistakes(question)
    m("starts from zeros: without outbound nodes the gradient starts from ones", ("sum(incoming) if incoming else np.ones", "sum(incoming) if incoming else np.zeros"))
    m("an input that enters twice got its gradient only once: add both", ("self.gradients[n] +=", "self.gradients[n] ="))

m = mistakes("sigmoid_backward")
SLOPE = "slope = self.value * (1.0 - self.value)"
m("this is the slope alone: multiply it by the incoming gradient", ("grad * slope", "slope"))
m("the slope is the value alone: the factor 1 - value is missing", (SLOPE, "slope = self.value"))
m("the slope was taken from the input, not from the value", (SLOPE, "x = self.inbound_nodes[0].value\nslope = x * (1.0 - x)"))
m("the sigmoid was applied a second time: self.value is the sigmoid already", (SLOPE, "s = 1.0 / (1.0 + np.exp(-self.value))\nslope = s * (1.0 - s)"))

m = mistakes("linear_backward")
m("W is not transposed: which shapes fit here?", ("W.value.T", "W.value"))
m("summed over the wrong axis: the bias has one number for each column", ("self.gradients[b] += np.sum(grad, axis=0)", "self.gradients[b] = np.sum(grad, axis=1)"))

m = mistakes("add_backward")
m("divided among the inputs: each one gets the whole incoming gradient", ("+= grad", "+= grad / len(self.inbound_nodes)"))
m("multiplied by the input's value, as in a product: pass it on unchanged", ("+= grad", "+= grad * n.value"))
m("the inputs share one array: give each its own copy", (FRESH, "self.gradients, grad = {}, np.array(grad)"), ("self.gradients[n] += grad", "if n in self.gradients:\n    self.gradients[n] += grad\nelse:\n    self.gradients[n] = grad"))

m = mistakes("mul_backward")
OTHERS = "self.inbound_nodes[:i] + self.inbound_nodes[i + 1 :]"
PRODUCT = f"for other in {OTHERS}:\n    partial = partial * other.value"
m("divided by the input's value, which may be 0: multiply the others instead", (PRODUCT, "partial = grad * self.value / (n.value + 1e-12)"))
m("multiplied by the input's own value: multiply by the others", (PRODUCT, "partial = grad * n.value"))
m("multiplied by the whole product: leave out the input's own value", (PRODUCT, "partial = grad * self.value"))
SLOT = "an input that enters twice is its own other factor: leave out one place only"
m.form(SLOT, (OTHERS, "[other for other in self.inbound_nodes if other is not n]"))
m.form(SLOT, (OTHERS, "[other for other in self.inbound_nodes if other is not n]"), ("self.gradients[n] +=", "self.gradients[n] ="))
m("the product goes on from one input to the next: start again for each", ("partial = partial * other.value", "grad = partial = grad * other.value"))

m = mistakes("input_backward")
m("the gradients of the last pass are still in it: start from zeros", ("start = np.zeros(np.shape(self.value))", "start = self.gradients.get(self, np.zeros(np.shape(self.value)))"))
m("+= changed the array of an outbound node: make a new array", ("self.gradients = {self: sum(incoming, start=start)}", "for one in incoming[:1]:\n    start = one\nfor one in incoming[1:]:\n    start += one\nself.gradients = {self: start}"))

m = mistakes("forward_and_backward")
BACKWARD = "for n in reversed(graph):\n    n.backward()"
m("forward and backward share one loop: run all forwards first", ("n.forward()", "n.forward()\nn.backward()"), (BACKWARD, ""))
m("the list itself was reversed, and stays so: leave the list as it is", (BACKWARD, "graph.reverse()\nfor n in graph:\n    n.backward()"))
m("the first node of the list was left out of the backward pass", ("reversed(graph)", "graph[:0:-1]"))

m = mistakes("sgd_update")
m("the learning rate is a fixed number: use the argument learning_rate", ("learning_rate * t", "0.01 * t"))
m("the default learning rate was changed: keep the one in the signature", ("learning_rate * t", "(0.1 if learning_rate == 0.01 else learning_rate) * t"))
m("the value did not change: is the result stored in t.value?", ("t.value = t.value", "value = t.value"))
