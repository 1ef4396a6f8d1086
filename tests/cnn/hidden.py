"""Which cases decide the points? Nothing of this file ever ships.

H and W differ, strides leave a remainder or none, kernels are larger or smaller than
the stride. Pooling has ties, negative pictures and windows that overlap. No size that
is asked for can be guessed: each case asks for two, and none is an input, 0 or 1 alone.
"""

from autograder.judging.random_arrays import normal, uniform
from autograder.student.declared import case


def few_values(*shape):
    """Draw whole numbers from -2 to 2, so that windows have equal largest ones."""
    return lambda rng: rng.integers(-2, 3, shape).astype(float)


def series(n, c, o, k, s, length, found, grad=False, later=None):
    """Return the inputs of a Conv1d that has `found` places."""
    given = {"weight": normal(o, c, k), "bias": normal(o), "stride": s, "places": [[length, k, s, found]]}
    return given | asked((c, length), (o, found), grad, n, later)


def picture(n, c, o, k, s, p, size, found, grad=False, later=None):
    """Return the inputs of a Conv2d; `size` is (H, W), `found` (H', W')."""
    places = [[length + 2 * p, k, s, out] for length, out in zip(size, found, strict=True)]
    given = {"weight": normal(o, c, k, k), "bias": normal(o), "stride": s, "padding": p, "places": places}
    return given | asked((c, *size), (o, *found), grad, n, later)


def asked(x, grad, backward, n, later):
    """Return what changes from call to call; `later`: the examples of a second call."""
    shapes = {"x": x} | ({"grad": grad} if backward else {})

    def drawn(examples):
        return {name: normal(examples, *shape) for name, shape in shapes.items()}

    return drawn(n) | ({"again": drawn(later)} if later else {})


def windows(x, n, c, k, s, size, found, grad=False):
    """Return the inputs of a pooling over pictures drawn by `x`."""
    places = [[length, k, s or k, out] for length, out in zip(size, found, strict=True)]
    given = {"x": x(n, c, *size), "kernel_size": k, "places": places} | ({"stride": s} if s else {})
    return given | ({"grad": normal(n, c, *found)} if grad else {})


def below_zero(*shape):
    return uniform(*shape, low=-3.0, high=-0.5)


SERIES = {
    "a stride of 2 that leaves one number over": (3, 2, 4, 3, 2, 8, 3),
    "a batch of one, one channel, stride 1": (1, 1, 4, 3, 1, 7, 5),
    "one kernel, a stride of 3 that is wider than it": (4, 3, 1, 2, 3, 9, 3),
    "as many examples as channels and kernels": (3, 3, 3, 3, 2, 6, 2),
}
PICTURES = {
    "higher than wide, padding 2, stride 2": (3, 2, 4, 3, 2, 2, (7, 4), (5, 3)),
    "a batch of one, wider than high, no padding, stride 2 with a remainder": (1, 3, 2, 3, 2, 0, (6, 8), (2, 3)),
    "one kernel, padding 1, stride 3 with a remainder": (3, 2, 1, 2, 3, 1, (5, 9), (2, 4)),
    "as many examples as channels and kernels, padding 1, stride 1": (3, 3, 3, 3, 1, 1, (4, 3), (4, 3)),
}
SECOND = "a second call on the same layer"
# Two calls each: one leaves numbers over, the other none.
SIZES = {
    "nothing left over, then three numbers": ((23, 5, 6), (36, 5, 4)),
    "a kernel of one number": ((20, 1, 3), (22, 1, 3)),
    "the kernel as long as the series, then one number left over": ((5, 5, 2), (20, 5, 2)),
    "a long series": ((1000, 7, 6), (1003, 7, 6)),
}


def kernel(size):
    return dict(zip(("input_size", "kernel_size", "stride"), size, strict=True))


