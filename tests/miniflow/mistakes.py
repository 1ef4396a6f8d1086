"""How do students get miniflow wrong, and what are they told? Nothing of this file ships."""

from autograder.judging.mistakes import mistakes

FRESH = "self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}"
KEPT = "self.gradients = {n: self.gradients.get(n, np.zeros(np.shape(n.value))) for n in self.inbound_nodes}"

m = mistakes("input")
m("0 is a value too: ask whether one was given, not whether it is true", ("value is not None", "value"))
m("a forward without a value has wiped out the one that was there", ("value is not None", "True"))

m = mistakes("topological_sort")
WAITING = "waiting.setdefault(m, set(m.inbound_nodes)).discard(n)"
m("a node that enters another one twice is waited for twice, but it comes only once", (WAITING, "waiting.setdefault(m, list(m.inbound_nodes)).remove(n)"), ("if missing:", "if False:"))

m = mistakes("forward_pass")
m("the node that was asked for need not be the last of the list", ("output_node.value", "sorted_nodes[-1].value"))

m = mistakes("add_forward")
SUM = "self.value = sum(n.value for n in self.inbound_nodes)"
m("only two of the inputs were added: there may be more, or one", ("in self.inbound_nodes", "in self.inbound_nodes[:2]"))
m("the sum grew inside the array of the first input", (SUM, "self.value = self.inbound_nodes[0].value\nfor n in self.inbound_nodes[1:]:\n    self.value += n.value"))
m("the entries were added as well: the sum has the inputs' shape", (SUM, "self.value = np.sum([n.value for n in self.inbound_nodes])"))

m = mistakes("mul_forward")
START, TIMES = "product: Any = 1", "product = product * n.value"
m("the product starts from what the last pass has left behind", (START, "product = 1.0 if self.value is None else self.value"))
m("the product grew inside the array of the first input", (START, "product = self.inbound_nodes[0].value"), ("in self.inbound_nodes", "in self.inbound_nodes[1:]"), (TIMES, "product *= n.value"))
m("the inputs were added", (START, "product = 0"), (TIMES, "product = product + n.value"))
m("this is a product of matrices, not one entry by entry", (TIMES, "product = np.dot(product, n.value)"))

m = mistakes("linear_forward")
m("entries were multiplied with entries: this is no weighted sum", ("np.dot(X.value, W.value)", "X.value * W.value"))
m("the bias belongs to the columns, it was added to the rows", ("b.value", "b.value.reshape(-1, 1)"))
m("the value of the last pass was added", ("b.value", "b.value + (0 if self.value is None else self.value)"))

m = mistakes("sigmoid_forward")
SHARE = "np.where(np.greater_equal(x, 0), 1.0, e) / (1.0 + e)"
m("falls where it should rise: look at the sign in the exponent", ("greater_equal(x, 0)", "less_equal(x, 0)"))
m("this is tanh, which lies between -1 and 1", (SHARE, "np.tanh(x)"))
m("the fraction ends too early: where do the brackets close?", (SHARE, "1.0 / 1.0 + np.exp(-x)"))
m("is right for x above 0 only: S(-x) is not S(x)", (SHARE, "1.0 / (1.0 + e)"))

m = mistakes("mse_forward")
Y, A = "np.reshape(y.value, (-1, 1))", "np.reshape(a.value, (-1, 1))"
MEAN = "np.mean(np.square(self.diff))"
m("(m,) minus (m, 1) is (m, m): bring both to columns first", (Y, "y.value"), (A, "a.value"))
m("is the square of a mean: which of the two comes first?", (MEAN, "np.square(np.mean(self.diff))"))

m = mistakes("mse_backward")
m("both gradients got one sign: y and a pull in opposite ways", ("-=", "+="))
m("was multiplied by what comes in, which is nothing: the cost is the last node", ("* self.diff", "* self.diff * sum(n.gradients[self] for n in self.outbound_nodes)"))

for question in ("add_backward", "mul_backward", "input_backward", "sigmoid_backward", "linear_backward"):
    m = mistakes(question)
    m("only the last consumer counts: the others were overwritten", ("in self.outbound_nodes", "in self.outbound_nodes[-1:]"))
    m("only the first consumer was asked", ("in self.outbound_nodes", "in self.outbound_nodes[:1]"))

for question in ("add_forward", "mul_forward"):
    m = mistakes(question)
    m("an input that enters twice counts twice: a set or a dictionary holds it once", ("in self.inbound_nodes", "in dict.fromkeys(self.inbound_nodes)"))

