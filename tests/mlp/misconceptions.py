"""How students get mlp wrong, and what to tell them. Nothing of this file ships."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.judging.misconceptions import Misconceptions
from mytorch.nn import Linear, make_one_hot, softmax
from tests.mlp.questions import QUESTIONS

mistake = MISCONCEPTIONS = Misconceptions(QUESTIONS)


@mistake("linear_forward", "the bias is not added: each neuron has one of its own")
def no_bias(self: Any, x: Any) -> Any:
    self.x = x
    return x @ self.weight


@mistake("linear_forward", "the bias is subtracted; the formula adds it")
def bias_subtracted(self: Any, x: Any) -> Any:
    self.x = x
    return x @ self.weight - self.bias


@mistake("linear_forward", "the bias is added twice: does another line add it already?")
def bias_added_twice(self: Any, x: Any) -> Any:
    self.x = x
    return x @ self.weight + 2 * self.bias


@mistake("linear_forward", "all biases are summed; each neuron adds its own alone")
def bias_summed(self: Any, x: Any) -> Any:
    self.x = x
    return x @ self.weight + np.sum(self.bias)


@mistake("linear_forward", "bent by an activation: that is a layer of its own")
def with_relu(self: Any, x: Any) -> Any:
    self.x = x
    return np.maximum(x @ self.weight + self.bias, 0.0)


@mistake("linear_forward", "bent by an activation: that is a layer of its own")
def with_sigmoid(self: Any, x: Any) -> Any:
    self.x = x
    return 1 / (1 + np.exp(-(x @ self.weight + self.bias)))


@mistake("linear_forward", "bent by an activation: that is a layer of its own")
def with_tanh(self: Any, x: Any) -> Any:
    self.x = x
    return np.tanh(x @ self.weight + self.bias)


@mistake("linear_forward", "averaged over the batch; forward keeps one row per example")
def forward_averaged(self: Any, x: Any) -> Any:
    self.x = x
    return (x @ self.weight + self.bias) / len(x)


@mistake(
    "linear_forward",
    "layer.x must hold the input as it came, so that backward finds it",
)
def stores_output(self: Any, x: Any) -> Any:
    self.x = x @ self.weight + self.bias
    return self.x


@mistake("linear_forward", "the input of an earlier call is used: take the argument x")
def stale_input(self: Any, x: Any) -> Any:
    self.x = x if self.x is None else self.x
    return self.x @ self.weight + self.bias


@mistake("linear_forward", "squeezed: a batch of one keeps its row, shape (1, O)")
def forward_squeezed(self: Any, x: Any) -> Any:
    self.x = x
    return np.squeeze(x @ self.weight + self.bias)


@mistake("linear_forward", "transposed: a row per example and a column per neuron")
def forward_transposed(self: Any, x: Any) -> Any:
    self.x = x
    return (x @ self.weight + self.bias).T


@mistake("relu_forward", "the sign is lost: negative entries become 0, not positive")
def absolute_value(self: Any, x: Any) -> Any:
    self.x = x
    return np.abs(x)


@mistake("relu_forward", "the wrong half is kept: ReLU keeps what is above 0")
def keeps_negatives(self: Any, x: Any) -> Any:
    self.x = x
    return np.minimum(x, 0.0)


@mistake("relu_forward", "the sign of x is turned; what is above 0 stays as it is")
def turned_around(self: Any, x: Any) -> Any:
    self.x = x
    return np.maximum(0.0, -x)


@mistake("relu_forward", "returns the mask of ones and zeros instead of the values")
def returns_mask(self: Any, x: Any) -> Any:
    self.x = x
    return (x > 0).astype(float)


@mistake("relu_forward", "a little of the negative part leaks through; ReLU gives 0")
def leaky(self: Any, x: Any) -> Any:
    self.x = x
    return np.where(x > 0, x, 0.01 * x)


@mistake("relu_forward", "a little of the negative part leaks through; ReLU gives 0")
def leaky_by_a_tenth(self: Any, x: Any) -> Any:
    self.x = x
    return np.where(x > 0, x, 0.1 * x)


@mistake("relu_forward", "the largest along an axis; each entry is compared with 0")
def largest_of_each_column(self: Any, x: Any) -> Any:
    self.x = x
    return np.max(x, 0)


@mistake("relu_forward", "the threshold is 1, expected 0")
def threshold_of_one(self: Any, x: Any) -> Any:
    self.x = x
    return np.where(x > 1, x, 0.0)


@mistake("relu_forward", "capped above: ReLU has no upper end")
def capped(self: Any, x: Any) -> Any:
    self.x = x
    return np.clip(x, 0.0, 6.0)


@mistake("relu_forward", "squeezed: the result has the shape of x, also for one row")
def relu_squeezed(self: Any, x: Any) -> Any:
    self.x = x
    return np.squeeze(np.maximum(x, 0.0))


@mistake("relu_forward", "rounded to float32: keep the type of x")
def relu_in_float32(self: Any, x: Any) -> Any:
    self.x = x
    return np.maximum(x, 0.0).astype(np.float32)


@mistake("relu_forward", "x itself was overwritten: make a new array")
def overwrites_x(self: Any, x: Any) -> Any:
    self.x = x.copy()
    x[x < 0] = 0.0
    return x


@mistake("relu_forward", "layer.x must hold the input x, not the output")
def stores_relu_output(self: Any, x: Any) -> Any:
    self.x = np.maximum(x, 0.0)
    return self.x


@mistake(
    "sequential_forward", "the layers run from last to first; forward starts first"
)
def forward_reversed(self: Any, x: Any) -> Any:
    for layer in reversed(self.layers):
        x = layer.forward(x)
    return x


@mistake(
    "sequential_forward", "each layer gets the network's x; it needs what came out"
)
def every_layer_gets_x(self: Any, x: Any) -> Any:
    out = x
    for layer in self.layers:
        out = layer.forward(x)
    return out


@mistake("sequential_forward", "only the last layer runs; each of them has its turn")
def only_last(self: Any, x: Any) -> Any:
    return self.layers[-1].forward(x)


@mistake("sequential_forward", "what the layers return is dropped: x stays as it was")
def outputs_dropped(self: Any, x: Any) -> Any:
    for layer in self.layers:
        layer.forward(x)
    return x


@mistake("sequential_forward", "the last layer is left out")
def skips_last(self: Any, x: Any) -> Any:
    for layer in self.layers[:-1]:
        x = layer.forward(x)
    return x


@mistake("sequential_forward", "the first layer is left out")
def skips_first(self: Any, x: Any) -> Any:
    for layer in self.layers[1:]:
        x = layer.forward(x)
    return x


@mistake("sequential_forward", "returns after the first layer: is return in the loop?")
def returns_in_loop(self: Any, x: Any) -> Any:
    for layer in self.layers:
        x = layer.forward(x)
        return x
    return x


@mistake("sequential_forward", "the first layer runs twice: before the loop and in it")
def first_layer_twice(self: Any, x: Any) -> Any:
    for layer in [*self.layers[:1], *self.layers]:
        x = layer.forward(x)
    return x


@mistake("sequential_forward", "the outputs are added up; they are passed on instead")
def adds_outputs(self: Any, x: Any) -> Any:
    total = np.zeros_like(x)
    for layer in self.layers:
        x = layer.forward(x)
        total = total + x
    return total


@mistake(
    "sequential_forward", "only three layers run: the loop goes over all there are"
)
def three_layers_only(self: Any, x: Any) -> Any:
    for layer in self.layers[:3]:
        x = layer.forward(x)
    return x


@mistake("sequential_forward", "the layers are used up by the first call: keep them")
def pops_layers(self: Any, x: Any) -> Any:
    self.layers = list(self.layers)
    while self.layers:
        x = self.layers.pop(0).forward(x)
    return x


@mistake("xeloss_forward", "not averaged: the sum over the batch is divided by N")
def loss_summed(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    return float(-np.sum(self.target * np.log(softmax(input))))


@mistake("xeloss_forward", "averaged over N times C entries; there are N examples")
def loss_mean_of_all(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    return float(-np.mean(self.target * np.log(softmax(input))))


@mistake("xeloss_forward", "divided by the number of classes; the mean is over N")
def loss_divided_by_classes(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    return float(-np.sum(self.target * np.log(softmax(input))) / input.shape[1])


@mistake("xeloss_forward", "the minus sign is missing: a logarithm of p is negative")
def loss_without_minus(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    return float(np.sum(self.target * np.log(softmax(input))) / len(input))


@mistake("xeloss_forward", "a small number is added inside the log; it shifts the loss")
def loss_with_guard(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    return float(-np.sum(self.target * np.log(softmax(input) + 1e-8)) / len(input))


@mistake("xeloss_forward", "a small number is added inside the log; it shifts the loss")
def loss_with_smaller_guard(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    return float(-np.sum(self.target * np.log(softmax(input) + 1e-9)) / len(input))


@mistake("xeloss_forward", "a small number is added inside the log; it shifts the loss")
def loss_with_guard_of_1e_7(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    return float(-np.sum(self.target * np.log(softmax(input) + 1e-7)) / len(input))


@mistake("xeloss_forward", "a small number is added inside the log; it shifts the loss")
def loss_with_guard_of_1e_10(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    return float(-np.sum(self.target * np.log(softmax(input) + 1e-10)) / len(input))


@mistake("xeloss_forward", "a small number is added inside the log; it shifts the loss")
def loss_with_guard_of_1e_12(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    return float(-np.sum(self.target * np.log(softmax(input) + 1e-12)) / len(input))


@mistake("xeloss_forward", "a small number is added inside the log; it shifts the loss")
def loss_with_guard_of_1e_15(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    return float(-np.sum(self.target * np.log(softmax(input) + 1e-15)) / len(input))


@mistake("xeloss_forward", "probabilities are clipped: confident mistakes get cheaper")
def loss_clipped(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    p = np.clip(softmax(input), 1e-12, 1 - 1e-12)
    return float(-np.sum(self.target * np.log(p)) / len(input))


@mistake("xeloss_forward", "probabilities are clipped: confident mistakes get cheaper")
def loss_clipped_at_1e_7(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    p = np.clip(softmax(input), 1e-7, 1 - 1e-7)
    return float(-np.sum(self.target * np.log(p)) / len(input))


@mistake("xeloss_forward", "probabilities are clipped: confident mistakes get cheaper")
def loss_clipped_at_1e_8(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    p = np.clip(softmax(input), 1e-8, 1 - 1e-8)
    return float(-np.sum(self.target * np.log(p)) / len(input))


@mistake(
    "xeloss_forward", "the logarithm is to the base 2 or 10; it is the natural one"
)
def loss_base_two(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    return float(-np.sum(self.target * np.log2(softmax(input))) / len(input))


@mistake("xeloss_forward", "softmax runs down the batch; it runs along the classes")
def loss_softmax_over_batch(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    return float(-np.sum(self.target * np.log(softmax(input.T).T)) / len(input))


@mistake(
    "xeloss_forward", "softmax runs over all entries; each row sums to 1 by itself"
)
def loss_softmax_over_all(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    p = softmax(input.reshape(1, -1)).reshape(input.shape)
    return float(-np.sum(self.target * np.log(p)) / len(input))


@mistake("xeloss_forward", "every class counts the same: which of them is the target?")
def loss_without_target(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    return float(-np.mean(np.log(softmax(input))))


@mistake("xeloss_forward", "each row is read at every label; a row has one label")
def loss_at_every_label(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    return float(-np.mean(np.log(softmax(input)[:, np.asarray(target)])))


@mistake("xeloss_forward", "the probabilities take the place of the target")
def loss_as_entropy(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    p = softmax(input)
    return float(-np.sum(p * np.log(p)) / len(input))


@mistake("xeloss_forward", "this is a squared error; a logarithm is asked for")
def loss_squared(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    return float(np.sum((softmax(input) - self.target) ** 2) / len(input))


@mistake("xeloss_forward", "self.input must hold the logits, not their softmax")
def stores_softmax(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = softmax(input), make_one_hot(target, input.shape[1])
    return float(-np.sum(self.target * np.log(self.input)) / len(input))


@mistake("xeloss_forward", "the logarithm is missing: it is log of the probability")
def loss_without_log(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    return float(-np.sum(self.target * softmax(input)) / len(input))


@mistake(
    "xeloss_forward", "softmax is taken of the targets too; they are one-hot already"
)
def loss_softmax_of_target(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    return float(-np.sum(softmax(self.target) * np.log(softmax(input))) / len(input))


@mistake("xeloss_forward", "softmax is taken twice")
def loss_softmax_twice(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    return float(-np.sum(self.target * np.log(softmax(softmax(input)))) / len(input))


@mistake("xeloss_forward", "only one example counts; sum over the batch")
def loss_of_first_row(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    return float(-np.sum((self.target * np.log(softmax(input)))[0]) / len(input))


@mistake(
    "xeloss_forward", "the logarithm of a mean; each example has its own logarithm"
)
def log_of_the_mean(self: Any, input: Any, target: Any) -> Any:
    self.input = input
    self.target = make_one_hot(target, num_classes=input.shape[1])
    return float(-np.log(np.mean(np.sum(softmax(input) * self.target, axis=1))))


@mistake("xeloss_forward", "the highest probability of each row; the label says which")
def loss_of_the_highest(self: Any, input: Any, target: Any) -> Any:
    self.input = input
    self.target = make_one_hot(target, num_classes=input.shape[1])
    return float(-np.mean(np.log(np.max(softmax(input), axis=1))))


@mistake("xeloss_forward", "one loss per example; their mean is asked for")
def loss_per_example(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    return -np.sum(self.target * np.log(softmax(input)), axis=1)


@mistake("xeloss_forward", "the other classes are counted too, as in a binary loss")
def loss_binary(self: Any, input: Any, target: Any) -> Any:
    self.input, self.target = input, make_one_hot(target, input.shape[1])
    p = softmax(input)
    log_q = np.log(np.maximum(1 - p, 1e-300))
    return float(-np.sum(self.target * np.log(p) + (1 - self.target) * log_q) / len(p))


@mistake("xeloss_backward", "not divided by N: the loss is a mean over the batch")
def grad_not_averaged(self: Any) -> Any:
    return softmax(self.input) - self.target


@mistake("xeloss_backward", "divided by N twice")
def grad_averaged_twice(self: Any) -> Any:
    return (softmax(self.input) - self.target) / len(self.input) ** 2


@mistake("xeloss_backward", "divided by all N C entries; the loss divides by N")
def grad_divided_by_size(self: Any) -> Any:
    return (softmax(self.input) - self.target) / self.input.size


@mistake("xeloss_backward", "divided by the number of classes; the mean is over N")
def grad_divided_by_classes(self: Any) -> Any:
    return (softmax(self.input) - self.target) / self.input.shape[1]


@mistake("xeloss_backward", "the sign is flipped: which of the two is subtracted?")
def grad_sign_flipped(self: Any) -> Any:
    return (self.target - softmax(self.input)) / len(self.input)


@mistake("xeloss_backward", "softmax runs down the batch; it runs along the classes")
def grad_softmax_over_batch(self: Any) -> Any:
    return (softmax(self.input.T).T - self.target) / len(self.input)


@mistake(
    "xeloss_backward", "softmax runs over all entries; each row sums to 1 by itself"
)
def grad_softmax_over_all(self: Any) -> Any:
    p = softmax(self.input.reshape(1, -1)).reshape(self.input.shape)
    return (p - self.target) / len(self.input)


@mistake("xeloss_backward", "exp alone is no softmax: each row is divided by its sum")
def grad_of_bare_exp(self: Any) -> Any:
    return (np.exp(self.input) - self.target) / len(self.input)


@mistake("xeloss_backward", "only a part is divided by N; the whole difference is")
def grad_target_alone_averaged(self: Any) -> Any:
    return softmax(self.input) - self.target / len(self.input)


@mistake("xeloss_backward", "only a part is divided by N; the whole difference is")
def grad_softmax_alone_averaged(self: Any) -> Any:
    return softmax(self.input) / len(self.input) - self.target


@mistake("xeloss_backward", "multiplied by a slope p (1 - p): it has cancelled already")
def grad_times_slope(self: Any) -> Any:
    p = softmax(self.input)
    return (p - self.target) * p * (1 - p) / len(p)


@mistake("xeloss_backward", "the logits themselves are used; softmax is missing")
def grad_without_softmax(self: Any) -> Any:
    return (self.input - self.target) / len(self.input)


@mistake(
    "xeloss_backward", "softmax is taken of the targets too; they are one-hot already"
)
def grad_softmax_of_target(self: Any) -> Any:
    return (softmax(self.input) - softmax(self.target)) / len(self.input)


@mistake("xeloss_backward", "the target is not subtracted")
def grad_without_target(self: Any) -> Any:
    return softmax(self.input) / len(self.input)


@mistake(
    "xeloss_backward", "only the right class has a gradient here; every class has one"
)
def grad_of_right_class_only(self: Any) -> Any:
    return (softmax(self.input) - 1) * self.target / len(self.input)


@mistake(
    "xeloss_backward", "w.r.t. the probabilities; go on through softmax to the logits"
)
def grad_of_probabilities(self: Any) -> Any:
    return -self.target / softmax(self.input) / len(self.input)


@mistake("xeloss_backward", "summed over the batch; the gradient has a row per example")
def grad_summed(self: Any) -> Any:
    return np.sum(softmax(self.input) - self.target, axis=0) / len(self.input)


@mistake("linear_backward", "transposed: grad_x has a row per example, as x has")
def grad_x_transposed(self: Any, grad: Any) -> Any:
    self.grad_weight = self.x.T @ grad
    self.grad_bias = grad.sum(axis=0, keepdims=True)
    return self.weight @ grad.T


@mistake(
    "linear_backward",
    "the weights are not transposed, which shows when they are square",
)
def weight_not_transposed(self: Any, grad: Any) -> Any:
    self.grad_weight = self.x.T @ grad
    self.grad_bias = grad.sum(axis=0, keepdims=True)
    return grad @ self.weight


@mistake("linear_backward", "transposed: grad_weight has the shape of weight, (I, O)")
def grad_weight_transposed(self: Any, grad: Any) -> Any:
    self.grad_weight = grad.T @ self.x
    self.grad_bias = grad.sum(axis=0, keepdims=True)
    return grad @ self.weight.T


@mistake("linear_backward", "x is not transposed, which shows when N and I are equal")
def x_not_transposed(self: Any, grad: Any) -> Any:
    self.grad_weight = self.x @ grad
    self.grad_bias = grad.sum(axis=0, keepdims=True)
    return grad @ self.weight.T


@mistake(
    "linear_backward", "averaged over the batch: the loss has divided by N already"
)
def all_averaged(self: Any, grad: Any) -> Any:
    self.grad_weight = self.x.T @ grad / len(grad)
    self.grad_bias = grad.mean(axis=0, keepdims=True)
    return grad @ self.weight.T


@mistake(
    "linear_backward", "averaged over the batch: the loss has divided by N already"
)
def grad_weight_averaged(self: Any, grad: Any) -> Any:
    self.grad_weight = self.x.T @ grad / len(grad)
    self.grad_bias = grad.sum(axis=0, keepdims=True)
    return grad @ self.weight.T


@mistake(
    "linear_backward", "averaged over the batch: the loss has divided by N already"
)
def grad_bias_averaged(self: Any, grad: Any) -> Any:
    self.grad_weight = self.x.T @ grad
    self.grad_bias = grad.mean(axis=0, keepdims=True)
    return grad @ self.weight.T


@mistake("linear_backward", "not summed over the batch: one bias serves every example")
def grad_bias_not_summed(self: Any, grad: Any) -> Any:
    self.grad_weight = self.x.T @ grad
    self.grad_bias = grad
    return grad @ self.weight.T


@mistake("linear_backward", "summed over the neurons; the sum runs over the batch")
def grad_bias_wrong_axis(self: Any, grad: Any) -> Any:
    self.grad_weight = self.x.T @ grad
    self.grad_bias = grad.sum(axis=1, keepdims=True).T
    return grad @ self.weight.T


@mistake("linear_backward", "the bias gets ones; the incoming gradient is missing")
def grad_bias_of_ones(self: Any, grad: Any) -> Any:
    self.grad_weight = self.x.T @ grad
    self.grad_bias = np.ones((1, grad.shape[1]))
    return grad @ self.weight.T


@mistake(
    "linear_backward", "summed over every axis; each neuron keeps a sum of its own"
)
def grad_bias_one_number(self: Any, grad: Any) -> Any:
    self.grad_weight = self.x.T @ grad
    self.grad_bias = grad.sum()
    return grad @ self.weight.T


@mistake("linear_backward", "added to the gradient of the last call; store it afresh")
def gradients_accumulate(self: Any, grad: Any) -> Any:
    self.grad_weight = self.grad_weight + self.x.T @ grad
    self.grad_bias = self.grad_bias + grad.sum(axis=0, keepdims=True)
    return grad @ self.weight.T


@mistake("linear_backward", "the weights were changed: backward stores, step updates")
def updates_in_backward(self: Any, grad: Any) -> Any:
    self.grad_weight = self.x.T @ grad
    self.grad_bias = grad.sum(axis=0, keepdims=True)
    grad_x = grad @ self.weight.T
    self.weight = self.weight - 0.1 * self.grad_weight
    self.bias = self.bias - 0.1 * self.grad_bias
    return grad_x


@mistake("linear_backward", "all zeros: it is returned instead of being stored")
def grad_weight_not_stored(self: Any, grad: Any) -> Any:
    self.grad_bias = grad.sum(axis=0, keepdims=True)
    return grad @ self.weight.T


@mistake("linear_backward", "all zeros: the gradient of the bias is not stored")
def grad_bias_not_stored(self: Any, grad: Any) -> Any:
    self.grad_weight = self.x.T @ grad
    return grad @ self.weight.T


@mistake("linear_backward", "nothing is returned: the layer before needs grad_x")
def grad_x_not_returned(self: Any, grad: Any) -> Any:
    self.grad_weight = self.x.T @ grad
    self.grad_bias = grad.sum(axis=0, keepdims=True)


@mistake("linear_backward", "the gradient of the weights is returned, not that of x")
def returns_grad_weight(self: Any, grad: Any) -> Any:
    self.grad_weight = self.x.T @ grad
    self.grad_bias = grad.sum(axis=0, keepdims=True)
    return self.grad_weight


@mistake(
    "linear_backward", "the incoming gradient is returned as it is: and the weights?"
)
def returns_grad(self: Any, grad: Any) -> Any:
    self.grad_weight = self.x.T @ grad
    self.grad_bias = grad.sum(axis=0, keepdims=True)
    return grad.copy()


@mistake("linear_backward", "the sign is flipped: the minus belongs to the step")
def gradients_negated(self: Any, grad: Any) -> Any:
    self.grad_weight = -self.x.T @ grad
    self.grad_bias = -grad.sum(axis=0, keepdims=True)
    return -grad @ self.weight.T


@mistake(
    "relu_backward",
    "the mask must come from the input x, not from the incoming gradient",
)
def mask_of_gradient(self: Any, grad: Any) -> Any:
    return np.where(grad > 0, grad, 0.0)


@mistake("relu_backward", "the slope at exactly 0 is 0: is it > or >= ?")
def passes_at_zero(self: Any, grad: Any) -> Any:
    return np.where(self.x >= 0, grad, 0.0)


@mistake("relu_backward", "returns the mask; the incoming gradient is missing")
def returns_slope(self: Any, grad: Any) -> Any:
    return (self.x > 0).astype(float)


@mistake("relu_backward", "this is forward once more; the incoming gradient is missing")
def returns_forward(self: Any, grad: Any) -> Any:
    return np.maximum(self.x, 0.0)


@mistake("relu_backward", "a little passes where x is below 0; ReLU lets nothing pass")
def leaky_slope(self: Any, grad: Any) -> Any:
    return np.where(self.x > 0, grad, 0.01 * grad)


@mistake("relu_backward", "the incoming gradient passes unchanged; the mask is missing")
def no_mask(self: Any, grad: Any) -> Any:
    return grad.copy()


@mistake("relu_backward", "multiplied by x; the slope is 1 where x is above 0")
def multiplied_by_x(self: Any, grad: Any) -> Any:
    return np.maximum(self.x, 0.0) * grad


@mistake("relu_backward", "multiplied by x; the slope is 1 where x is above 0")
def multiplied_by_all_of_x(self: Any, grad: Any) -> Any:
    return self.x * grad


@mistake("relu_backward", "the mask is upside down: it lets pass where x is below 0")
def mask_upside_down(self: Any, grad: Any) -> Any:
    return np.where(self.x > 0, 0.0, grad)


@mistake("relu_backward", "where x is below 0 the slope is -1 here; it is 0")
def sign_of_x(self: Any, grad: Any) -> Any:
    return grad * np.sign(self.x)


@mistake("relu_backward", "the incoming gradient was overwritten: make a new array")
def overwrites_grad(self: Any, grad: Any) -> Any:
    grad[self.x <= 0] = 0.0
    return grad


@mistake("relu_backward", "negative gradients are cut off; only the sign of x matters")
def clips_gradient(self: Any, grad: Any) -> Any:
    return np.where(self.x > 0, np.maximum(grad, 0.0), 0.0)


@mistake(
    "relu_backward", "squeezed: the result has the shape of grad, also for one row"
)
def relu_grad_squeezed(self: Any, grad: Any) -> Any:
    return np.squeeze(np.where(self.x > 0, grad, 0.0))


@mistake("relu_backward", "rounded to float32: keep the type of grad")
def relu_grad_in_float32(self: Any, grad: Any) -> Any:
    return np.where(self.x > 0, grad, 0.0).astype(np.float32)


@mistake(
    "sequential_backward",
    "the layers run from first to last; backward starts at the end",
)
def backward_not_reversed(self: Any, loss_function: Any) -> Any:
    grad = loss_function.backward()
    for layer in self.layers:
        grad = layer.backward(grad)


@mistake(
    "sequential_backward", "every layer gets the loss's gradient; pass on what came out"
)
def same_gradient_for_all(self: Any, loss_function: Any) -> Any:
    grad = loss_function.backward()
    for layer in reversed(self.layers):
        layer.backward(grad)


@mistake("sequential_backward", "the first layer is left out: it has weights too")
def backward_skips_first(self: Any, loss_function: Any) -> Any:
    grad = loss_function.backward()
    for layer in list(self.layers)[:0:-1]:
        grad = layer.backward(grad)


@mistake("sequential_backward", "the last layer is left out; the gradient starts there")
def backward_skips_last(self: Any, loss_function: Any) -> Any:
    grad = loss_function.backward()
    for layer in list(self.layers)[-2::-1]:
        grad = layer.backward(grad)


@mistake(
    "sequential_backward", "only the last layer is reached: is return in the loop?"
)
def backward_only_last(self: Any, loss_function: Any) -> Any:
    self.layers[-1].backward(loss_function.backward())


@mistake("sequential_backward", "the layers are used up by the first call: keep them")
def backward_pops_layers(self: Any, loss_function: Any) -> Any:
    grad = loss_function.backward()
    self.layers = list(self.layers)
    while self.layers:
        grad = self.layers.pop().backward(grad)


@mistake(
    "sequential_backward", "each backward runs twice: what it stores is used up once"
)
def backward_twice(self: Any, loss_function: Any) -> Any:
    grad = loss_function.backward()
    for layer in reversed(self.layers):
        layer.backward(grad)
        grad = layer.backward(grad)


@mistake("sequential_backward", "starts from ones; the first gradient is the loss's")
def starts_from_ones(self: Any, loss_function: Any) -> Any:
    grad = np.ones_like(loss_function.backward())
    for layer in reversed(self.layers):
        grad = layer.backward(grad)


@mistake(
    "sequential_backward",
    "the network's own layers are put in reverse order, and stay so",
)
def layers_turned_round(self: Any, loss_function: Any) -> Any:
    grad = loss_function.backward()
    self.layers = self.layers[::-1]
    for layer in self.layers:
        grad = layer.backward(grad)


@mistake("sgd", "moves up the gradient: a step goes against it")
def ascends(self: Any) -> None:
    for layer in self.layers:
        if isinstance(layer, Linear):
            layer.weight = layer.weight + self.lr * layer.grad_weight
            layer.bias = layer.bias + self.lr * layer.grad_bias


@mistake("sgd", "the bias is not updated: it learns too")
def forgets_bias(self: Any) -> None:
    for layer in self.layers:
        if isinstance(layer, Linear):
            layer.weight = layer.weight - self.lr * layer.grad_weight


@mistake("sgd", "the weights are not updated, only the bias")
def forgets_weight(self: Any) -> None:
    for layer in self.layers:
        if isinstance(layer, Linear):
            layer.bias = layer.bias - self.lr * layer.grad_bias


@mistake("sgd", "replaced by the step; the step is taken from where the weights are")
def assigns_step(self: Any) -> None:
    for layer in self.layers:
        if isinstance(layer, Linear):
            layer.weight = self.lr * layer.grad_weight
            layer.bias = self.lr * layer.grad_bias


@mistake("sgd", "replaced by the step; the step is taken from where the weights are")
def assigns_negative_step(self: Any) -> None:
    for layer in self.layers:
        if isinstance(layer, Linear):
            layer.weight = -self.lr * layer.grad_weight
            layer.bias = -self.lr * layer.grad_bias


@mistake("sgd", "the bias is replaced by its step; it moves from where it is")
def assigns_bias_step(self: Any) -> None:
    for layer in self.layers:
        if isinstance(layer, Linear):
            layer.weight = layer.weight - self.lr * layer.grad_weight
            layer.bias = self.lr * layer.grad_bias


@mistake("sgd", "the parameters shrink by themselves; the step takes the gradients")
def steps_by_weights(self: Any) -> None:
    for layer in self.layers:
        if isinstance(layer, Linear):
            layer.weight = layer.weight - self.lr * layer.weight
            layer.bias = layer.bias - self.lr * layer.bias


@mistake("sgd", "the learning rate is not used")
def ignores_rate(self: Any) -> None:
    for layer in self.layers:
        if isinstance(layer, Linear):
            layer.weight = layer.weight - layer.grad_weight
            layer.bias = layer.bias - layer.grad_bias


@mistake("sgd", "the learning rate is not used for the bias")
def ignores_rate_for_bias(self: Any) -> None:
    for layer in self.layers:
        if isinstance(layer, Linear):
            layer.weight = layer.weight - self.lr * layer.grad_weight
            layer.bias = layer.bias - layer.grad_bias


@mistake("sgd", "every entry moves by the same step: the gradient has one for each")
def mean_step(self: Any) -> None:
    for layer in self.layers:
        if isinstance(layer, Linear):
            layer.weight = layer.weight - self.lr * layer.grad_weight.mean()
            layer.bias = layer.bias - self.lr * layer.grad_bias.mean()


@mistake("sgd", "the gradient of the bias is used for the weights as well")
def bias_gradient_for_weights(self: Any) -> None:
    for layer in self.layers:
        if isinstance(layer, Linear):
            layer.weight = layer.weight - self.lr * layer.grad_bias
            layer.bias = layer.bias - self.lr * layer.grad_bias


@mistake("sgd", "multiplied by the step; a step is subtracted")
def multiplies(self: Any) -> None:
    for layer in self.layers:
        if isinstance(layer, Linear):
            layer.weight = layer.weight * (1 - self.lr * layer.grad_weight)
            layer.bias = layer.bias * (1 - self.lr * layer.grad_bias)


@mistake("sgd", "the learning rate is a fixed number: use self.lr")
def fixed_rate(self: Any) -> None:
    for layer in self.layers:
        if isinstance(layer, Linear):
            layer.weight = layer.weight - 0.01 * layer.grad_weight
            layer.bias = layer.bias - 0.01 * layer.grad_bias


@mistake("sgd", "the step is divided by a size; the loss has taken the mean already")
def divided_by_size(self: Any) -> None:
    for layer in self.layers:
        if isinstance(layer, Linear):
            inputs = len(layer.weight)
            layer.weight = layer.weight - self.lr * layer.grad_weight / inputs
            layer.bias = layer.bias - self.lr * layer.grad_bias / inputs


@mistake(
    "sgd",
    "unchanged: is the new value stored in the layer, and is the gradient still there?",
)
def updates_copies(self: Any) -> None:
    for layer in self.layers:
        if isinstance(layer, Linear):
            weight, bias = layer.weight, layer.bias
            weight = weight - self.lr * layer.grad_weight
            bias = bias - self.lr * layer.grad_bias


@mistake("sgd", "only the first layer is updated: is return or break in the loop?")
def first_layer_only(self: Any) -> None:
    for layer in self.layers:
        if isinstance(layer, Linear):
            layer.weight = layer.weight - self.lr * layer.grad_weight
            layer.bias = layer.bias - self.lr * layer.grad_bias
            return


@mistake("sgd", "the last layer is never updated: does the loop stop early?")
def skips_last_layer(self: Any) -> None:
    linear = [layer for layer in self.layers if isinstance(layer, Linear)]
    for layer in linear[:-1] or linear:
        layer.weight = layer.weight - self.lr * layer.grad_weight
        layer.bias = layer.bias - self.lr * layer.grad_bias


@mistake("sgd", "every second layer is taken for a Linear one: ask each what it is")
def every_second_layer(self: Any) -> None:
    for layer in self.layers[::2]:
        layer.weight = layer.weight - self.lr * layer.grad_weight
        layer.bias = layer.bias - self.lr * layer.grad_bias


@mistake("sgd", "the learning rate shrinks the weights instead of the gradient")
def rate_on_weights(self: Any) -> None:
    for layer in self.layers:
        if isinstance(layer, Linear):
            layer.weight = self.lr * layer.weight - layer.grad_weight
            layer.bias = self.lr * layer.bias - layer.grad_bias


@mistake("linear_forward", "the bias is added once for every input; it is added once")
def bias_for_every_input(self: Any, x: Any) -> Any:
    self.x = x
    return x @ self.weight + len(self.weight) * self.bias


@mistake(
    "linear_forward", "the bias is added to the weights, before the product is taken"
)
def bias_before_the_product(self: Any, x: Any) -> Any:
    self.x = x
    return x @ (self.weight + self.bias)


@mistake("linear_forward", "rows pile up in the bias itself: start each from a copy")
def rows_pile_up(self: Any, x: Any) -> Any:
    self.x = x
    rows = []
    for example in x:
        row = self.bias
        row += example @ self.weight
        rows.append(row)
    return np.concatenate(rows)


@mistake(
    "xeloss_backward", "1 is subtracted at the largest logit; it belongs at the label"
)
def one_at_the_largest(self: Any) -> Any:
    guessed = np.eye(self.input.shape[1])[np.argmax(self.input, axis=1)]
    return (softmax(self.input) - guessed) / len(self.input)


@mistake(
    "linear_backward", "multiplied by the gradient of the weights, not by the weights"
)
def grad_x_from_grad_weight(self: Any, grad: Any) -> Any:
    self.grad_weight = self.x.T @ grad
    self.grad_bias = grad.sum(axis=0, keepdims=True)
    return grad @ self.grad_weight.T


@mistake("linear_backward", "only the last example counts; the sum runs over the batch")
def weights_of_the_last_example(self: Any, grad: Any) -> Any:
    self.grad_weight = np.outer(self.x[-1], grad[-1])
    self.grad_bias = grad.sum(axis=0, keepdims=True)
    return grad @ self.weight.T


@mistake("linear_backward", "only the last example counts; the sum runs over the batch")
def bias_of_the_last_example(self: Any, grad: Any) -> Any:
    self.grad_weight = self.x.T @ grad
    self.grad_bias = grad[-1:].copy()
    return grad @ self.weight.T


@mistake("linear_backward", "only one example counts; the sum runs over the batch")
def bias_of_the_first_example(self: Any, grad: Any) -> Any:
    self.grad_weight = self.x.T @ grad
    self.grad_bias = grad[:1].copy()
    return grad @ self.weight.T
