"""How do students get miniflow wrong, and what are they told? Nothing of it ships."""

from autograder.judging.mistakes import mistakes

input = mistakes("input")
input('0 is a value too: ask whether one was given, not whether it is true', whole="""
def forward(self: Any, value: Any = None) -> None:
    if value:
        self.value = value
""")
input('a forward without a value has wiped out the one that was there', whole="""
def forward(self: Any, value: Any = None) -> None:
    self.value = value
""")
input('a forward without a value has set it to 0', whole="""
def forward(self: Any, value: Any = None) -> None:
    self.value = 0.0 if value is None else value
""")
input('a new value does not replace the first one', whole="""
def forward(self: Any, value: Any = None) -> None:
    if self.value is None:
        self.value = value
""")
input('the new value was added to the old one, it should take its place', whole="""
def forward(self: Any, value: Any = None) -> None:
    if value is not None:
        self.value = value if self.value is None else self.value + value
""")
input('the value must be kept in the node, returning it is not enough', whole="""
def forward(self: Any, value: Any = None) -> Any:
    return value
""")

topological_sort = mistakes("topological_sort")
topological_sort('the list runs from the cost to the inputs', whole="""
def topological_sort(feed_dict: Any) -> list[Any]:
    for node, value in feed_dict.items():
        node.value = value
    nodes, queue = [], list(feed_dict)
    while queue:
        n = queue.pop(0)
        nodes.append(n)
        for m in n.outbound_nodes:
            if all(k in nodes for k in m.inbound_nodes):
                queue.append(m)
    return nodes[::-1]
""")
topological_sort('nodes stand by their distance from the inputs: near is not the same as ready', whole="""
def topological_sort(feed_dict: Any) -> list[Any]:
    for node, value in feed_dict.items():
        node.value = value
    nodes = list(feed_dict)
    for n in nodes:
        nodes.extend(m for m in n.outbound_nodes if m not in nodes)
    return nodes
""")
topological_sort('each path was followed to its end: a node may still wait for another path', whole="""
def topological_sort(feed_dict: Any) -> list[Any]:
    for node, value in feed_dict.items():
        node.value = value
    nodes: list[Any] = []

    def visit(n: Any) -> None:
        if n not in nodes:
            nodes.append(n)
            for m in n.outbound_nodes:
                visit(m)

    for n in feed_dict:
        visit(n)
    return nodes
""")
topological_sort('the inputs were sorted but never given their values', whole="""
def topological_sort(feed_dict: Any) -> list[Any]:
    nodes: list[Any] = []

    def visit(n: Any) -> None:
        if n not in nodes:
            for m in n.outbound_nodes:
                visit(m)
            nodes.insert(0, n)

    for n in feed_dict:
        visit(n)
    return nodes
""")
topological_sort('a node is put down once for every path that leads to it', whole="""
def topological_sort(feed_dict: Any) -> list[Any]:
    for node, value in feed_dict.items():
        node.value = value
    nodes = list(feed_dict)
    for n in nodes:
        nodes.extend(n.outbound_nodes)
    return nodes
""")
topological_sort('a node that enters another one twice is waited for twice, but it comes only once', whole="""
def topological_sort(feed_dict: Any) -> list[Any]:
    waiting: dict[Any, int] = {}
    nodes = list(feed_dict)
    for n in nodes:
        n.value = feed_dict.get(n, n.value)
        for m in n.outbound_nodes:
            waiting[m] = waiting.get(m, len(m.inbound_nodes)) - 1
            if waiting[m] == 0:
                nodes.append(m)
    return nodes
""")
topological_sort('nodes of one name were taken for one node', whole="""
def topological_sort(feed_dict: Any) -> list[Any]:
    for node, value in feed_dict.items():
        node.value = value
    nodes: list[Any] = []

    def visit(n: Any) -> None:
        if n.name not in [k.name for k in nodes]:
            for m in n.outbound_nodes:
                visit(m)
            nodes.insert(0, n)

    for n in feed_dict:
        visit(n)
    return nodes
""")
topological_sort('the search began at the first input only', whole="""
def topological_sort(feed_dict: Any) -> list[Any]:
    for node, value in feed_dict.items():
        node.value = value
    nodes: list[Any] = []

    def visit(n: Any) -> None:
        if n not in nodes:
            for m in n.outbound_nodes:
                visit(m)
            nodes.insert(0, n)

    visit(next(iter(feed_dict)))
    return nodes
""")
topological_sort('nodes that no other node uses were left out', whole="""
def topological_sort(feed_dict: Any) -> list[Any]:
    for node, value in feed_dict.items():
        node.value = value
    nodes: list[Any] = []

    def visit(n: Any) -> None:
        if n not in nodes and n.outbound_nodes:
            for m in n.outbound_nodes:
                visit(m)
            nodes.insert(0, n)

    for n in feed_dict:
        visit(n)
    return nodes
""")
topological_sort('the inputs belong into the list too', whole="""
def topological_sort(feed_dict: Any) -> list[Any]:
    for node, value in feed_dict.items():
        node.value = value
    nodes: list[Any] = []

    def visit(n: Any) -> None:
        if n not in nodes:
            for m in n.outbound_nodes:
                visit(m)
            nodes.insert(0, n)

    for n in feed_dict:
        visit(n)
    return [n for n in nodes if n.inbound_nodes]
""")
topological_sort("the search has taken the graph's own lists of nodes apart", whole="""
def topological_sort(feed_dict: Any) -> list[Any]:
    for node, value in feed_dict.items():
        node.value = value
    nodes: list[Any] = []

    def visit(n: Any) -> None:
        if n not in nodes:
            while n.outbound_nodes:
                visit(n.outbound_nodes.pop())
            nodes.insert(0, n)

    for n in feed_dict:
        visit(n)
    return nodes
""")
topological_sort('the search has emptied feed_dict: whoever gave it is left without', whole="""
def topological_sort(feed_dict: Any) -> list[Any]:
    nodes: list[Any] = []

    def visit(n: Any) -> None:
        if n not in nodes:
            for m in n.outbound_nodes:
                visit(m)
            nodes.insert(0, n)

    while feed_dict:
        n, n.value = feed_dict.popitem()
        visit(n)
    return nodes
""")