for question in ("add_backward", "mul_backward", "linear_backward", "mse_backward"):
    m = mistakes(question)
    m("holds what the last pass has left: start afresh", (FRESH, KEPT))

for question in ("add_backward", "mul_backward"):
    m = mistakes(question)
    m("without a consumer the blame starts with ones, not with zeros", ("sum(incoming) if incoming else np.ones", "sum(incoming) if incoming else np.zeros"))
    m("an input that enters twice has its share twice", ("self.gradients[n] +=", "self.gradients[n] ="))

m = mistakes("sigmoid_backward")
SLOPE = "slope = self.value * (1.0 - self.value)"
m("is the slope alone: what about the blame that comes in?", ("grad * slope", "slope"))
m("the slope is the value alone: the factor 1 - value is missing", (SLOPE, "slope = self.value"))
m("the slope was taken from the input, not from the value", (SLOPE, "x = self.inbound_nodes[0].value\nslope = x * (1.0 - x)"))
m("value was squeezed a second time: it is the sigmoid already", (SLOPE, "s = 1.0 / (1.0 + np.exp(-self.value))\nslope = s * (1.0 - s)"))

m = mistakes("linear_backward")
m("W came in as it went forward: which sizes must meet here?", ("W.value.T", "W.value"))
m("the bias belongs to the columns: over which axis is the sum?", ("self.gradients[b] += np.sum(grad, axis=0)", "self.gradients[b] = np.sum(grad, axis=1)"))

m = mistakes("add_backward")
m("was shared out among the inputs: each of them moves the sum fully", ("+= grad", "+= grad / len(self.inbound_nodes)"))
m("was multiplied by the input's value, as if this were a product", ("+= grad", "+= grad * n.value"))
m("the inputs share one array: what one gets, all of them get", (FRESH, "self.gradients, grad = {}, np.array(grad)"), ("self.gradients[n] += grad", "if n in self.gradients:\n    self.gradients[n] += grad\nelse:\n    self.gradients[n] = grad"))

m = mistakes("mul_backward")
OTHERS = "self.inbound_nodes[:i] + self.inbound_nodes[i + 1 :]"
PRODUCT = f"for other in {OTHERS}:\n    partial = partial * other.value"
m("was divided by the input's value, which may be 0: multiply the others", (PRODUCT, "partial = grad * self.value / (n.value + 1e-12)"))
m("was multiplied by the input's own value: it is the others that count", (PRODUCT, "partial = grad * n.value"))
m("was multiplied by the whole product, the input's own value included", (PRODUCT, "partial = grad * self.value"))
SLOT = "an input that enters twice was left out of its own other slot"
m.form(SLOT, (OTHERS, "[other for other in self.inbound_nodes if other is not n]"))
m.form(SLOT, (OTHERS, "[other for other in self.inbound_nodes if other is not n]"), ("self.gradients[n] +=", "self.gradients[n] ="))
m("the product grows in place: each input starts where one ended", ("partial = partial * other.value", "grad = partial = grad * other.value"))

m = mistakes("input_backward")
m("holds what the last pass has left: start afresh", ("start = np.zeros(np.shape(self.value))", "start = self.gradients.get(self, np.zeros(np.shape(self.value)))"))
m("the consumer's own array was changed: the sum grew inside it", ("self.gradients = {self: sum(incoming, start=start)}", "for one in incoming[:1]:\n    start = one\nfor one in incoming[1:]:\n    start += one\nself.gradients = {self: start}"))

m = mistakes("forward_and_backward")
BACKWARD = "for n in reversed(graph):\n    n.backward()"
m("forward and backward share one loop: all values must be there before any blame", ("n.forward()", "n.forward()\nn.backward()"), (BACKWARD, ""))
m("the list itself was reversed and stays so for the next round", (BACKWARD, "graph.reverse()\nfor n in graph:\n    n.backward()"))
m("the first node of the list got no blame", ("reversed(graph)", "graph[:0:-1]"))

m = mistakes("sgd_update")
m("the learning rate is fixed: take the one that is given", ("learning_rate * t", "0.01 * t"))
m("the default learning rate is not the one in the signature", ("learning_rate * t", "(0.1 if learning_rate == 0.01 else learning_rate) * t"))
m("the node still has its old value: is its own gradient used, and the result stored?", ("t.value = t.value", "value = t.value"))