def convolutions(name, rows, make):
    """Yield the cases of a convolution; the first and the last layer are asked twice."""
    for place, (about, row) in enumerate(rows.items()):
        later = 4 if place in (0, len(rows) - 1) else None
        words = f"{about}, {SECOND}" if later else about
        yield case(f"{name}_forward", words, **make(*row, later=later))
        yield case(f"{name}_backward", words, **make(*row, grad=True, later=later))


CASES = (
    *(case("conv1d_output_size", about, **kernel(one), again=kernel(other)) for about, (one, other) in SIZES.items()),
    *convolutions("conv1d", SERIES, series),
    *convolutions("conv2d", PICTURES, picture),
    case("maxpool2d_forward", f"windows side by side, rows and columns left over, {SECOND}", **windows(normal, 3, 2, 2, None, (5, 7), (2, 3)), again={"x": normal(2, 2, 5, 7)}),
    case("maxpool2d_forward", "windows that overlap", **windows(normal, 2, 3, 3, 2, (7, 6), (3, 2))),
    case("maxpool2d_forward", "all numbers negative", **windows(below_zero, 2, 2, 2, 1, (3, 5), (2, 4))),
    case("maxpool2d_forward", "all numbers negative, a stride wider than the window", **windows(below_zero, 1, 1, 2, 3, (9, 6), (3, 2))),
    case("maxpool2d_backward", "windows side by side, rows and columns left over", **windows(few_values, 3, 2, 2, None, (5, 7), (2, 3), grad=True)),
    case("maxpool2d_backward", f"windows that overlap, {SECOND}", **windows(few_values, 2, 2, 3, 1, (5, 6), (3, 4), grad=True), again={"x": normal(3, 2, 5, 6), "grad": normal(3, 2, 3, 4)}),
    case("maxpool2d_backward", "equal numbers in many windows", **windows(few_values, 2, 3, 3, 2, (7, 5), (3, 2), grad=True)),
    case("maxpool2d_backward", "all numbers negative, no two equal", **windows(below_zero, 1, 2, 3, 2, (5, 8), (2, 3), grad=True)),
    case("avgpool2d_forward", f"windows side by side, rows and columns left over, {SECOND}", **windows(normal, 3, 2, 2, None, (5, 7), (2, 3)), again={"x": normal(2, 2, 5, 7)}),
    case("avgpool2d_forward", "windows that overlap", **windows(normal, 2, 3, 3, 2, (7, 6), (3, 2))),
    case("avgpool2d_forward", "a batch of one, one channel", **windows(normal, 1, 1, 3, 1, (4, 6), (2, 4))),
    case("avgpool2d_backward", "windows side by side, rows and columns left over", **windows(normal, 3, 2, 2, None, (5, 7), (2, 3), grad=True)),
    case("avgpool2d_backward", f"windows that overlap, {SECOND}", **windows(normal, 2, 3, 3, 2, (7, 6), (3, 2), grad=True), again={"x": normal(3, 3, 7, 6), "grad": normal(3, 3, 3, 2)}),
    case("avgpool2d_backward", "a batch of one, one channel, windows that overlap", **windows(normal, 1, 1, 3, 1, (4, 6), (2, 4), grad=True)),
    case("flatten_forward", f"pictures, {SECOND}", x=normal(2, 3, 2, 4), again={"x": normal(3, 2, 5, 2)}),
    case("flatten_forward", "series", x=normal(4, 3, 5)),
    case("flatten_forward", "a batch of one", x=normal(1, 2, 3, 2)),
    case("flatten_backward", f"pictures, {SECOND}", x=normal(2, 3, 2, 4), grad=normal(2, 24), again={"x": normal(3, 2, 5, 2), "grad": normal(3, 20)}),
    case("flatten_backward", f"series, {SECOND}", x=normal(4, 3, 5), grad=normal(4, 15), again={"x": normal(2, 5, 4), "grad": normal(2, 20)}),
    case("flatten_backward", "a batch of one", x=normal(1, 2, 3, 2), grad=normal(1, 12)),
)