forward_pass = mistakes("forward_pass")
forward_pass('the node that was asked for need not be the last of the list', whole="""
def forward_pass(output_node: Any, sorted_nodes: Any) -> Any:
    for n in sorted_nodes:
        n.forward()
    return sorted_nodes[-1].value
""")
forward_pass('the value was read before the pass, not after it', whole="""
def forward_pass(output_node: Any, sorted_nodes: Any) -> Any:
    value = output_node.value
    for n in sorted_nodes:
        n.forward()
    return value
""")
forward_pass('no node has computed anything yet: the value is an old one', whole="""
def forward_pass(output_node: Any, sorted_nodes: Any) -> Any:
    return output_node.value
""")
forward_pass('only the last node went forward, with nothing to compute from', whole="""
def forward_pass(output_node: Any, sorted_nodes: Any) -> Any:
    output_node.forward()
    return output_node.value
""")
forward_pass('the pass has stopped early: every node of the list has its turn', whole="""
def forward_pass(output_node: Any, sorted_nodes: Any) -> Any:
    for n in sorted_nodes:
        n.forward()
        if n is output_node:
            break
    return output_node.value
""")
forward_pass('the pass went from the last node to the first', whole="""
def forward_pass(output_node: Any, sorted_nodes: Any) -> Any:
    for n in reversed(sorted_nodes):
        n.forward()
    return output_node.value
""")
forward_pass('the output node went forward once more than the others', whole="""
def forward_pass(output_node: Any, sorted_nodes: Any) -> Any:
    for n in sorted_nodes:
        n.forward()
    output_node.forward()
    return output_node.value
""")

add_forward = mistakes("add_forward")
add_forward('the sum starts from what the last pass has left behind', whole="""
def forward(self: Any) -> None:
    if self.value is None:
        self.value = 0.0
    for n in self.inbound_nodes:
        self.value = self.value + n.value
""")
add_forward('only two of the inputs were added: there may be more, or one', whole="""
def forward(self: Any) -> None:
    self.value = self.inbound_nodes[0].value + self.inbound_nodes[1].value
""")
add_forward('this is the last input alone: the sum was overwritten', whole="""
def forward(self: Any) -> None:
    for n in self.inbound_nodes:
        self.value = n.value
""")
add_forward('the sum grew inside the array of the first input', whole="""
def forward(self: Any) -> None:
    self.value = self.inbound_nodes[0].value
    for n in self.inbound_nodes[1:]:
        self.value += n.value
""")
add_forward("the entries were added as well: the sum has the inputs' shape", whole="""
def forward(self: Any) -> None:
    self.value = np.sum([n.value for n in self.inbound_nodes])
""")
add_forward('an input that enters twice was added once', whole="""
def forward(self: Any) -> None:
    self.value = sum(n.value for n in dict.fromkeys(self.inbound_nodes))
""")
add_forward('the sum starts at 1', whole="""
def forward(self: Any) -> None:
    self.value = 1 + sum(n.value for n in self.inbound_nodes)
""")
add_forward('the first input was added twice: as the start and in the loop', whole="""
def forward(self: Any) -> None:
    self.value = self.inbound_nodes[0].value
    for n in self.inbound_nodes:
        self.value = self.value + n.value
""")
add_forward('this is the mean of the inputs', whole="""
def forward(self: Any) -> None:
    total = sum(n.value for n in self.inbound_nodes)
    self.value = total / len(self.inbound_nodes)
""")

mul_forward = mistakes("mul_forward")
mul_forward('the product starts from what the last pass has left behind', whole="""
def forward(self: Any) -> None:
    if self.value is None:
        self.value = 1.0
    for n in self.inbound_nodes:
        self.value = self.value * n.value
""")
mul_forward('the product starts at 0, and stays there', whole="""
def forward(self: Any) -> None:
    product = 0.0
    for n in self.inbound_nodes:
        product = product * n.value
    self.value = product
""")
mul_forward('the first input counts twice: as the start and in the loop', whole="""
def forward(self: Any) -> None:
    self.value = self.inbound_nodes[0].value
    for n in self.inbound_nodes:
        self.value = self.value * n.value
""")
mul_forward('only two of the inputs were multiplied: there may be more, or one', whole="""
def forward(self: Any) -> None:
    self.value = self.inbound_nodes[0].value * self.inbound_nodes[1].value
""")
mul_forward('the product grew inside the array of the first input', whole="""
def forward(self: Any) -> None:
    self.value = self.inbound_nodes[0].value
    for n in self.inbound_nodes[1:]:
        self.value *= n.value
""")
mul_forward('an input that enters twice was multiplied in once', whole="""
def forward(self: Any) -> None:
    product = 1.0
    for n in dict.fromkeys(self.inbound_nodes):
        product = product * n.value
    self.value = product
""")
mul_forward('the inputs were added', whole="""
def forward(self: Any) -> None:
    self.value = sum(n.value for n in self.inbound_nodes)
""")
mul_forward('a factor of 0 was passed over', whole="""
def forward(self: Any) -> None:
    product = 1.0
    for n in self.inbound_nodes:
        if np.any(n.value):
            product = product * n.value
    self.value = product
""")
mul_forward('this is a product of matrices, not one entry by entry', whole="""
def forward(self: Any) -> None:
    product = self.inbound_nodes[0].value
    for n in self.inbound_nodes[1:]:
        product = np.dot(product, n.value)
    self.value = product
""")

