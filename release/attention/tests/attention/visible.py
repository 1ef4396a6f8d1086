"""Which case of each question do students see? The arrays of the notebook."""

import numpy as np

from autograder.student.declared import case

EXAMPLE = "the example in the notebook"
MASK = np.array([[False, True, False, False], [True, True, True, True], [False, False, False, True]])
LOOK = {
    "Q": [[[1, 2], [0, -1], [1, 1]]], "K": [[[1, 0], [0.5, 1], [-1, 2], [2, 1]]], "V": [[[1, 0, 2], [0, 3, 1], [-1, 1, 0.5], [2, -2, 4]]], "mask": MASK,
    "A": [[[0.07431963111601946, 0, 0.3056952508389744, 0.619985118045006], [0.25, 0.25, 0.25, 0.25], [0.2920459231442186, 0.41590815371156276, 0.2920459231442186, 0]]],
}
# Wholes and the heads that they are cut into, for stand-ins.
WHOLES = {
    "Q": [[[1, 2, 3, 4], [5, 6, 7, 8]]], "Q heads": [[[[1, 2], [5, 6]], [[3, 4], [7, 8]]]],
    "K": [[[0, 1, -1, 2], [3, -2, 4, 6], [9, 7, 8, -5]]], "K heads": [[[[0, 1], [3, -2], [9, 7]], [[-1, 2], [4, 6], [8, -5]]]],
    "V": [[[2, 4, 6, 1], [-3, 5, 0, 3], [7, 9, -8, 11]]], "V heads": [[[[2, 4], [-3, 5], [7, 9]], [[6, 1], [0, 3], [-8, 11]]]],
}
MERGED = {"merged": [[[0.5, 1.5, 2.5, 3.5], [4.5, 5.5, 6.5, 7.5]]], "merged heads": [[[[0.5, 1.5], [4.5, 5.5]], [[2.5, 3.5], [6.5, 7.5]]]]}
OUT = {"out": [[[0.5, 1.5, 2.5, 3.5], [4.5, 5.5, 6.5, 7.5]]], "out heads": [[[[0.5, 1.5], [4.5, 5.5]], [[2.5, 3.5], [6.5, 7.5]]]]}
THREE = {"query": [[[1, 0, 2, -1], [3, 1, 0, 2]]], "key": [[[2, 1, 0, 1], [0, 3, 1, -2], [1, 1, 4, 0]]], "value": [[[5, 0, 1, 2], [1, -1, 2, 0], [0, 2, 3, 6]]]}
GRADS = {"grad_query": [[[10, 11, 12, 13], [14, 15, 16, 17]]], "grad_key": [[[20, 21, 22, 23], [24, 25, 26, 27], [28, 29, 30, 31]]], "grad_value": [[[40, 41, 42, 43], [44, 45, 46, 47], [48, 49, 50, 51]]]}

CASES = (
    case("softmax_forward", EXAMPLE, x=[[0, 1, 2], [1, 1, -1]], dim=-1),
    case("softmax_backward", EXAMPLE, x=[[0, 1, 2], [1, 1, -1]], A=[[0.09003057317038046, 0.24472847105479764, 0.6652409557748218], [0.4683105308334812, 0.4683105308334812, 0.06337893833303762]], grad=[[1, 0, 0], [2, -1, 0.5]], dim=-1),
    case("causal_mask", EXAMPLE, T=4),
    case("pad_mask", EXAMPLE, lengths=np.array([2, 4, 1]), T=4),
    case("attention_forward", EXAMPLE, **LOOK),
    case("attention_backward", EXAMPLE, grad=[[[1, -1, 0.5], [2, 0, 1], [-0.5, 3, 1]]], **LOOK,
         back=[[[-0.09911141754608793, -0, -1.554027266409313, 1.6531386839554012], [0.28125, -0.46875, -1.09375, 1.28125], [-1.245673438961055, 1.7612320700615633, -0.5155586311005085, -0]]]),
    case("split_heads", EXAMPLE, x=WHOLES["K"], num_heads=2),
    case("merge_heads", EXAMPLE, x=WHOLES["K heads"]),
    case("multihead_forward", "parts that replay arrays, both masks", output=[[[-1, -2, -3, -4], [-5, -6, -7, -8]]],
         key_padding_mask=np.array([[False, False, True]]), attn_mask=np.array([[False, True, True], [False, False, True]]), **THREE, **WHOLES, **MERGED),
    case("multihead_backward", "parts that replay arrays", grad=[[[-1, -2, -3, -4], [-5, -6, -7, -8]]], **THREE, **WHOLES, **OUT, **GRADS),
    case("embedding_forward", EXAMPLE, weight=[[0, 1], [2, 3], [4, 5], [6, 7]], input=np.array([[2, 0, 2], [3, 1, 0]])),
    case("embedding_backward", EXAMPLE, weight=[[0, 1], [2, 3], [4, 5], [6, 7]], input=np.array([[2, 0, 2], [3, 2, 0]]), grad=[[[1, 10], [2, 20], [3, 30]], [[4, 40], [5, 50], [6, 60]]], grad_weight=[[1, 1], [1, 1], [1, 1], [1, 1]]),
    case("positional_encoding", EXAMPLE, d_model=4, max_len=3),
)
