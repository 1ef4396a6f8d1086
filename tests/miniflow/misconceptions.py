"""Wrong implementations that students write, and what to tell them.

Each loses its own question and no other. The sentence follows the name of an output
("gradients[x]: ..."), says what went wrong and where to look, and leaves the answer
to the student.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.judging.misconceptions import Misconceptions
from tests.miniflow.questions import QUESTIONS

mistake = Misconceptions(QUESTIONS)
MISCONCEPTIONS = mistake


@mistake("input", "0 is a value too: ask whether one was given, not whether it is true")
def zero_counts_as_nothing(self: Any, value: Any = None) -> None:
    if value:
        self.value = value


@mistake("input", "a forward without a value has wiped out the one that was there")
def always_assigned(self: Any, value: Any = None) -> None:
    self.value = value


@mistake("input", "a forward without a value has set it to 0")
def zero_without_a_value(self: Any, value: Any = None) -> None:
    self.value = 0.0 if value is None else value


@mistake("input", "a new value does not replace the first one")
def first_value_stays(self: Any, value: Any = None) -> None:
    if self.value is None:
        self.value = value


@mistake("input", "the new value was added to the old one, it should take its place")
def added_to_the_old_value(self: Any, value: Any = None) -> None:
    if value is not None:
        self.value = value if self.value is None else self.value + value


@mistake("input", "the value must be kept in the node, returning it is not enough")
def returned_not_kept(self: Any, value: Any = None) -> Any:
    return value


@mistake("topological_sort", "the list runs from the cost to the inputs")
def sorted_backwards(feed_dict: Any) -> list[Any]:
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


@mistake(
    "topological_sort",
    "nodes stand by their distance from the inputs: near is not the same as ready",
)
def by_distance(feed_dict: Any) -> list[Any]:
    for node, value in feed_dict.items():
        node.value = value
    nodes = list(feed_dict)
    for n in nodes:
        nodes.extend(m for m in n.outbound_nodes if m not in nodes)
    return nodes


@mistake(
    "topological_sort",
    "each path was followed to its end: a node may still wait for another path",
)
def path_after_path(feed_dict: Any) -> list[Any]:
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


@mistake("topological_sort", "the inputs were sorted but never given their values")
def inputs_not_fed(feed_dict: Any) -> list[Any]:
    nodes: list[Any] = []

    def visit(n: Any) -> None:
        if n not in nodes:
            for m in n.outbound_nodes:
                visit(m)
            nodes.insert(0, n)

    for n in feed_dict:
        visit(n)
    return nodes


@mistake("topological_sort", "a node is put down once for every path that leads to it")
def once_for_every_path(feed_dict: Any) -> list[Any]:
    for node, value in feed_dict.items():
        node.value = value
    nodes = list(feed_dict)
    for n in nodes:
        nodes.extend(n.outbound_nodes)
    return nodes


@mistake(
    "topological_sort",
    "a node that enters another one twice is waited for twice, but it comes only once",
)
def waits_for_every_slot(feed_dict: Any) -> list[Any]:
    waiting: dict[Any, int] = {}
    nodes = list(feed_dict)
    for n in nodes:
        n.value = feed_dict.get(n, n.value)
        for m in n.outbound_nodes:
            waiting[m] = waiting.get(m, len(m.inbound_nodes)) - 1
            if waiting[m] == 0:
                nodes.append(m)
    return nodes


@mistake("topological_sort", "nodes of one name were taken for one node")
def told_apart_by_name(feed_dict: Any) -> list[Any]:
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


@mistake("topological_sort", "the search began at the first input only")
def from_the_first_input(feed_dict: Any) -> list[Any]:
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


@mistake("topological_sort", "nodes that no other node uses were left out")
def without_the_last_nodes(feed_dict: Any) -> list[Any]:
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


@mistake("topological_sort", "the inputs belong into the list too")
def without_the_inputs(feed_dict: Any) -> list[Any]:
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


@mistake(
    "topological_sort", "the search has taken the graph's own lists of nodes apart"
)
def graph_taken_apart(feed_dict: Any) -> list[Any]:
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


@mistake(
    "topological_sort",
    "the search has emptied feed_dict: whoever gave it is left without",
)
def feed_dict_emptied(feed_dict: Any) -> list[Any]:
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


@mistake("forward_pass", "the node that was asked for need not be the last of the list")
def value_of_the_last(output_node: Any, sorted_nodes: Any) -> Any:
    for n in sorted_nodes:
        n.forward()
    return sorted_nodes[-1].value


@mistake("forward_pass", "the value was read before the pass, not after it")
def value_from_before(output_node: Any, sorted_nodes: Any) -> Any:
    value = output_node.value
    for n in sorted_nodes:
        n.forward()
    return value


@mistake("forward_pass", "no node has computed anything yet: the value is an old one")
def nobody_goes_forward(output_node: Any, sorted_nodes: Any) -> Any:
    return output_node.value


@mistake(
    "forward_pass", "only the last node went forward, with nothing to compute from"
)
def only_the_output(output_node: Any, sorted_nodes: Any) -> Any:
    output_node.forward()
    return output_node.value


@mistake(
    "forward_pass", "the pass has stopped early: every node of the list has its turn"
)
def stops_at_the_output(output_node: Any, sorted_nodes: Any) -> Any:
    for n in sorted_nodes:
        n.forward()
        if n is output_node:
            break
    return output_node.value


@mistake("forward_pass", "the pass went from the last node to the first")
def from_the_end(output_node: Any, sorted_nodes: Any) -> Any:
    for n in reversed(sorted_nodes):
        n.forward()
    return output_node.value


@mistake("forward_pass", "the output node went forward once more than the others")
def output_once_more(output_node: Any, sorted_nodes: Any) -> Any:
    for n in sorted_nodes:
        n.forward()
    output_node.forward()
    return output_node.value


@mistake("add_forward", "the sum starts from what the last pass has left behind")
def sum_goes_on(self: Any) -> None:
    if self.value is None:
        self.value = 0.0
    for n in self.inbound_nodes:
        self.value = self.value + n.value


@mistake("add_forward", "only two of the inputs were added: there may be more, or one")
def sum_of_two(self: Any) -> None:
    self.value = self.inbound_nodes[0].value + self.inbound_nodes[1].value


@mistake("add_forward", "this is the last input alone: the sum was overwritten")
def last_summand(self: Any) -> None:
    for n in self.inbound_nodes:
        self.value = n.value


@mistake("add_forward", "the sum grew inside the array of the first input")
def sum_in_the_first_input(self: Any) -> None:
    self.value = self.inbound_nodes[0].value
    for n in self.inbound_nodes[1:]:
        self.value += n.value


@mistake("add_forward", "the entries were added as well: the sum has the inputs' shape")
def sum_of_all_entries(self: Any) -> None:
    self.value = np.sum([n.value for n in self.inbound_nodes])


@mistake("add_forward", "an input that enters twice was added once")
def sum_of_a_set(self: Any) -> None:
    self.value = sum(n.value for n in dict.fromkeys(self.inbound_nodes))


@mistake("add_forward", "the sum starts at 1")
def sum_from_one(self: Any) -> None:
    self.value = 1 + sum(n.value for n in self.inbound_nodes)


@mistake("add_forward", "the first input was added twice: as the start and in the loop")
def first_summand_twice(self: Any) -> None:
    self.value = self.inbound_nodes[0].value
    for n in self.inbound_nodes:
        self.value = self.value + n.value


@mistake("add_forward", "this is the mean of the inputs")
def mean_of_inputs(self: Any) -> None:
    total = sum(n.value for n in self.inbound_nodes)
    self.value = total / len(self.inbound_nodes)


@mistake("mul_forward", "the product starts from what the last pass has left behind")
def product_goes_on(self: Any) -> None:
    if self.value is None:
        self.value = 1.0
    for n in self.inbound_nodes:
        self.value = self.value * n.value


@mistake("mul_forward", "the product starts at 0, and stays there")
def product_from_zero(self: Any) -> None:
    product = 0.0
    for n in self.inbound_nodes:
        product = product * n.value
    self.value = product


@mistake("mul_forward", "the first input counts twice: as the start and in the loop")
def first_factor_twice(self: Any) -> None:
    self.value = self.inbound_nodes[0].value
    for n in self.inbound_nodes:
        self.value = self.value * n.value


@mistake(
    "mul_forward", "only two of the inputs were multiplied: there may be more, or one"
)
def product_of_two(self: Any) -> None:
    self.value = self.inbound_nodes[0].value * self.inbound_nodes[1].value


@mistake("mul_forward", "the product grew inside the array of the first input")
def product_in_the_first_input(self: Any) -> None:
    self.value = self.inbound_nodes[0].value
    for n in self.inbound_nodes[1:]:
        self.value *= n.value


@mistake("mul_forward", "an input that enters twice was multiplied in once")
def product_of_a_set(self: Any) -> None:
    product = 1.0
    for n in dict.fromkeys(self.inbound_nodes):
        product = product * n.value
    self.value = product


@mistake("mul_forward", "the inputs were added")
def sum_for_product(self: Any) -> None:
    self.value = sum(n.value for n in self.inbound_nodes)


@mistake("mul_forward", "a factor of 0 was passed over")
def zero_passed_over(self: Any) -> None:
    product = 1.0
    for n in self.inbound_nodes:
        if np.any(n.value):
            product = product * n.value
    self.value = product


@mistake("mul_forward", "this is a product of matrices, not one entry by entry")
def matrix_product(self: Any) -> None:
    product = self.inbound_nodes[0].value
    for n in self.inbound_nodes[1:]:
        product = np.dot(product, n.value)
    self.value = product


@mistake("linear_forward", "the bias is missing")
def without_bias(self: Any) -> None:
    X, W, _ = self.inbound_nodes
    self.value = np.dot(X.value, W.value)


@mistake("linear_forward", "the bias was subtracted")
def bias_subtracted(self: Any) -> None:
    X, W, b = self.inbound_nodes
    self.value = np.dot(X.value, W.value) - b.value


@mistake("linear_forward", "X and W have changed places: rows of X meet columns of W")
def factors_swapped(self: Any) -> None:
    X, W, b = self.inbound_nodes
    self.value = np.dot(W.value, X.value) + b.value


@mistake("linear_forward", "W stands as (I, O): which sizes must meet in the product?")
def weight_transposed(self: Any) -> None:
    X, W, b = self.inbound_nodes
    self.value = np.dot(X.value, W.value.T) + b.value


@mistake(
    "linear_forward", "entries were multiplied with entries: this is no weighted sum"
)
def entry_by_entry(self: Any) -> None:
    X, W, b = self.inbound_nodes
    self.value = X.value * W.value + b.value


@mistake("linear_forward", "the value of the last pass was added")
def linear_goes_on(self: Any) -> None:
    X, W, b = self.inbound_nodes
    output = np.dot(X.value, W.value) + b.value
    same = np.shape(self.value) == np.shape(output)
    self.value = self.value + output if same else output


@mistake("linear_forward", "the bias belongs to the columns, it was added to the rows")
def bias_down_the_rows(self: Any) -> None:
    X, W, b = self.inbound_nodes
    self.value = np.dot(X.value, W.value) + b.value.reshape(-1, 1)


@mistake("linear_forward", "all entries of the bias were added to each entry")
def bias_summed(self: Any) -> None:
    X, W, b = self.inbound_nodes
    self.value = np.dot(X.value, W.value) + np.sum(b.value)


@mistake(
    "sigmoid_forward", "falls where it should rise: look at the sign in the exponent"
)
def exponent_without_minus(self: Any) -> None:
    self.value = 1.0 / (1.0 + np.exp(self.inbound_nodes[0].value))


@mistake("sigmoid_forward", "this is tanh, which lies between -1 and 1")
def tanh_for_sigmoid(self: Any) -> None:
    self.value = np.tanh(self.inbound_nodes[0].value)


@mistake("sigmoid_forward", "this is the slope of the sigmoid, not the sigmoid")
def slope_for_sigmoid(self: Any) -> None:
    value = 1.0 / (1.0 + np.exp(-self.inbound_nodes[0].value))
    self.value = value * (1.0 - value)


@mistake("sigmoid_forward", "below the line something is added, not taken away")
def minus_below_the_line(self: Any) -> None:
    self.value = 1.0 / (1.0 - np.exp(-self.inbound_nodes[0].value))


@mistake(
    "sigmoid_forward", "can leave the range from 0 to 1: what is added below the line?"
)
def one_forgotten(self: Any) -> None:
    self.value = 1.0 / np.exp(-self.inbound_nodes[0].value)


@mistake("sigmoid_forward", "the fraction ends too early: where do the brackets close?")
def brackets_forgotten(self: Any) -> None:
    self.value = 1.0 / 1.0 + np.exp(-self.inbound_nodes[0].value)


@mistake(
    "sigmoid_forward", "the entries share one sum, as in softmax: each goes by itself"
)
def softmax_for_sigmoid(self: Any) -> None:
    e = np.exp(self.inbound_nodes[0].value)
    self.value = e / np.sum(e)


@mistake("sigmoid_forward", "this is a step or a rounding: the curve is smooth")
def step_for_sigmoid(self: Any) -> None:
    self.value = np.where(np.greater(self.inbound_nodes[0].value, 0), 1.0, 0.0)


@mistake("sigmoid_forward", "a second pass squeezes the value of the first")
def sigmoid_goes_on(self: Any) -> None:
    x = self.inbound_nodes[0].value if self.value is None else self.value
    self.value = 1.0 / (1.0 + np.exp(-x))


@mistake("sigmoid_forward", "was worked out inside the input's array")
def sigmoid_in_place(self: Any) -> None:
    x = np.asarray(self.inbound_nodes[0].value)
    x *= -1.0
    self.value = 1.0 / (1.0 + np.exp(x))


@mistake("sigmoid_forward", "is right for x above 0 only: S(-x) is not S(x)")
def of_the_absolute_value(self: Any) -> None:
    self.value = 1.0 / (1.0 + np.exp(-np.abs(self.inbound_nodes[0].value)))


@mistake("mse_forward", "(m,) minus (m, 1) is (m, m): bring both to columns first")
def without_columns(self: Any) -> None:
    y, a = self.inbound_nodes
    self.diff = y.value - a.value
    self.m = len(self.diff)
    self.value = np.mean(self.diff**2)


@mistake("mse_forward", "is a sum: who divides by the number of entries?")
def sum_of_squares(self: Any) -> None:
    y, a = self.inbound_nodes
    self.diff = np.reshape(y.value, (-1, 1)) - np.reshape(a.value, (-1, 1))
    self.m = len(self.diff)
    self.value = np.sum(self.diff**2)


@mistake("mse_forward", "is half of the mean: no one half is asked for here")
def half_the_mean(self: Any) -> None:
    y, a = self.inbound_nodes
    self.diff = np.reshape(y.value, (-1, 1)) - np.reshape(a.value, (-1, 1))
    self.m = len(self.diff)
    self.value = np.mean(self.diff**2) / 2.0


@mistake("mse_forward", "was divided by m - 1: a mean divides by the number of entries")
def one_less(self: Any) -> None:
    y, a = self.inbound_nodes
    self.diff = np.reshape(y.value, (-1, 1)) - np.reshape(a.value, (-1, 1))
    self.m = len(self.diff)
    self.value = np.sum(self.diff**2) / np.float64(self.m - 1)


@mistake(
    "mse_forward", "is a mean of the differences themselves: they are to be squared"
)
def mean_without_squares(self: Any) -> None:
    y, a = self.inbound_nodes
    self.diff = np.reshape(y.value, (-1, 1)) - np.reshape(a.value, (-1, 1))
    self.m = len(self.diff)
    self.value = np.mean(self.diff)


@mistake("mse_forward", "is a mean of absolute differences: they are to be squared")
def mean_of_absolutes(self: Any) -> None:
    y, a = self.inbound_nodes
    self.diff = np.reshape(y.value, (-1, 1)) - np.reshape(a.value, (-1, 1))
    self.m = len(self.diff)
    self.value = np.mean(np.abs(self.diff))


@mistake("mse_forward", "is the root of the mean: no root is asked for here")
def root_of_the_mean(self: Any) -> None:
    y, a = self.inbound_nodes
    self.diff = np.reshape(y.value, (-1, 1)) - np.reshape(a.value, (-1, 1))
    self.m = len(self.diff)
    self.value = np.sqrt(np.mean(self.diff**2))


@mistake("mse_forward", "is the square of a mean: which of the two comes first?")
def square_of_the_mean(self: Any) -> None:
    y, a = self.inbound_nodes
    self.diff = np.reshape(y.value, (-1, 1)) - np.reshape(a.value, (-1, 1))
    self.m = len(self.diff)
    self.value = np.mean(self.diff) ** 2


@mistake("mse_forward", "was kept the other way round: who is taken away from whom?")
def difference_turned(self: Any) -> None:
    y, a = self.inbound_nodes
    self.diff = np.reshape(a.value, (-1, 1)) - np.reshape(y.value, (-1, 1))
    self.m = len(self.diff)
    self.value = np.mean(self.diff**2)


@mistake("mse_forward", "was squared before it was kept: backward needs it as it was")
def squares_kept(self: Any) -> None:
    y, a = self.inbound_nodes
    self.diff = (np.reshape(y.value, (-1, 1)) - np.reshape(a.value, (-1, 1))) ** 2
    self.m = len(self.diff)
    self.value = np.mean(self.diff)


@mistake("mse_forward", "must be kept in forward, for backward to find it")
def nothing_kept(self: Any) -> None:
    y, a = self.inbound_nodes
    diff = np.reshape(y.value, (-1, 1)) - np.reshape(a.value, (-1, 1))
    self.value = np.mean(diff**2)


@mistake(
    "mse_backward", "has the sign of the other one: does a larger a raise the cost?"
)
def signs_swapped(self: Any) -> None:
    y, a = self.inbound_nodes
    grad = 2.0 / self.m * self.diff
    self.gradients = {y: -grad, a: grad}


@mistake("mse_backward", "both gradients got one sign: y and a pull in opposite ways")
def same_sign(self: Any) -> None:
    grad = 2.0 / self.m * self.diff
    self.gradients = dict.fromkeys(self.inbound_nodes, grad)


@mistake("mse_backward", "a factor of the square's derivative is missing")
def square_without_two(self: Any) -> None:
    y, a = self.inbound_nodes
    self.gradients = {y: self.diff / self.m, a: -self.diff / self.m}


@mistake("mse_backward", "belongs to a sum of squares: the cost is a mean")
def without_the_mean(self: Any) -> None:
    y, a = self.inbound_nodes
    self.gradients = {y: 2.0 * self.diff, a: -2.0 * self.diff}


@mistake("mse_backward", "was divided by m twice")
def divided_twice(self: Any) -> None:
    y, a = self.inbound_nodes
    grad = 2.0 / self.m * self.diff / self.m
    self.gradients = {y: grad, a: -grad}


@mistake("mse_backward", "holds what the last pass has left: start afresh")
def cost_gradients_pile_up(self: Any) -> None:
    y, a = self.inbound_nodes
    grad = np.ravel(2.0 / self.m * self.diff)
    for n, g in ((y, grad), (a, -grad)):
        old = self.gradients.get(n, np.zeros(1))
        old = old if old.size == g.size else np.zeros(1)
        self.gradients[n] = (old.ravel() + g).reshape(n.value.shape)


@mistake(
    "mse_backward", "the squared differences were used: the square is derived already"
)
def squares_sent_back(self: Any) -> None:
    y, a = self.inbound_nodes
    grad = 2.0 / self.m * self.diff**2
    self.gradients = {y: grad, a: -grad}


@mistake("mse_backward", "y enters the cost as well: it needs a gradient of its own")
def nothing_for_y(self: Any) -> None:
    y, a = self.inbound_nodes
    self.gradients = {y: np.zeros_like(y.value), a: -2.0 / self.m * self.diff}


@mistake("mse_backward", "is one number for all: each entry has its own difference")
def mean_difference(self: Any) -> None:
    y, a = self.inbound_nodes
    grad = np.full_like(self.diff, 2.0 * np.mean(self.diff))
    self.gradients = {y: grad, a: -grad}


@mistake(
    "mse_backward",
    "was multiplied by what comes in, which is nothing: the cost is the last node",
)
def times_what_comes_in(self: Any) -> None:
    y, a = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    step = (grad * 2.0 / self.m * self.diff).reshape(np.shape(y.value))
    self.gradients = {y: step, a: -step.reshape(np.shape(a.value))}


@mistake("sigmoid_backward", "is the slope alone: what about the blame that comes in?")
def slope_alone(self: Any) -> None:
    self.gradients = {self.inbound_nodes[0]: self.value * (1.0 - self.value)}


@mistake("sigmoid_backward", "is the incoming gradient alone: what about the slope?")
def no_slope(self: Any) -> None:
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients = {self.inbound_nodes[0]: grad}


@mistake("sigmoid_backward", "the slope was taken from the input, not from the value")
def slope_of_the_input(self: Any) -> None:
    x = self.inbound_nodes[0].value
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients = {self.inbound_nodes[0]: grad * x * (1.0 - x)}


@mistake(
    "sigmoid_backward", "value was squeezed a second time: it is the sigmoid already"
)
def squeezed_again(self: Any) -> None:
    s = 1.0 / (1.0 + np.exp(-self.value))
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients = {self.inbound_nodes[0]: grad * s * (1.0 - s)}


@mistake("sigmoid_backward", "the slope is a product of two factors: one is missing")
def half_a_slope(self: Any) -> None:
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients = {self.inbound_nodes[0]: grad * (1.0 - self.value)}


@mistake("sigmoid_backward", "the slope has a second factor: it is missing")
def other_half_of_a_slope(self: Any) -> None:
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients = {self.inbound_nodes[0]: grad * self.value}


@mistake("sigmoid_backward", "this is the slope of tanh")
def slope_of_tanh(self: Any) -> None:
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients = {self.inbound_nodes[0]: grad * (1.0 - self.value**2)}


@mistake(
    "sigmoid_backward", "only the last consumer counts: the others were overwritten"
)
def sigmoid_of_the_last(self: Any) -> None:
    for n in self.outbound_nodes:
        grad = n.gradients[self] * self.value * (1.0 - self.value)
        self.gradients = {self.inbound_nodes[0]: grad}


@mistake("sigmoid_backward", "only the first consumer was asked")
def sigmoid_of_the_first(self: Any) -> None:
    grad = self.outbound_nodes[0].gradients[self]
    self.gradients = {self.inbound_nodes[0]: grad * self.value * (1.0 - self.value)}


@mistake("sigmoid_backward", "holds what the last pass has left: start afresh")
def sigmoid_gradients_pile_up(self: Any) -> None:
    x = self.inbound_nodes[0]
    old = self.gradients.get(x, np.zeros(1))
    total = old if old.shape == self.value.shape else np.zeros(1)
    for n in self.outbound_nodes:
        total = total + n.gradients[self] * self.value * (1.0 - self.value)
    self.gradients[x] = total


@mistake(
    "linear_backward", "only the last consumer counts: the others were overwritten"
)
def linear_of_the_last(self: Any) -> None:
    X, W, b = self.inbound_nodes
    for n in self.outbound_nodes:
        grad = n.gradients[self]
        self.gradients[X] = np.dot(grad, W.value.T)
        self.gradients[W] = np.dot(X.value.T, grad)
        self.gradients[b] = np.sum(grad, axis=0)


@mistake("linear_backward", "only the first consumer was asked")
def linear_of_the_first(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = self.outbound_nodes[0].gradients[self]
    self.gradients[X] = np.dot(grad, W.value.T)
    self.gradients[W] = np.dot(X.value.T, grad)
    self.gradients[b] = np.sum(grad, axis=0)


@mistake("linear_backward", "W came in as it went forward: which sizes must meet here?")
def weight_not_turned(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[W] = np.dot(X.value.T, grad)
    self.gradients[b] = np.sum(grad, axis=0)
    self.gradients[X] = np.dot(grad, W.value)


@mistake("linear_backward", "X came in as it went forward: which sizes must meet here?")
def data_not_turned(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[X] = np.dot(grad, W.value.T)
    self.gradients[b] = np.sum(grad, axis=0)
    self.gradients[W] = np.dot(X.value, grad)


@mistake("linear_backward", "the gradient of W is turned on its side")
def weight_gradient_turned(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[X] = np.dot(grad, W.value.T)
    self.gradients[W] = np.dot(grad.T, X.value)
    self.gradients[b] = np.sum(grad, axis=0)


@mistake("linear_backward", "every row has its share in the bias: were they added up?")
def bias_not_summed(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[X] = np.dot(grad, W.value.T)
    self.gradients[W] = np.dot(X.value.T, grad)
    self.gradients[b] = grad


@mistake(
    "linear_backward", "the bias got a mean over the rows: the cost has divided by N"
)
def bias_averaged(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[X] = np.dot(grad, W.value.T)
    self.gradients[W] = np.dot(X.value.T, grad)
    self.gradients[b] = np.mean(grad, axis=0)


@mistake(
    "linear_backward", "the bias belongs to the columns: over which axis is the sum?"
)
def bias_over_the_columns(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[X] = np.dot(grad, W.value.T)
    self.gradients[W] = np.dot(X.value.T, grad)
    self.gradients[b] = np.sum(grad, axis=1)


@mistake("linear_backward", "all entries went into one number: the bias has O of them")
def bias_as_one_number(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[X] = np.dot(grad, W.value.T)
    self.gradients[W] = np.dot(X.value.T, grad)
    self.gradients[b] = np.sum(grad)


@mistake(
    "linear_backward", "W got a mean over the rows: the cost has divided by N already"
)
def weight_averaged(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[X] = np.dot(grad, W.value.T)
    self.gradients[W] = np.dot(X.value.T, grad) / len(grad)
    self.gradients[b] = np.sum(grad, axis=0)


@mistake("linear_backward", "holds what the last pass has left: start afresh")
def linear_gradients_pile_up(self: Any) -> None:
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


@mistake("linear_backward", "the bias was left at 0: it has a share in the output too")
def nothing_for_the_bias(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[X] = np.dot(grad, W.value.T)
    self.gradients[W] = np.dot(X.value.T, grad)
    self.gradients[b] = np.zeros_like(b.value)


@mistake("linear_backward", "the bias got ones: what about the blame that comes in?")
def ones_for_the_bias(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[X] = np.dot(grad, W.value.T)
    self.gradients[W] = np.dot(X.value.T, grad)
    self.gradients[b] = np.ones_like(b.value)


@mistake("linear_backward", "X and W got each other's gradient")
def gradients_swapped(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients[W] = np.dot(grad, W.value.T)
    self.gradients[X] = np.dot(X.value.T, grad)
    self.gradients[b] = np.sum(grad, axis=0)


@mistake("linear_backward", "only the last row counts: every row has a share")
def weights_of_the_last_row(self: Any) -> None:
    X, W, b = self.inbound_nodes
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    self.gradients = {
        X: grad @ W.value.T,
        W: np.outer(X.value[-1], grad[-1]),
        b: grad.sum(axis=0),
    }


@mistake("add_backward", "are ones: what about the blame that comes in?")
def ones_whatever_comes(self: Any) -> None:
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        self.gradients[n] = self.gradients[n] + 1.0


@mistake("add_backward", "only the last consumer counts: the others were overwritten")
def sum_of_the_last(self: Any) -> None:
    grad = np.ones(np.shape(self.value))
    for n in self.outbound_nodes:
        grad = n.gradients[self]
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        self.gradients[n] = self.gradients[n] + grad


@mistake(
    "add_backward", "without a consumer the blame starts with ones, not with zeros"
)
def sum_starts_from_zeros(self: Any) -> None:
    grad = np.zeros(np.shape(self.value))
    for n in self.outbound_nodes:
        grad = grad + n.gradients[self]
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        self.gradients[n] = self.gradients[n] + grad


@mistake("add_backward", "the blame starts with ones only where there is no consumer")
def sum_starts_from_ones(self: Any) -> None:
    grad = np.ones(np.shape(self.value))
    for n in self.outbound_nodes:
        grad = grad + n.gradients[self]
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        self.gradients[n] = self.gradients[n] + grad


@mistake("add_backward", "an input that enters twice has its share twice")
def sum_slot_counted_once(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    self.gradients = dict.fromkeys(self.inbound_nodes, grad)


@mistake(
    "add_backward", "was shared out among the inputs: each of them moves the sum fully"
)
def blame_shared_out(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        self.gradients[n] = self.gradients[n] + grad / len(self.inbound_nodes)


@mistake(
    "add_backward", "was multiplied by the input's value, as if this were a product"
)
def sum_times_value(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        self.gradients[n] = self.gradients[n] + grad * n.value


@mistake("add_backward", "holds what the last pass has left: start afresh")
def sum_gradients_pile_up(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    for n in self.inbound_nodes:
        old = self.gradients.get(n, 0.0)
        self.gradients[n] = grad + (old if np.shape(old) == np.shape(grad) else 0.0)


@mistake("add_backward", "the consumer's own array was changed: the sum grew inside it")
def sum_inside_the_consumer(self: Any) -> None:
    if self.outbound_nodes:
        grad = self.outbound_nodes[0].gradients[self]
    else:
        grad = np.ones(np.shape(self.value))
    for n in self.outbound_nodes[1:]:
        grad += n.gradients[self]
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        self.gradients[n] = self.gradients[n] + grad


@mistake(
    "mul_backward", "a quotient knows nothing of the other inputs where this one is 0"
)
def divided_by_the_input(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        at = np.not_equal(n.value, 0.0)
        share = np.divide(self.value, n.value, out=np.zeros(np.shape(at)), where=at)
        self.gradients[n] = self.gradients[n] + grad * share


@mistake(
    "mul_backward",
    "was multiplied by the input's own value: it is the others that count",
)
def own_value(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        self.gradients[n] = self.gradients[n] + grad * n.value


@mistake(
    "mul_backward",
    "was multiplied by the whole product, the input's own value included",
)
def whole_product(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        self.gradients[n] = self.gradients[n] + grad * self.value


@mistake(
    "mul_backward", "only one of the other inputs was used: there may be more, or none"
)
def one_other_input(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for i, n in enumerate(self.inbound_nodes):
        other = self.inbound_nodes[i - 1]
        self.gradients[n] = self.gradients[n] + grad * other.value


@mistake("mul_backward", "the other inputs were added, not multiplied")
def sum_of_the_others(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for i, n in enumerate(self.inbound_nodes):
        others = self.inbound_nodes[:i] + self.inbound_nodes[i + 1 :]
        self.gradients[n] += grad * sum(m.value for m in others)


@mistake(
    "mul_backward", "is the local slope alone: what about the blame that comes in?"
)
def slope_of_the_product(self: Any) -> None:
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for i, n in enumerate(self.inbound_nodes):
        partial = np.ones(np.shape(self.value))
        for other in self.inbound_nodes[:i] + self.inbound_nodes[i + 1 :]:
            partial = partial * other.value
        self.gradients[n] = self.gradients[n] + partial


@mistake("mul_backward", "only the last consumer counts: the others were overwritten")
def product_of_the_last(self: Any) -> None:
    grad = np.ones(np.shape(self.value))
    for n in self.outbound_nodes:
        grad = n.gradients[self]
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for i, n in enumerate(self.inbound_nodes):
        partial = grad
        for other in self.inbound_nodes[:i] + self.inbound_nodes[i + 1 :]:
            partial = partial * other.value
        self.gradients[n] = self.gradients[n] + partial


@mistake("mul_backward", "an input that enters twice has its share twice")
def product_slot_counted_once(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    for i, n in enumerate(self.inbound_nodes):
        partial = grad
        for other in self.inbound_nodes[:i] + self.inbound_nodes[i + 1 :]:
            partial = partial * other.value
        self.gradients[n] = partial


@mistake(
    "mul_backward", "an input that enters twice was left out of its own other slot"
)
def others_by_name(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        partial = grad
        for other in self.inbound_nodes:
            if other is not n:
                partial = partial * other.value
        self.gradients[n] = self.gradients[n] + partial


@mistake(
    "mul_backward", "without a consumer the blame starts with ones, not with zeros"
)
def product_starts_from_zeros(self: Any) -> None:
    grad = np.zeros(np.shape(self.value))
    for n in self.outbound_nodes:
        grad = grad + n.gradients[self]
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for i, n in enumerate(self.inbound_nodes):
        partial = grad
        for other in self.inbound_nodes[:i] + self.inbound_nodes[i + 1 :]:
            partial = partial * other.value
        self.gradients[n] = self.gradients[n] + partial


@mistake("mul_backward", "the blame starts with ones only where there is no consumer")
def product_starts_from_ones(self: Any) -> None:
    grad = np.ones(np.shape(self.value))
    for n in self.outbound_nodes:
        grad = grad + n.gradients[self]
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for i, n in enumerate(self.inbound_nodes):
        partial = grad
        for other in self.inbound_nodes[:i] + self.inbound_nodes[i + 1 :]:
            partial = partial * other.value
        self.gradients[n] = self.gradients[n] + partial


@mistake("mul_backward", "the blame passed unchanged, as through a sum")
def as_through_a_sum(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    self.gradients = dict.fromkeys(self.inbound_nodes, grad)


@mistake(
    "mul_backward", "the product grows in place: each input starts where one ended"
)
def product_grows_in_place(self: Any) -> None:
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


@mistake("mul_backward", "holds what the last pass has left: start afresh")
def product_gradients_pile_up(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    for i, n in enumerate(self.inbound_nodes):
        partial = grad
        for other in self.inbound_nodes[:i] + self.inbound_nodes[i + 1 :]:
            partial = partial * other.value
        old = self.gradients.get(n, 0.0)
        same = np.shape(old) == np.shape(partial)
        self.gradients[n] = partial + (old if same else 0.0)


@mistake("input_backward", "only the last consumer counts: the others were overwritten")
def input_of_the_last(self: Any) -> None:
    self.gradients = {self: np.zeros(np.shape(self.value))}
    for n in self.outbound_nodes:
        self.gradients[self] = n.gradients[self]


@mistake("input_backward", "only the first consumer was asked")
def input_of_the_first(self: Any) -> None:
    self.gradients = {self: np.zeros(np.shape(self.value))}
    for n in self.outbound_nodes[:1]:
        self.gradients[self] = n.gradients[self]


@mistake("input_backward", "is a mean over the consumers: their blame adds up")
def input_averaged(self: Any) -> None:
    total = np.zeros(np.shape(self.value))
    for n in self.outbound_nodes:
        total = total + n.gradients[self]
    self.gradients = {self: total / max(1, len(self.outbound_nodes))}


@mistake("input_backward", "holds what the last pass has left: start afresh")
def input_gradients_pile_up(self: Any) -> None:
    total = self.gradients.get(self, np.zeros(np.shape(self.value)))
    for n in self.outbound_nodes:
        total = total + n.gradients[self]
    self.gradients[self] = total


@mistake(
    "input_backward", "the consumer's own array was changed: the sum grew inside it"
)
def input_inside_the_consumer(self: Any) -> None:
    self.gradients = {self: np.zeros(np.shape(self.value))}
    for n in self.outbound_nodes[:1]:
        self.gradients[self] = n.gradients[self]
    for n in self.outbound_nodes[1:]:
        self.gradients[self] += n.gradients[self]


@mistake(
    "input_backward", "a consumer also holds gradients of other nodes: ask for your own"
)
def any_gradient(self: Any) -> None:
    total = np.zeros(np.shape(self.value))
    for n in self.outbound_nodes:
        total = total + next(iter(n.gradients.values()))
    self.gradients = {self: total}


@mistake("input_backward", "is 1, whatever comes in: what do the consumers hold?")
def one_for_inputs(self: Any) -> None:
    self.gradients = {self: 1.0}


@mistake("input_backward", "is 0: an input has no inputs, but others use it")
def zero_for_inputs(self: Any) -> None:
    self.gradients = {self: np.zeros(np.shape(self.value))}


@mistake("input_backward", "starts from ones: before any blame comes in there is none")
def input_starts_from_ones(self: Any) -> None:
    total = np.ones(np.shape(self.value))
    for n in self.outbound_nodes:
        total = total + n.gradients[self]
    self.gradients = {self: total}


@mistake(
    "input_backward", "an input that no node uses needs zeros in the shape of its value"
)
def a_bare_zero(self: Any) -> None:
    self.gradients = {self: sum(n.gradients[self] for n in self.outbound_nodes)}


@mistake(
    "input_backward", "all entries went into one number: it has the shape of value"
)
def input_as_one_number(self: Any) -> None:
    total = 0.0
    for n in self.outbound_nodes:
        total = total + np.sum(n.gradients[self])
    self.gradients = {self: total}


@mistake(
    "forward_and_backward",
    "blame travels against the arrows: which way does the loop run?",
)
def backward_in_forward_order(graph: Any) -> None:
    for n in graph:
        n.forward()
    for n in graph:
        n.backward()


@mistake("forward_and_backward", "went forward only: the second half is missing")
def forward_only(graph: Any) -> None:
    for n in graph:
        n.forward()


@mistake("forward_and_backward", "went backward only: the values come first")
def backward_only(graph: Any) -> None:
    for n in reversed(graph):
        n.backward()


@mistake(
    "forward_and_backward",
    "forward and backward share one loop: all values must be there before any blame",
)
def both_in_one_loop(graph: Any) -> None:
    for n in graph:
        n.forward()
        n.backward()


@mistake(
    "forward_and_backward",
    "the list itself was reversed and stays so for the next round",
)
def graph_reversed(graph: Any) -> None:
    for n in graph:
        n.forward()
    graph.reverse()
    for n in graph:
        n.backward()


@mistake("forward_and_backward", "the first node of the list got no blame")
def first_left_out(graph: Any) -> None:
    for n in graph:
        n.forward()
    for i in range(len(graph) - 1, 0, -1):
        graph[i].backward()


@mistake(
    "forward_and_backward", "the last node of the list was passed over on the way back"
)
def last_left_out(graph: Any) -> None:
    for n in graph:
        n.forward()
    for n in graph[-2::-1]:
        n.backward()


@mistake(
    "forward_and_backward",
    "the loops lie in each other: each node has one turn each way",
)
def loop_in_loop(graph: Any) -> None:
    for n in graph:
        n.forward()
        for m in reversed(graph):
            m.backward()


@mistake("sgd_update", "goes uphill: the step leads against the gradient")
def uphill(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables:
        t.value = t.value + learning_rate * t.gradients[t]


@mistake(
    "sgd_update", "the step has the length of the gradient: and the learning rate?"
)
def without_the_rate(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables:
        t.value = t.value - t.gradients[t]


@mistake("sgd_update", "the learning rate is fixed: take the one that is given")
def rate_fixed(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables:
        t.value = t.value - 0.01 * t.gradients[t]


@mistake("sgd_update", "the default learning rate is not the one in the signature")
def other_default(trainables: Any, learning_rate: float = 1e-1) -> None:
    for t in trainables:
        t.value = t.value - learning_rate * t.gradients[t]


@mistake("sgd_update", "only the step is left: it was to be taken from the old value")
def step_for_value(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables:
        t.value = -learning_rate * t.gradients[t]


@mistake("sgd_update", "the value was multiplied: a step is taken away from it")
def multiplied_by_the_step(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables:
        t.value = t.value * (1 - learning_rate * t.gradients[t])


@mistake("sgd_update", "this is the rate times the gradient: where is the old value?")
def rate_times_gradient(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables:
        t.value = learning_rate * t.gradients[t]


@mistake("sgd_update", "the node still has its old value: a copy was updated")
def copy_updated(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables:
        value = np.array(t.value)
        value -= learning_rate * t.gradients[t]


@mistake("sgd_update", "only the first trainable was updated")
def first_trainable(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables[:1]:
        t.value = t.value - learning_rate * t.gradients[t]


@mistake("sgd_update", "the biases were left as they are")
def without_biases(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables:
        if np.ndim(t.value) != 1:
            t.value = t.value - learning_rate * t.gradients[t]


@mistake(
    "sgd_update", "gradients of other nodes were used as well: take the trainable's own"
)
def all_gradients(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables:
        for gradient in t.gradients.values():
            t.value = t.value - learning_rate * gradient


@mistake(
    "sgd_update", "every entry moved by the same step: the gradient has one for each"
)
def mean_step(trainables: Any, learning_rate: float = 1e-2) -> None:
    for t in trainables:
        t.value = t.value - learning_rate * np.mean(t.gradients[t])


@mistake("sgd_update", "the list of trainables was emptied on the way")
def trainables_popped(trainables: Any, learning_rate: float = 1e-2) -> None:
    while trainables:
        t = trainables.pop()
        t.value = t.value - learning_rate * t.gradients[t]


@mistake("add_backward", "only the first consumer was asked")
def sum_of_the_first(self: Any) -> None:
    grad = np.ones(np.shape(self.value))
    if self.outbound_nodes:
        grad = self.outbound_nodes[0].gradients[self]
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for n in self.inbound_nodes:
        self.gradients[n] = self.gradients[n] + grad


@mistake("add_backward", "the inputs share one array: what one gets, all of them get")
def one_array_for_all(self: Any) -> None:
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