linear_forward = mistakes("linear_forward")
linear_forward('the bias is missing', whole="""
def forward(self: Any) -> None:
    X, W, _ = self.inbound_nodes
    self.value = np.dot(X.value, W.value)
""")
linear_forward('the bias was subtracted', whole="""
def forward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    self.value = np.dot(X.value, W.value) - b.value
""")
linear_forward('X and W have changed places: rows of X meet columns of W', whole="""
def forward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    self.value = np.dot(W.value, X.value) + b.value
""")
linear_forward('W stands as (I, O): which sizes must meet in the product?', whole="""
def forward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    self.value = np.dot(X.value, W.value.T) + b.value
""")
linear_forward('entries were multiplied with entries: this is no weighted sum', whole="""
def forward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    self.value = X.value * W.value + b.value
""")
linear_forward('the value of the last pass was added', whole="""
def forward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    output = np.dot(X.value, W.value) + b.value
    same = np.shape(self.value) == np.shape(output)
    self.value = self.value + output if same else output
""")
linear_forward('the bias belongs to the columns, it was added to the rows', whole="""
def forward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    self.value = np.dot(X.value, W.value) + b.value.reshape(-1, 1)
""")
linear_forward('all entries of the bias were added to each entry', whole="""
def forward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    self.value = np.dot(X.value, W.value) + np.sum(b.value)
""")

sigmoid_forward = mistakes("sigmoid_forward")
sigmoid_forward('falls where it should rise: look at the sign in the exponent', whole="""
def forward(self: Any) -> None:
    self.value = 1.0 / (1.0 + np.exp(self.inbound_nodes[0].value))
""")
sigmoid_forward('this is tanh, which lies between -1 and 1', whole="""
def forward(self: Any) -> None:
    self.value = np.tanh(self.inbound_nodes[0].value)
""")
sigmoid_forward('this is the slope of the sigmoid, not the sigmoid', whole="""
def forward(self: Any) -> None:
    value = 1.0 / (1.0 + np.exp(-self.inbound_nodes[0].value))
    self.value = value * (1.0 - value)
""")
sigmoid_forward('below the line something is added, not taken away', whole="""
def forward(self: Any) -> None:
    self.value = 1.0 / (1.0 - np.exp(-self.inbound_nodes[0].value))
""")
sigmoid_forward('can leave the range from 0 to 1: what is added below the line?', whole="""
def forward(self: Any) -> None:
    self.value = 1.0 / np.exp(-self.inbound_nodes[0].value)
""")
sigmoid_forward('the fraction ends too early: where do the brackets close?', whole="""
def forward(self: Any) -> None:
    self.value = 1.0 / 1.0 + np.exp(-self.inbound_nodes[0].value)
""")
sigmoid_forward('the entries share one sum, as in softmax: each goes by itself', whole="""
def forward(self: Any) -> None:
    e = np.exp(self.inbound_nodes[0].value)
    self.value = e / np.sum(e)
""")
sigmoid_forward('this is a step or a rounding: the curve is smooth', whole="""
def forward(self: Any) -> None:
    self.value = np.where(np.greater(self.inbound_nodes[0].value, 0), 1.0, 0.0)
""")
sigmoid_forward('a second pass squeezes the value of the first', whole="""
def forward(self: Any) -> None:
    x = self.inbound_nodes[0].value if self.value is None else self.value
    self.value = 1.0 / (1.0 + np.exp(-x))
""")
sigmoid_forward("was worked out inside the input's array", whole="""
def forward(self: Any) -> None:
    x = np.asarray(self.inbound_nodes[0].value)
    x *= -1.0
    self.value = 1.0 / (1.0 + np.exp(x))
""")
sigmoid_forward('is right for x above 0 only: S(-x) is not S(x)', whole="""
def forward(self: Any) -> None:
    self.value = 1.0 / (1.0 + np.exp(-np.abs(self.inbound_nodes[0].value)))
""")

