"""Which cases decide the points? Nothing of this file ever ships.

H and W differ, strides leave a remainder or none, kernels are larger or smaller than
the stride. Pooling has ties, negative pictures and windows that overlap.
"""

from autograder.judging.random_arrays import normal, uniform
from autograder.student.declared import case


def few_values(*shape):
    """Draw whole numbers from -2 to 2, so that windows have equal largest ones."""
    return lambda rng: rng.integers(-2, 3, shape).astype(float)


def series(n, c, o, k, s, length, found, grad=False):
    """Return the inputs of a Conv1d that has `found` places."""
    given = {"weight": normal(o, c, k), "bias": normal(o), "x": normal(n, c, length), "stride": s, "places": [[length, k, s, found]]}
    return given | ({"grad": normal(n, o, found)} if grad else {})


def picture(n, c, o, k, s, p, size, found, grad=False):
    """Return the inputs of a Conv2d; `size` is (H, W), `found` (H', W')."""
    places = [[length + 2 * p, k, s, out] for length, out in zip(size, found, strict=True)]
    given = {"weight": normal(o, c, k, k), "bias": normal(o), "x": normal(n, c, *size), "stride": s, "padding": p, "places": places}
    return given | ({"grad": normal(n, o, *found)} if grad else {})


def windows(x, n, c, k, s, size, found, grad=False):
    """Return the inputs of a pooling over pictures drawn by `x`."""
    places = [[length, k, s or k, out] for length, out in zip(size, found, strict=True)]
    given = {"x": x(n, c, *size), "kernel_size": k, "places": places} | ({"stride": s} if s else {})
    return given | ({"grad": normal(n, c, *found)} if grad else {})


def below_zero(*shape):
    return uniform(*shape, low=-3.0, high=-0.5)


SERIES = (
    ("several channels, stride 1", (4, 2, 3, 3, 1, 7, 5)),
    ("a stride of 2 that leaves one number over", (3, 2, 4, 3, 2, 8, 3)),
    ("a stride of 3, wider than the kernel", (2, 3, 4, 2, 3, 9, 3)),
    ("a batch of one, one channel, one kernel, stride 2", (1, 1, 1, 4, 2, 11, 4)),
    ("as many examples as channels and kernels", (3, 3, 3, 3, 2, 6, 2)),
)
PICTURES = (
    ("higher than wide, padding 1, stride 2", (3, 2, 4, 3, 2, 1, (8, 5), (4, 3))),
    ("wider than high, no padding, stride 2 with a remainder", (2, 3, 4, 2, 2, 0, (5, 7), (2, 3))),
    ("padding 2, stride 1", (2, 2, 3, 3, 1, 2, (4, 6), (6, 8))),
    ("a batch of one, one channel, one kernel, padding 1, stride 3", (1, 1, 1, 2, 3, 1, (7, 9), (3, 4))),
    ("as many examples as channels and kernels", (3, 3, 3, 3, 2, 1, (6, 7), (3, 4))),
)
SECOND = "a second call on the same layer"
SIZES = (
    ("stride 1", (12, 4, 1)), ("nothing left over", (23, 3, 4)), ("three numbers left over", (30, 3, 4)),
    ("a kernel of one number", (16, 1, 3)), ("a long series", (1000, 7, 6)),
)

