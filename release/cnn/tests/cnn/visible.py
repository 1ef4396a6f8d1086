"""Which case of each question do students see? The arrays of the notebook."""

from autograder.student.declared import case

EXAMPLE = "the example in the notebook"
SERIES = {"weight": [[[1, -1, 2]]], "bias": [1], "x": [[[1, 0, 2, 3, 1, 0, 4, 5]]], "stride": 2, "places": [[8, 3, 2, 3]]}
PICTURE = {"weight": [[[[1, 0], [-1, 2]]]], "bias": [1], "x": [[[[1, 2, 0, 1, 3], [0, 1, 2, 1, 1], [3, 0, 1, 3, 2], [1, 1, 0, 2, 4]]]], "stride": 2}
BARE, BORDER = [[4, 2, 2, 2], [5, 2, 2, 2]], [[6, 2, 2, 3], [7, 2, 2, 3]]
HEIGHTS = {"x": [[[[1, 5, 2, 0], [3, 2, 8, 8], [4, 0, 1, 6]]]], "kernel_size": 2, "stride": 1, "places": [[3, 2, 1, 2], [4, 2, 1, 3]]}
# Two examples of two channels, so that no axis has length 1; 3 by 4 pixels.
CHANNELS = [[[[1, 2, 0, -1], [3, -2, 1, 4], [0, 5, -3, 2]], [[-1, 0, 2, 1], [4, 1, -2, 3], [2, -4, 0, 6]]],
            [[[2, -3, 1, 0], [0, 4, -1, 2], [-2, 1, 3, 5]], [[3, 1, -1, 2], [-4, 0, 5, 1], [1, 2, -3, 0]]]]
KERNELS = {"weight": [[[[1, -1], [0, 2]], [[-2, 1], [1, 0]]], [[[0, 1], [3, -1]], [[1, 2], [-1, 1]]], [[[2, 0], [1, 1]], [[0, -1], [2, -3]]]], "bias": [0.5, -1, 2]}
SMALL = [[3, 2, 1, 2], [4, 2, 1, 3]]

CASES = (
    case("conv1d_output_size", "stride 1", input_size=4, kernel_size=2, stride=1),
    case("conv1d_output_size", "one number left over", input_size=8, kernel_size=3, stride=2),
    case("conv1d_output_size", "two numbers left over", input_size=7, kernel_size=2, stride=3),
    case("conv1d_forward", EXAMPLE, **SERIES),
    case("conv1d_forward", "two examples, two channels, three kernels", weight=[[[1, -1], [0, 2]], [[3, 1], [-2, 1]], [[0, 1], [1, -1]]], bias=[1, 0.5, -2],
         x=[[[1, 2, 0, -1], [3, 1, 2, 0]], [[0, -2, 4, 1], [2, 5, -1, 3]]], stride=1, places=[[4, 2, 1, 3]]),
    case("conv1d_backward", EXAMPLE, grad=[[[1, 2, -1]]], **SERIES),
    case("conv1d_backward", "two examples, two channels, three kernels", weight=[[[1, -1], [0, 2]], [[3, 1], [-2, 1]], [[0, 1], [1, -1]]], bias=[1, 0.5, -2],
         x=[[[1, 2, 0, -1], [3, 1, 2, 0]], [[0, -2, 4, 1], [2, 5, -1, 3]]], stride=1, places=[[4, 2, 1, 3]],
         grad=[[[1, 0, 2], [-1, 3, 1], [2, 1, 0]], [[0, -2, 1], [4, 1, -3], [1, 2, 5]]]),
    case("conv2d_forward", EXAMPLE, padding=0, places=BARE, **PICTURE),
    case("conv2d_forward", "the same with a border of zeros", padding=1, places=BORDER, **PICTURE),
    case("conv2d_forward", "two examples, two channels, three kernels", x=CHANNELS, stride=1, padding=0, places=SMALL, **KERNELS),
    case("conv2d_backward", EXAMPLE, padding=1, places=BORDER, grad=[[[[1, 0, 2], [3, 1, 0], [0, 2, -1]]]], **PICTURE),
    case("conv2d_backward", "two examples, two channels, three kernels", x=CHANNELS, stride=1, padding=0, places=SMALL, **KERNELS,
         grad=[[[[1, 0, 2], [-1, 3, 1]], [[2, 1, 0], [0, -2, 1]], [[4, 1, -3], [1, 2, 5]]], [[[0, 1, -1], [2, 0, 3]], [[1, -4, 2], [3, 1, 0]], [[-2, 1, 1], [0, 5, 2]]]]),
    case("maxpool2d_forward", EXAMPLE, **HEIGHTS),
    case("maxpool2d_backward", EXAMPLE, grad=[[[[1, 2, 3], [4, 5, 6]]]], **HEIGHTS),
    case("maxpool2d_backward", "two examples, two channels", x=CHANNELS, kernel_size=2, places=[[3, 2, 2, 1], [4, 2, 2, 2]],
         grad=[[[[1, -2]], [[3, 4]]], [[[-5, 6]], [[7, 8]]]]),
    case("avgpool2d_forward", EXAMPLE, x=[[[[1, 5, 2, 0, 7], [3, 3, 8, 6, 7]]]], kernel_size=2, places=[[2, 2, 2, 1], [5, 2, 2, 2]]),
    case("avgpool2d_backward", EXAMPLE, x=[[[[0, 0, 0, 0], [0, 0, 0, 0]]]], kernel_size=2, stride=1, places=[[2, 2, 1, 1], [4, 2, 1, 3]], grad=[[[[4, 8, -4]]]]),
    case("avgpool2d_backward", "two examples, two channels", x=CHANNELS, kernel_size=2, places=[[3, 2, 2, 1], [4, 2, 2, 2]],
         grad=[[[[4, -8]], [[2, 4]]], [[[-4, 6]], [[12, 8]]]]),
    case("flatten_forward", EXAMPLE, x=[[[[0, 1, 2], [3, 4, 5]]], [[[6, 7, 8], [9, 10, 11]]]]),
    case("flatten_backward", EXAMPLE, x=[[[[0, 0, 0], [0, 0, 0]]], [[[0, 0, 0], [0, 0, 0]]]], grad=[[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]]),
)