mse_forward = mistakes("mse_forward")
mse_forward('(m,) minus (m, 1) is (m, m): bring both to columns first', whole="""
def forward(self: Any) -> None:
    y, a = self.inbound_nodes
    self.diff = y.value - a.value
    self.m = len(self.diff)
    self.value = np.mean(self.diff**2)
""")
mse_forward('is a sum: who divides by the number of entries?', whole="""
def forward(self: Any) -> None:
    y, a = self.inbound_nodes
    self.diff = np.reshape(y.value, (-1, 1)) - np.reshape(a.value, (-1, 1))
    self.m = len(self.diff)
    self.value = np.sum(self.diff**2)
""")
mse_forward('is half of the mean: no one half is asked for here', whole="""
def forward(self: Any) -> None:
    y, a = self.inbound_nodes
    self.diff = np.reshape(y.value, (-1, 1)) - np.reshape(a.value, (-1, 1))
    self.m = len(self.diff)
    self.value = np.mean(self.diff**2) / 2.0
""")
mse_forward('was divided by m - 1: a mean divides by the number of entries', whole="""
def forward(self: Any) -> None:
    y, a = self.inbound_nodes
    self.diff = np.reshape(y.value, (-1, 1)) - np.reshape(a.value, (-1, 1))
    self.m = len(self.diff)
    self.value = np.sum(self.diff**2) / np.float64(self.m - 1)
""")
mse_forward('is a mean of the differences themselves: they are to be squared', whole="""
def forward(self: Any) -> None:
    y, a = self.inbound_nodes
    self.diff = np.reshape(y.value, (-1, 1)) - np.reshape(a.value, (-1, 1))
    self.m = len(self.diff)
    self.value = np.mean(self.diff)
""")
mse_forward('is a mean of absolute differences: they are to be squared', whole="""
def forward(self: Any) -> None:
    y, a = self.inbound_nodes
    self.diff = np.reshape(y.value, (-1, 1)) - np.reshape(a.value, (-1, 1))
    self.m = len(self.diff)
    self.value = np.mean(np.abs(self.diff))
""")
mse_forward('is the root of the mean: no root is asked for here', whole="""
def forward(self: Any) -> None:
    y, a = self.inbound_nodes
    self.diff = np.reshape(y.value, (-1, 1)) - np.reshape(a.value, (-1, 1))
    self.m = len(self.diff)
    self.value = np.sqrt(np.mean(self.diff**2))
""")
mse_forward('is the square of a mean: which of the two comes first?', whole="""
def forward(self: Any) -> None:
    y, a = self.inbound_nodes
    self.diff = np.reshape(y.value, (-1, 1)) - np.reshape(a.value, (-1, 1))
    self.m = len(self.diff)
    self.value = np.mean(self.diff) ** 2
""")
mse_forward('was kept the other way round: who is taken away from whom?', whole="""
def forward(self: Any) -> None:
    y, a = self.inbound_nodes
    self.diff = np.reshape(a.value, (-1, 1)) - np.reshape(y.value, (-1, 1))
    self.m = len(self.diff)
    self.value = np.mean(self.diff**2)
""")
mse_forward('was squared before it was kept: backward needs it as it was', whole="""
def forward(self: Any) -> None:
    y, a = self.inbound_nodes
    self.diff = (np.reshape(y.value, (-1, 1)) - np.reshape(a.value, (-1, 1))) ** 2
    self.m = len(self.diff)
    self.value = np.mean(self.diff)
""")
mse_forward('must be kept in forward, for backward to find it', whole="""
def forward(self: Any) -> None:
    y, a = self.inbound_nodes
    diff = np.reshape(y.value, (-1, 1)) - np.reshape(a.value, (-1, 1))
    self.value = np.mean(diff**2)
""")

mse_backward = mistakes("mse_backward")
mse_backward('has the sign of the other one: does a larger a raise the cost?', whole="""
def backward(self: Any) -> None:
    y, a = self.inbound_nodes
    grad = 2.0 / self.m * self.diff
    self.gradients = {y: -grad, a: grad}
""")
mse_backward('both gradients got one sign: y and a pull in opposite ways', whole="""
def backward(self: Any) -> None:
    grad = 2.0 / self.m * self.diff
    self.gradients = dict.fromkeys(self.inbound_nodes, grad)
""")
mse_backward("a factor of the square's derivative is missing", whole="""
def backward(self: Any) -> None:
    y, a = self.inbound_nodes
    self.gradients = {y: self.diff / self.m, a: -self.diff / self.m}
""")
mse_backward('belongs to a sum of squares: the cost is a mean', whole="""
def backward(self: Any) -> None:
    y, a = self.inbound_nodes
    self.gradients = {y: 2.0 * self.diff, a: -2.0 * self.diff}
""")
mse_backward('was divided by m twice', whole="""
def backward(self: Any) -> None:
    y, a = self.inbound_nodes
    grad = 2.0 / self.m * self.diff / self.m
    self.gradients = {y: grad, a: -grad}
""")
mse_backward('holds what the last pass has left: start afresh', whole="""
def backward(self: Any) -> None:
    y, a = self.inbound_nodes
    grad = np.ravel(2.0 / self.m * self.diff)
    for n, g in ((y, grad), (a, -grad)):
        old = self.gradients.get(n, np.zeros(1))
        old = old if old.size == g.size else np.zeros(1)
        self.gradients[n] = (old.ravel() + g).reshape(n.value.shape)
""")
mse_backward('the squared differences were used: the square is derived already', whole="""
def backward(self: Any) -> None:
    y, a = self.inbound_nodes
    grad = 2.0 / self.m * self.diff**2
    self.gradients = {y: grad, a: -grad}
""")
mse_backward('y enters the cost as well: it needs a gradient of its own', whole="""
def backward(self: Any) -> None:
    y, a = self.inbound_nodes
    self.gradients = {y: np.zeros_like(y.value), a: -2.0 / self.m * self.diff}
""")
mse_backward('is one number for all: each entry has its own difference', whole="""
def backward(self: Any) -> None:
    y, a = self.inbound_nodes
    grad = np.full_like(self.diff, 2.0 * np.mean(self.diff))
    self.gradients = {y: grad, a: -grad}
""")
mse_backward('was multiplied by what comes in, which is nothing: the cost is the last node', whole="""
def backward(self: Any) -> None:
    y, a = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    step = (grad * 2.0 / self.m * self.diff).reshape(np.shape(y.value))
    self.gradients = {y: step, a: -step.reshape(np.shape(a.value))}
""")

