"""Which case of each question do students see? The arrays of the notebook."""

import numpy as np

from autograder.student.declared import case

EXAMPLE = "the example in the notebook"
BEGUN = "the example in the notebook, with gradients of later steps stored already"
CELL = {"weight_ih": [[0.5, -0.2, 0.1], [0.3, 0.4, -0.6]], "weight_hh": [[0.2, -0.5], [0.7, 0.1]], "bias_ih": [0.1, -0.1], "bias_hh": [0, 0.2]}
GRU = {"weight_ih": [[0.5, -0.5], [1, 0.2], [-0.4, 0.8]], "weight_hh": [[0.3], [-0.6], [0.9]], "bias_ih": [0.1, 0, -0.2], "bias_hh": [0, 0.3, 0.4]}
LSTM = {"weight_ih": [[0.5, -0.5], [1, 0.2], [-0.4, 0.8], [0.1, 0.6]], "weight_hh": [[0.3], [-0.6], [0.9], [0.2]], "bias_ih": [0.1, 0, -0.2, 0.3], "bias_hh": [0, 0.3, 0.4, -0.1]}
READ = {"x": [[1, -1], [0.5, 2]], "h_prev": [[0.5], [-0.8]]}
SEQUENCE = [[[1, 2], [0, -1]], [[-2, 0.5], [1.5, 0]]]
STATES = [[[[0.5], [0.1]], [[-0.2], [0.4]]], [[[0.7], [-0.1]], [[0.6], [0.2]]]]


def arrays(*items):
    """Return a list of arrays, each an input of its own."""
    return [np.array(item, dtype=float) for item in items]


CASES = (
    case("rnn_cell_forward", EXAMPLE, x_t=[[1, 2, -1], [0, 1, 1]], h_prev=[[0.5, -0.5], [-0.3, 0.8]], **CELL),
    case("rnn_cell_backward", BEGUN, grad=[[1, -2], [0.5, 1]], h_prev_l=[[1, 2, -1], [0, 1, 1]], h_prev_t=[[0.5, -0.5], [-0.3, 0.8]], h_t=[[0.4218990052500079, 0.970451936613454], [-0.4300842114019795, -0.22602835227867082]], **CELL,
         grad_weight_ih=[[1, 2, 3], [4, 5, 6]], grad_weight_hh=[[1, -1], [2, -2]], grad_bias_ih=[3, -3], grad_bias_hh=[5, 4]),
    case("rnn_forward", "two layers of cells that replay arrays", h_0=[[[0.9], [-0.9]], [[-0.5], [0.25]]], states=STATES, x=SEQUENCE),
    case("rnn_backward", "two layers of cells that replay arrays", grad=[[[1], [0.5]], [[-1], [3]]], x=SEQUENCE,
         hiddens=[[[[0.9], [-0.9]], [[-0.5], [0.25]]], [[[0.5], [0.1]], [[0.7], [-0.1]]], [[[-0.2], [0.4]], [[0.6], [0.2]]]],
         below=arrays([[[1, -1], [2, 0]], [[3, 1], [-2, 4]]], [[[0.25], [-0.75]], [[1.25], [0.35]]]),
         before=[[[[0.15], [-0.35]], [[0.55], [0.85]]], [[[1.1], [-1.3]], [[1.7], [1.9]]]]),
    case("gru_cell_forward", EXAMPLE, **GRU, **READ),
    case("gru_cell_backward", BEGUN, grad=[[1], [-2]], **GRU, **READ,
         gates=arrays([[0.7772998611746911], [0.2911098274338801]], [[0.6899744811276125], [0.8429045311145473]], [[-0.6287190994933867], [0.8029442663484342]], [[0.8500000000000001], [-0.32000000000000006]]),
         grad_weight_ih=[[1, 2], [3, 4], [5, 6]], grad_weight_hh=[[1], [-1], [2]], grad_bias_ih=[3, -3, 1], grad_bias_hh=[5, 4, 2]),
    case("lstm_cell_forward", EXAMPLE, c_prev=[[1.5], [-0.4]], **LSTM, **READ),
    case("lstm_cell_backward", BEGUN, grad_h=[[1], [-2]], grad_c=[[0.5], [1]], c_prev=[[1.5], [-0.4]], c_t=[[0.6459074310181216], [-0.13151620598902092]], **LSTM, **READ,
         gates=arrays([[0.7772998611746911], [0.2911098274338801]], [[0.6899744811276125], [0.8429045311145473]], [[-0.5005202111902353], [0.7064193203972353]], [[0.4501660026875221], [0.7841471891774854]]),
         grad_weight_ih=[[1, 2], [3, 4], [5, 6], [7, 8]], grad_weight_hh=[[1], [-1], [2], [3]], grad_bias_ih=[3, -3, 1, 2], grad_bias_hh=[5, 4, 2, 1]),
    case("clip_grad_norm", EXAMPLE, max_norm=1.3, grads=arrays([[3, 0], [0, 4]], [12])),
    case("clip_grad_norm", "short enough", max_norm=20, grads=arrays([[3, 0], [0, 4]], [12])),
)