CASES = (
    *(case("conv1d_output_size", about, input_size=i, kernel_size=k, stride=s) for about, (i, k, s) in SIZES),
    *(case("conv1d_forward", about, **series(*row)) for about, row in SERIES),
    case("conv1d_output_size", "the kernel as long as the series, then a longer one", input_size=5, kernel_size=5, stride=2, again={"input_size": 18}),
    case("conv1d_forward", SECOND, **series(2, 2, 3, 3, 2, 8, 3), again={"x": normal(4, 2, 8)}),
    *(case("conv1d_backward", about, **series(*row, grad=True)) for about, row in SERIES),
    case("conv1d_backward", SECOND, **series(2, 2, 3, 3, 2, 8, 3, grad=True), again={"x": normal(4, 2, 8), "grad": normal(4, 3, 3)}),
    *(case("conv2d_forward", about, **picture(*row)) for about, row in PICTURES),
    case("conv2d_forward", SECOND, **picture(2, 2, 3, 3, 2, 1, (7, 6), (4, 3)), again={"x": normal(4, 2, 7, 6)}),
    *(case("conv2d_backward", about, **picture(*row, grad=True)) for about, row in PICTURES),
    case("conv2d_backward", SECOND, **picture(2, 2, 3, 3, 2, 1, (7, 6), (4, 3), grad=True), again={"x": normal(4, 2, 7, 6), "grad": normal(4, 3, 4, 3)}),
    case("maxpool2d_forward", "windows side by side, rows and columns left over", **windows(normal, 3, 2, 2, None, (5, 7), (2, 3))),
    case("maxpool2d_forward", "windows that overlap", **windows(normal, 2, 3, 3, 2, (7, 6), (3, 2))),
    case("maxpool2d_forward", "all numbers negative", **windows(below_zero, 2, 2, 2, 1, (3, 5), (2, 4))),
    case("maxpool2d_forward", "a stride wider than the window", **windows(normal, 1, 1, 2, 3, (8, 5), (3, 2))),
    case("maxpool2d_forward", SECOND, **windows(normal, 2, 3, 2, None, (4, 6), (2, 3)), again={"x": normal(3, 3, 4, 6)}),
    case("maxpool2d_backward", "windows side by side, rows and columns left over", **windows(few_values, 3, 2, 2, None, (5, 7), (2, 3), grad=True)),
    case("maxpool2d_backward", "windows that overlap", **windows(few_values, 2, 3, 3, 1, (5, 6), (3, 4), grad=True)),
    case("maxpool2d_backward", "no two numbers equal", **windows(normal, 2, 2, 3, None, (6, 9), (2, 3), grad=True)),
    case("maxpool2d_backward", "equal numbers in many windows", **windows(few_values, 2, 3, 3, 2, (7, 5), (3, 2), grad=True)),
    case("maxpool2d_backward", "all numbers negative", **windows(below_zero, 1, 2, 2, 1, (4, 5), (3, 4), grad=True)),
    case("maxpool2d_backward", SECOND, **windows(normal, 2, 3, 2, 1, (4, 5), (3, 4), grad=True), again={"x": normal(3, 3, 4, 5), "grad": normal(3, 3, 3, 4)}),
    case("avgpool2d_forward", "windows side by side, rows and columns left over", **windows(normal, 3, 2, 2, None, (5, 7), (2, 3))),
    case("avgpool2d_forward", "windows that overlap", **windows(normal, 2, 3, 3, 2, (7, 6), (3, 2))),
    case("avgpool2d_forward", "a batch of one, one channel", **windows(normal, 1, 1, 3, 1, (4, 6), (2, 4))),
    case("avgpool2d_forward", SECOND, **windows(normal, 2, 3, 2, 1, (4, 6), (3, 5)), again={"x": normal(3, 3, 4, 6)}),
    case("avgpool2d_backward", "windows side by side, rows and columns left over", **windows(normal, 3, 2, 2, None, (5, 7), (2, 3), grad=True)),
    case("avgpool2d_backward", "windows that overlap", **windows(normal, 2, 3, 3, 2, (7, 6), (3, 2), grad=True)),
    case("avgpool2d_backward", "a batch of one, one channel, windows that overlap", **windows(normal, 1, 1, 3, 1, (4, 6), (2, 4), grad=True)),
    case("avgpool2d_backward", SECOND, **windows(normal, 2, 3, 2, 1, (4, 5), (3, 4), grad=True), again={"x": normal(3, 3, 4, 5), "grad": normal(3, 3, 3, 4)}),
    case("flatten_forward", "pictures", x=normal(3, 2, 4, 5)),
    case("flatten_forward", "series", x=normal(4, 3, 5)),
    case("flatten_forward", "a batch of one", x=normal(1, 2, 3, 2)),
    case("flatten_forward", SECOND, x=normal(2, 3, 2, 4), again={"x": normal(3, 2, 5, 2)}),
    case("flatten_backward", "pictures", x=normal(3, 2, 4, 5), grad=normal(3, 40)),
    case("flatten_backward", "series", x=normal(4, 3, 5), grad=normal(4, 15)),
    case("flatten_backward", "a batch of one", x=normal(1, 2, 3, 2), grad=normal(1, 12)),
    case("flatten_backward", SECOND, x=normal(2, 3, 2, 4), grad=normal(2, 24), again={"x": normal(3, 2, 5, 2), "grad": normal(3, 20)}),
)