sigmoid_backward = mistakes("sigmoid_backward")
sigmoid_backward('is the slope alone: what about the blame that comes in?', whole="""
def backward(self: Any) -> None:
    self.gradients = {self.inbound_nodes[0]: self.value * (1.0 - self.value)}
""")
sigmoid_backward('is the incoming gradient alone: what about the slope?', whole="""
def backward(self: Any) -> None:
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients = {self.inbound_nodes[0]: grad}
""")
sigmoid_backward('the slope was taken from the input, not from the value', whole="""
def backward(self: Any) -> None:
    x = self.inbound_nodes[0].value
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients = {self.inbound_nodes[0]: grad * x * (1.0 - x)}
""")
sigmoid_backward('value was squeezed a second time: it is the sigmoid already', whole="""
def backward(self: Any) -> None:
    s = 1.0 / (1.0 + np.exp(-self.value))
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients = {self.inbound_nodes[0]: grad * s * (1.0 - s)}
""")
sigmoid_backward('the slope is a product of two factors: one is missing', whole="""
def backward(self: Any) -> None:
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients = {self.inbound_nodes[0]: grad * (1.0 - self.value)}
""")
sigmoid_backward('the slope has a second factor: it is missing', whole="""
def backward(self: Any) -> None:
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients = {self.inbound_nodes[0]: grad * self.value}
""")
sigmoid_backward('this is the slope of tanh', whole="""
def backward(self: Any) -> None:
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients = {self.inbound_nodes[0]: grad * (1.0 - self.value**2)}
""")
sigmoid_backward('only the last consumer counts: the others were overwritten', whole="""
def backward(self: Any) -> None:
    for n in self.outbound_nodes:
        grad = n.gradients[self] * self.value * (1.0 - self.value)
        self.gradients = {self.inbound_nodes[0]: grad}
""")
sigmoid_backward('only the first consumer was asked', whole="""
def backward(self: Any) -> None:
    grad = self.outbound_nodes[0].gradients[self]
    self.gradients = {self.inbound_nodes[0]: grad * self.value * (1.0 - self.value)}
""")
sigmoid_backward('holds what the last pass has left: start afresh', whole="""
def backward(self: Any) -> None:
    x = self.inbound_nodes[0]
    old = self.gradients.get(x, np.zeros(1))
    total = old if old.shape == self.value.shape else np.zeros(1)
    for n in self.outbound_nodes:
        total = total + n.gradients[self] * self.value * (1.0 - self.value)
    self.gradients[x] = total
""")

linear_backward = mistakes("linear_backward")
linear_backward('only the last consumer counts: the others were overwritten', whole="""
def backward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    for n in self.outbound_nodes:
        grad = n.gradients[self]
        self.gradients[X] = np.dot(grad, W.value.T)
        self.gradients[W] = np.dot(X.value.T, grad)
        self.gradients[b] = np.sum(grad, axis=0)
""")
linear_backward('only the first consumer was asked', whole="""
def backward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = self.outbound_nodes[0].gradients[self]
    self.gradients[X] = np.dot(grad, W.value.T)
    self.gradients[W] = np.dot(X.value.T, grad)
    self.gradients[b] = np.sum(grad, axis=0)
""")
linear_backward('W came in as it went forward: which sizes must meet here?', whole="""
def backward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[W] = np.dot(X.value.T, grad)
    self.gradients[b] = np.sum(grad, axis=0)
    self.gradients[X] = np.dot(grad, W.value)
""")
linear_backward('X came in as it went forward: which sizes must meet here?', whole="""
def backward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[X] = np.dot(grad, W.value.T)
    self.gradients[b] = np.sum(grad, axis=0)
    self.gradients[W] = np.dot(X.value, grad)
""")
linear_backward('the gradient of W is turned on its side', whole="""
def backward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[X] = np.dot(grad, W.value.T)
    self.gradients[W] = np.dot(grad.T, X.value)
    self.gradients[b] = np.sum(grad, axis=0)
""")
linear_backward('every row has its share in the bias: were they added up?', whole="""
def backward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[X] = np.dot(grad, W.value.T)
    self.gradients[W] = np.dot(X.value.T, grad)
    self.gradients[b] = grad
""")
linear_backward('the bias got a mean over the rows: the cost has divided by N', whole="""
def backward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[X] = np.dot(grad, W.value.T)
    self.gradients[W] = np.dot(X.value.T, grad)
    self.gradients[b] = np.mean(grad, axis=0)
""")
linear_backward('the bias belongs to the columns: over which axis is the sum?', whole="""
def backward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[X] = np.dot(grad, W.value.T)
    self.gradients[W] = np.dot(X.value.T, grad)
    self.gradients[b] = np.sum(grad, axis=1)
""")
linear_backward('all entries went into one number: the bias has O of them', whole="""
def backward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[X] = np.dot(grad, W.value.T)
    self.gradients[W] = np.dot(X.value.T, grad)
    self.gradients[b] = np.sum(grad)
""")
linear_backward('W got a mean over the rows: the cost has divided by N already', whole="""
def backward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[X] = np.dot(grad, W.value.T)
    self.gradients[W] = np.dot(X.value.T, grad) / len(grad)
    self.gradients[b] = np.sum(grad, axis=0)
""")
linear_backward('holds what the last pass has left: start afresh', whole="""
def backward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    new = {
        X: np.dot(grad, W.value.T),
        W: np.dot(X.value.T, grad),
        b: np.sum(grad, axis=0),
    }
    for n, gradient in new.items():
        old = self.gradients.get(n, np.zeros(1))
        same = old.shape == gradient.shape
        self.gradients[n] = gradient + old if same else gradient
""")
linear_backward('the bias was left at 0: it has a share in the output too', whole="""
def backward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[X] = np.dot(grad, W.value.T)
    self.gradients[W] = np.dot(X.value.T, grad)
    self.gradients[b] = np.zeros_like(b.value)
""")
linear_backward('the bias got ones: what about the blame that comes in?', whole="""
def backward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[X] = np.dot(grad, W.value.T)
    self.gradients[W] = np.dot(X.value.T, grad)
    self.gradients[b] = np.ones_like(b.value)
""")
linear_backward("X and W got each other's gradient", whole="""
def backward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[W] = np.dot(grad, W.value.T)
    self.gradients[X] = np.dot(X.value.T, grad)
    self.gradients[b] = np.sum(grad, axis=0)
""")
linear_backward('only the last row counts: every row has a share', whole="""
def backward(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients = {
        X: grad @ W.value.T,
        W: np.outer(X.value[-1], grad[-1]),
        b: grad.sum(axis=0),
    }
""")

