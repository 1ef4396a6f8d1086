"""`make verify`: the reference against PyTorch, through the very same probes.

Each assignment's library is written once more on top of torch, in float64, with
every gradient from autograd: no formula of a backward stands here. All cases are
then put to both, on several seeds of the course. Not collected by `make test`, for
torch is large: run it after `pip install '.[verify]'`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from autograder.judging.answer_key import Course
from autograder.student.marking import mark
from autograder.student.probing import CaseResult, drive
from tests.support.programs import planted

ROOT = Path(__file__).resolve().parents[2]
SEEDS = [bytes(32), *(bytes([k]) * 32 for k in (1, 2, 3, 5, 8, 13, 21, 34, 55))]


def leaf(value):
    """Return a copy of an array or number that gathers its gradient."""
    return torch.tensor(np.asarray(value), dtype=torch.float64, requires_grad=True)


def numpy_of(tensor):
    return tensor.detach().numpy().copy()


# ---- mytorch.nn and mytorch.optim


class Linear:
    def __init__(self, in_features, out_features):
        self.weight = np.zeros((in_features, out_features))
        self.bias = np.zeros((1, out_features))

    def apply(self, x, weight, bias):
        return F.linear(x, weight.T, bias.flatten())

    def forward(self, x):
        self.x = x
        return numpy_of(self.apply(leaf(x), leaf(self.weight), leaf(self.bias)))

    def backward(self, grad):
        leaves = [leaf(array) for array in (self.x, self.weight, self.bias)]
        self.apply(*leaves).backward(torch.tensor(grad))
        grad_x, self.grad_weight, self.grad_bias = (numpy_of(a.grad) for a in leaves)
        return grad_x


class ReLU:
    def forward(self, x):
        self.x = x
        return numpy_of(F.relu(leaf(x)))

    def backward(self, grad):
        x = leaf(self.x)
        F.relu(x).backward(torch.tensor(grad))
        return numpy_of(x.grad)


class Foreign(torch.autograd.Function):
    """A layer of numpy's inside a graph of torch's.

    With `shape` only the way back is of interest: zeros of that shape go forward.
    """

    @staticmethod
    def forward(ctx, x, layer, shape):
        ctx.layer = layer
        if shape is not None:
            return x.new_zeros(shape)
        return torch.tensor(layer.forward(numpy_of(x)))

    @staticmethod
    def backward(ctx, grad):
        return torch.tensor(ctx.layer.backward(numpy_of(grad))), None, None


class Wrapped(torch.nn.Module):
    def __init__(self, layer, shape=None):
        super().__init__()
        self.layer, self.shape = layer, shape

    def forward(self, x):
        return Foreign.apply(x, self.layer, self.shape)


class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, x):
        return numpy_of(torch.nn.Sequential(*map(Wrapped, self.layers))(leaf(x)))

    def backward(self, loss_function):
        grad = torch.tensor(loss_function.backward())
        modules, shape = [], tuple(grad.shape)
        for layer in reversed(self.layers):
            modules.append(Wrapped(layer, shape))
            # A layer that replays an array says so the shape of its input.
            shape = getattr(layer, "array", np.empty(shape)).shape
        network = torch.nn.Sequential(*reversed(modules))
        network(leaf(np.zeros(shape))).backward(grad)


class CrossEntropyLoss:
    def forward(self, input, target):
        labels = torch.tensor(np.asarray(target), dtype=torch.int64)
        self.input = input
        self.target = F.one_hot(labels, input.shape[1]).double().numpy()
        return F.cross_entropy(leaf(input), labels).item()

    def backward(self):
        logits = leaf(self.input)
        F.cross_entropy(logits, torch.tensor(self.target)).backward()
        return numpy_of(logits.grad)


class SGD:
    def __init__(self, model, lr):
        self.layers, self.lr = model.layers, lr

    def step(self):
        owners = [
            (layer, name)
            for layer in self.layers
            if isinstance(layer, Linear)
            for name in ("weight", "bias")
        ]
        gradients = [getattr(layer, f"grad_{name}") for layer, name in owners]
        step(owners, gradients, self.lr)


def step(owners, gradients, lr):
    """Let torch move the attributes (owner, name) by one step of its SGD."""
    parameters = [leaf(getattr(owner, name)) for owner, name in owners]
    for parameter, gradient in zip(parameters, gradients, strict=True):
        parameter.grad = leaf(gradient).detach().reshape(parameter.shape)
    torch.optim.SGD(parameters, lr).step()
    for (owner, name), parameter in zip(owners, parameters, strict=True):
        setattr(owner, name, numpy_of(parameter))


# ---- mytorch.miniflow, as far as torch has it


class Node:
    def __init__(self, inbound_nodes=()):
        self.inbound_nodes = list(inbound_nodes)
        self.outbound_nodes, self.gradients = [], {}
        for node in self.inbound_nodes:
            if self not in node.outbound_nodes:
                node.outbound_nodes.append(self)

    def blame(self, output, last=1.0):
        """Let the gradients that came in, or `last`, go back through `output`."""
        incoming = [leaf(n.gradients[self]).detach() for n in self.outbound_nodes]
        incoming = incoming or [torch.full_like(output, last)]
        torch.stack([(output * grad).sum() for grad in incoming]).sum().backward()


class Input(Node):
    def __init__(self, name="Input"):
        super().__init__()
        self.name = name

    def backward(self):
        x = leaf(self.value)
        self.blame(x * 1.0, last=0.0)
        self.gradients = {self: numpy_of(x.grad)}


class Operator(Node):
    def __init__(self, *inputs):
        super().__init__(inputs)

    def apply(self, *values):
        raise NotImplementedError

    def run(self):
        leaves = {n: leaf(n.value) for n in self.inbound_nodes}
        return leaves, self.apply(*[leaves[n] for n in self.inbound_nodes])

    def forward(self):
        self.value = numpy_of(self.run()[1])

    def backward(self):
        leaves, output = self.run()
        self.blame(output)
        self.gradients = {n: numpy_of(x.grad) for n, x in leaves.items()}


class Add(Operator):
    def apply(self, *values):
        return torch.stack(values).sum(dim=0)


class Mul(Operator):
    def apply(self, *values):
        return torch.stack(values).prod(dim=0)


class FlowLinear(Operator):
    def apply(self, X, W, b):
        return F.linear(X, W.T, b)


class Sigmoid(Operator):
    def apply(self, x):
        return torch.sigmoid(x)


class MSE(Operator):
    def apply(self, y, a):
        self.diff = numpy_of(y.flatten() - a.flatten())[:, np.newaxis]
        self.m = y.numel()
        return F.mse_loss(a.flatten(), y.flatten())


def sgd_update(trainables, learning_rate=1e-2):
    owners = [(trainable, "value") for trainable in trainables]
    step(owners, [t.gradients[t] for t in trainables], learning_rate)


MLP = SimpleNamespace(
    nn=SimpleNamespace(
        Linear=Linear,
        ReLU=ReLU,
        Sequential=Sequential,
        CrossEntropyLoss=CrossEntropyLoss,
    ),
    optim=SimpleNamespace(SGD=SGD),
)
MINIFLOW = SimpleNamespace(
    miniflow=SimpleNamespace(
        Node=Node,
        Input=Input,
        Add=Add,
        Mul=Mul,
        Linear=FlowLinear,
        Sigmoid=Sigmoid,
        MSE=MSE,
        sgd_update=sgd_update,
    )
)
TORCH = {"mlp": MLP, "miniflow": MINIFLOW}
# Of the graph's order, and of an input's value, torch knows nothing.
NOT_IN_TORCH = {"input", "topological_sort", "forward_pass", "forward_and_backward"}
# Other assignments have theirs in tests/<name>/torch_twin.py.
for path in sorted(ROOT.glob("tests/*/torch_twin.py")):
    twin = import_module(f"tests.{path.parent.name}.torch_twin")
    TORCH[path.parent.name] = twin.LIBRARY
    NOT_IN_TORCH |= getattr(twin, "NOT_IN_TORCH", set())


# ---- the proof


def check_against_torch(course):
    """Fail unless torch gives what the reference gives; return the number of cases."""
    count = 0
    for question in course.assignment.questions:
        if question.id in NOT_IN_TORCH:
            continue
        for trial in course.trials(question.id):
            assert_torch_agrees(course, trial)
            count += 1
    return count


def assert_torch_agrees(course, trial):
    lib = TORCH[course.assignment.name]
    driven = drive(trial.probe, lib, trial.inputs)
    where = f"{trial.case.question}, {trial.label}"
    assert driven.error is None, f"{where}: {driven.error!r}"
    verdict = mark(trial, CaseResult(tuple(driven.outputs.items())))
    assert verdict.passed, f"{where}: {verdict.reason}"


@pytest.mark.parametrize("name", TORCH)
@pytest.mark.parametrize("seed", SEEDS, ids=range(len(SEEDS)))
def test_reference_agrees_with_torch(name, seed):
    assert check_against_torch(Course.load(ROOT, name, seed)) >= 30


@pytest.mark.parametrize("seed", range(20))
def test_a_recurrent_network_agrees_with_torch_as_a_whole(seed):
    lib = Course.load(ROOT, "rnn", SEEDS[0]).lib
    proofs = import_module("tests.rnn.torch_twin").proofs
    for ours, twin in proofs(lib.recurrent.RNN, np.random.default_rng(seed)):
        np.testing.assert_allclose(ours, numpy_of(twin), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_attention_in_heads_agrees_with_torch_as_a_whole(seed):
    lib = Course.load(ROOT, "attention", SEEDS[0]).lib
    linear = Course.load(ROOT, "mlp", SEEDS[0]).lib.nn.Linear
    proofs = import_module("tests.attention.torch_twin").proofs
    for ours, twin in proofs(lib, linear, np.random.default_rng(seed)):
        np.testing.assert_allclose(ours, numpy_of(twin), rtol=1e-9, atol=1e-12)


FAULTS = (
    ("mlp", "linear_forward", "the bias is not added:"),
    ("mlp", "relu_forward", "the sign is lost:"),
    ("mlp", "sequential_forward", "the layers run from"),
    ("mlp", "xeloss_forward", "averaged over N times C"),
    ("mlp", "xeloss_forward", "a small number is added"),
    ("mlp", "xeloss_backward", "not divided by N: the"),
    ("mlp", "linear_backward", "averaged over the"),
    ("mlp", "linear_backward", "the weights are not"),
    ("mlp", "relu_backward", "the slope at exactly 0"),
    ("mlp", "relu_backward", "the mask must come from"),
    ("mlp", "sequential_backward", "the layers run from"),
    ("mlp", "sgd", "moves up the gradient:"),
    ("mlp", "sgd", "the bias is not"),
    ("miniflow", "add_forward", "only two of the"),
    ("miniflow", "mul_forward", "the inputs were"),
    ("miniflow", "linear_forward", "the bias belongs to"),
    ("miniflow", "sigmoid_forward", "this is tanh, which"),
    ("miniflow", "mse_forward", "is the square of a mean"),
    ("miniflow", "sigmoid_backward", "is the slope alone"),
    ("miniflow", "linear_backward", "only the last consumer"),
    ("miniflow", "mse_backward", "both gradients got one"),
    ("cnn", "conv1d_forward", "the kernel is turned round"),
    ("cnn", "conv2d_forward", "padding on one side only"),
    ("cnn", "conv2d_backward", "the stride is missing in the weights"),
    ("cnn", "maxpool2d_backward", "the last of several equal"),
    ("cnn", "avgpool2d_backward", "divided by k; a window"),
    ("rnn", "rnn_cell_backward", "the slope of tanh is missing"),
    ("rnn", "gru_cell_forward", "reset before the product"),
    ("rnn", "gru_cell_backward", "the direct way is missing"),
    ("rnn", "lstm_cell_backward", "the slope of the sigmoid is missing at f"),
    ("rnn", "clip_grad_norm", "the 1e-6 of the formula"),
    ("attention", "softmax_backward", "the sum is missing"),
    ("attention", "attention_forward", "a query that may look nowhere gets"),
    ("attention", "attention_backward", "the scale stands in one"),
    ("attention", "merge_heads", "the transpose is missing"),
    ("attention", "embedding_backward", "averaged over the occurrences"),
)


@pytest.mark.parametrize(("name", "question", "words"), FAULTS)
def test_a_planted_fault_fails_the_proof(name, question, words):
    course = Course.load(ROOT, name, SEEDS[0])
    with (
        planted(name, question, words, course.lib),
        pytest.raises(AssertionError, match=question),
    ):
        check_against_torch(course)