add_backward = mistakes("add_backward")
add_backward('are ones: what about the blame that comes in?', whole="""
def backward(self: Any) -> None:
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        self.gradients[n] = self.gradients[n] + 1.0
""")
add_backward('only the last consumer counts: the others were overwritten', whole="""
def backward(self: Any) -> None:
    grad = np.ones(np.shape(self.value))
    for n in self.outbound_nodes:
        grad = n.gradients[self]
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        self.gradients[n] = self.gradients[n] + grad
""")
add_backward('without a consumer the blame starts with ones, not with zeros', whole="""
def backward(self: Any) -> None:
    grad = np.zeros(np.shape(self.value))
    for n in self.outbound_nodes:
        grad = grad + n.gradients[self]
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        self.gradients[n] = self.gradients[n] + grad
""")
add_backward('the blame starts with ones only where there is no consumer', whole="""
def backward(self: Any) -> None:
    grad = np.ones(np.shape(self.value))
    for n in self.outbound_nodes:
        grad = grad + n.gradients[self]
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        self.gradients[n] = self.gradients[n] + grad
""")
add_backward('an input that enters twice has its share twice', whole="""
def backward(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    self.gradients = dict.fromkeys(self.inbound_nodes, grad)
""")
add_backward('was shared out among the inputs: each of them moves the sum fully', whole="""
def backward(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        self.gradients[n] = self.gradients[n] + grad / len(self.inbound_nodes)
""")
add_backward("was multiplied by the input's value, as if this were a product", whole="""
def backward(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        self.gradients[n] = self.gradients[n] + grad * n.value
""")
add_backward('holds what the last pass has left: start afresh', whole="""
def backward(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    for n in self.inbound_nodes:
        old = self.gradients.get(n, 0.0)
        self.gradients[n] = grad + (old if np.shape(old) == np.shape(grad) else 0.0)
""")
add_backward("the consumer's own array was changed: the sum grew inside it", whole="""
def backward(self: Any) -> None:
    if self.outbound_nodes:
        grad = self.outbound_nodes[0].gradients[self]
    else:
        grad = np.ones(np.shape(self.value))
    for n in self.outbound_nodes[1:]:
        grad += n.gradients[self]
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        self.gradients[n] = self.gradients[n] + grad
""")
add_backward('only the first consumer was asked', whole="""
def backward(self: Any) -> None:
    grad = np.ones(np.shape(self.value))
    if self.outbound_nodes:
        grad = self.outbound_nodes[0].gradients[self]
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        self.gradients[n] = self.gradients[n] + grad
""")
add_backward('the inputs share one array: what one gets, all of them get', whole="""
def backward(self: Any) -> None:
    grad = np.zeros(np.shape(self.value))
    for n in self.outbound_nodes:
        grad = grad + n.gradients[self]
    if not self.outbound_nodes:
        grad = np.ones(np.shape(self.value))
    self.gradients = {}
    for n in self.inbound_nodes:
        if n in self.gradients:
            self.gradients[n] += grad
        else:
            self.gradients[n] = grad
""")

mul_backward = mistakes("mul_backward")
mul_backward('a quotient knows nothing of the other inputs where this one is 0', whole="""
def backward(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        at = np.not_equal(n.value, 0.0)
        share = np.divide(self.value, n.value, out=np.zeros(np.shape(at)), where=at)
        self.gradients[n] = self.gradients[n] + grad * share
""")
mul_backward("was multiplied by the input's own value: it is the others that count", whole="""
def backward(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        self.gradients[n] = self.gradients[n] + grad * n.value
""")
mul_backward("was multiplied by the whole product, the input's own value included", whole="""
def backward(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        self.gradients[n] = self.gradients[n] + grad * self.value
""")
mul_backward('only one of the other inputs was used: there may be more, or none', whole="""
def backward(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for i, n in enumerate(self.inbound_nodes):
        other = self.inbound_nodes[i - 1]
        self.gradients[n] = self.gradients[n] + grad * other.value
""")
mul_backward('the other inputs were added, not multiplied', whole="""
def backward(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for i, n in enumerate(self.inbound_nodes):
        others = self.inbound_nodes[:i] + self.inbound_nodes[i + 1 :]
        self.gradients[n] += grad * sum(m.value for m in others)
""")
mul_backward('is the local slope alone: what about the blame that comes in?', whole="""
def backward(self: Any) -> None:
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for i, n in enumerate(self.inbound_nodes):
        partial = np.ones(np.shape(self.value))
        for other in self.inbound_nodes[:i] + self.inbound_nodes[i + 1 :]:
            partial = partial * other.value
        self.gradients[n] = self.gradients[n] + partial
""")
mul_backward('only the last consumer counts: the others were overwritten', whole="""
def backward(self: Any) -> None:
    grad = np.ones(np.shape(self.value))
    for n in self.outbound_nodes:
        grad = n.gradients[self]
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for i, n in enumerate(self.inbound_nodes):
        partial = grad
        for other in self.inbound_nodes[:i] + self.inbound_nodes[i + 1 :]:
            partial = partial * other.value
        self.gradients[n] = self.gradients[n] + partial
""")
mul_backward('an input that enters twice has its share twice', whole="""
def backward(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    for i, n in enumerate(self.inbound_nodes):
        partial = grad
        for other in self.inbound_nodes[:i] + self.inbound_nodes[i + 1 :]:
            partial = partial * other.value
        self.gradients[n] = partial
""")
mul_backward('an input that enters twice was left out of its own other slot', whole="""
def backward(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        partial = grad
        for other in self.inbound_nodes:
            if other is not n:
                partial = partial * other.value
        self.gradients[n] = self.gradients[n] + partial
""")
mul_backward('without a consumer the blame starts with ones, not with zeros', whole="""
def backward(self: Any) -> None:
    grad = np.zeros(np.shape(self.value))
    for n in self.outbound_nodes:
        grad = grad + n.gradients[self]
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for i, n in enumerate(self.inbound_nodes):
        partial = grad
        for other in self.inbound_nodes[:i] + self.inbound_nodes[i + 1 :]:
            partial = partial * other.value
        self.gradients[n] = self.gradients[n] + partial
""")
mul_backward('the blame starts with ones only where there is no consumer', whole="""
def backward(self: Any) -> None:
    grad = np.ones(np.shape(self.value))
    for n in self.outbound_nodes:
        grad = grad + n.gradients[self]
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for i, n in enumerate(self.inbound_nodes):
        partial = grad
        for other in self.inbound_nodes[:i] + self.inbound_nodes[i + 1 :]:
            partial = partial * other.value
        self.gradients[n] = self.gradients[n] + partial
""")
mul_backward('the blame passed unchanged, as through a sum', whole="""
def backward(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    self.gradients = dict.fromkeys(self.inbound_nodes, grad)
""")
mul_backward('the product grows in place: each input starts where one ended', whole="""
def backward(self: Any) -> None:
    grad = np.zeros(np.shape(self.value))
    for n in self.outbound_nodes:
        grad = grad + n.gradients[self]
    if not self.outbound_nodes:
        grad = np.ones(np.shape(self.value))
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for place, n in enumerate(self.inbound_nodes):
        for other, m in enumerate(self.inbound_nodes):
            if other != place:
                grad *= m.value
        self.gradients[n] = self.gradients[n] + grad
""")
mul_backward('holds what the last pass has left: start afresh', whole="""
def backward(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    for i, n in enumerate(self.inbound_nodes):
        partial = grad
        for other in self.inbound_nodes[:i] + self.inbound_nodes[i + 1 :]:
            partial = partial * other.value
        old = self.gradients.get(n, 0.0)
        same = np.shape(old) == np.shape(partial)
        self.gradients[n] = partial + (old if same else 0.0)
""")

input_backward = mistakes("input_backward")
input_backward('only the last consumer counts: the others were overwritten', whole="""
def backward(self: Any) -> None:
    self.gradients = {self: np.zeros(np.shape(self.value))}
    for n in self.outbound_nodes:
        self.gradients[self] = n.gradients[self]
""")
input_backward('only the first consumer was asked', whole="""
def backward(self: Any) -> None:
    self.gradients = {self: np.zeros(np.shape(self.value))}
    for n in self.outbound_nodes[:1]:
        self.gradients[self] = n.gradients[self]
""")
input_backward('is a mean over the consumers: their blame adds up', whole="""
def backward(self: Any) -> None:
    total = np.zeros(np.shape(self.value))
    for n in self.outbound_nodes:
        total = total + n.gradients[self]
    self.gradients = {self: total / max(1, len(self.outbound_nodes))}
""")
input_backward('holds what the last pass has left: start afresh', whole="""
def backward(self: Any) -> None:
    total = self.gradients.get(self, np.zeros(np.shape(self.value)))
    for n in self.outbound_nodes:
        total = total + n.gradients[self]
    self.gradients[self] = total
""")
input_backward("the consumer's own array was changed: the sum grew inside it", whole="""
def backward(self: Any) -> None:
    self.gradients = {self: np.zeros(np.shape(self.value))}
    for n in self.outbound_nodes[:1]:
        self.gradients[self] = n.gradients[self]
    for n in self.outbound_nodes[1:]:
        self.gradients[self] += n.gradients[self]
""")
input_backward('a consumer also holds gradients of other nodes: ask for your own', whole="""
def backward(self: Any) -> None:
    total = np.zeros(np.shape(self.value))
    for n in self.outbound_nodes:
        total = total + next(iter(n.gradients.values()))
    self.gradients = {self: total}
""")
input_backward('is 1, whatever comes in: what do the consumers hold?', whole="""
def backward(self: Any) -> None:
    self.gradients = {self: 1.0}
""")
input_backward('is 0: an input has no inputs, but others use it', whole="""
def backward(self: Any) -> None:
    self.gradients = {self: np.zeros(np.shape(self.value))}
""")
input_backward('starts from ones: before any blame comes in there is none', whole="""
def backward(self: Any) -> None:
    total = np.ones(np.shape(self.value))
    for n in self.outbound_nodes:
        total = total + n.gradients[self]
    self.gradients = {self: total}
""")
input_backward('all entries went into one number: it has the shape of value', whole="""
def backward(self: Any) -> None:
    total = 0.0
    for n in self.outbound_nodes:
        total = total + np.sum(n.gradients[self])
    self.gradients = {self: total}
""")

forward_and_backward = mistakes("forward_and_backward")
forward_and_backward('blame travels against the arrows: which way does the loop run?', whole="""
def forward_and_backward(graph: Any) -> None:
    for n in graph:
        n.forward()
    for n in graph:
        n.backward()
""")
forward_and_backward('went forward only: the second half is missing', whole="""
def forward_and_backward(graph: Any) -> None:
    for n in graph:
        n.forward()
""")
forward_and_backward('went backward only: the values come first', whole="""
def forward_and_backward(graph: Any) -> None:
    for n in reversed(graph):
        n.backward()
""")
forward_and_backward('forward and backward share one loop: all values must be there before any blame', whole="""
def forward_and_backward(graph: Any) -> None:
    for n in graph:
        n.forward()
        n.backward()
""")
forward_and_backward('the list itself was reversed and stays so for the next round', whole="""
def forward_and_backward(graph: Any) -> None:
    for n in graph:
        n.forward()
    graph.reverse()
    for n in graph:
        n.backward()
""")
forward_and_backward('the first node of the list got no blame', whole="""
def forward_and_backward(graph: Any) -> None:
    for n in graph:
        n.forward()
    for i in range(len(graph) - 1, 0, -1):
        graph[i].backward()
""")
forward_and_backward('the last node of the list was passed over on the way back', whole="""
def forward_and_backward(graph: Any) -> None:
    for n in graph:
        n.forward()
    for n in graph[-2::-1]:
        n.backward()
""")
forward_and_backward('the loops lie in each other: each node has one turn each way', whole="""
def forward_and_backward(graph: Any) -> None:
    for n in graph:
        n.forward()
        for m in reversed(graph):
            m.backward()
""")

sgd_update = mistakes("sgd_update")
sgd_update('goes uphill: the step leads against the gradient', whole="""
def sgd_update(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables:
        t.value = t.value + learning_rate * t.gradients[t]
""")
sgd_update('the step has the length of the gradient: and the learning rate?', whole="""
def sgd_update(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables:
        t.value = t.value - t.gradients[t]
""")
sgd_update('the learning rate is fixed: take the one that is given', whole="""
def sgd_update(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables:
        t.value = t.value - 0.01 * t.gradients[t]
""")
sgd_update('the default learning rate is not the one in the signature', whole="""
def sgd_update(trainables: Any, learning_rate: float = 1e-1) -> None:
    for t in trainables:
        t.value = t.value - learning_rate * t.gradients[t]
""")
sgd_update('only the step is left: it was to be taken from the old value', whole="""
def sgd_update(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables:
        t.value = -learning_rate * t.gradients[t]
""")
sgd_update('the value was multiplied: a step is taken away from it', whole="""
def sgd_update(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables:
        t.value = t.value * (1 - learning_rate * t.gradients[t])
""")
sgd_update('this is the rate times the gradient: where is the old value?', whole="""
def sgd_update(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables:
        t.value = learning_rate * t.gradients[t]
""")
sgd_update('the node still has its old value: a copy was updated', whole="""
def sgd_update(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables:
        value = np.array(t.value)
        value -= learning_rate * t.gradients[t]
""")
sgd_update('only the first trainable was updated', whole="""
def sgd_update(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables[:1]:
        t.value = t.value - learning_rate * t.gradients[t]
""")
sgd_update('the biases were left as they are', whole="""
def sgd_update(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables:
        if np.ndim(t.value) != 1:
            t.value = t.value - learning_rate * t.gradients[t]
""")
sgd_update("gradients of other nodes were used as well: take the trainable's own", whole="""
def sgd_update(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables:
        for gradient in t.gradients.values():
            t.value = t.value - learning_rate * gradient
""")
sgd_update('every entry moved by the same step: the gradient has one for each', whole="""
def sgd_update(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables:
        t.value = t.value - learning_rate * np.mean(t.gradients[t])
""")
sgd_update('the list of trainables was emptied on the way', whole="""
def sgd_update(trainables: Any, learning_rate: float = 1e-2) -> None:
    while trainables:
        t = trainables.pop()
        t.value = t.value - learning_rate * t.gradients[t]
""")
