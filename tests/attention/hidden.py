"""Which cases decide the points? Nothing of this file ever ships.

What stand-ins answer is of one piece with the inputs, so that a program which computes
it by itself is right as well: `together` draws all arrays of a case at once.
"""

import numpy as np

from autograder.judging.random_arrays import normal
from autograder.student.declared import case


def together(names, draw):
    """Return a draw for each name; the first one draws the whole dict."""
    drawn = {}

    def pick(name):
        def one(rng):
            if name == names[0]:
                drawn.update(draw(rng))
            return drawn[name]

        return one

    return {name: pick(name) for name in names}


def softmax(x, dim=-1):
    e = np.exp(x - x.max(axis=dim, keepdims=True))
    return e / e.sum(axis=dim, keepdims=True)


def softmax_back(shape, dim):
    def draw(rng):
        x = rng.normal(size=shape)
        return {"x": x, "A": softmax(x, dim)}

    return together(("x", "A"), draw) | {"grad": normal(*shape), "dim": dim}


def no_mask(rng):
    return None


def causal(L, S):
    """Return a draw of the mask of what comes later; S places end where L places end."""
    return lambda rng: np.arange(S) > np.arange(L)[:, np.newaxis] + max(0, S - L)


def padding(N, S, axes, nowhere=False):
    """Return a draw of a mask (N, 1 .., S): the first sequence is one place short."""

    def draw(rng):
        lengths = np.append(S - 1, rng.integers(1, S, N - 1))
        lengths[-1] = 0 if nowhere else lengths[-1]
        mask = np.arange(S) >= lengths[:, np.newaxis]
        return mask.reshape(N, *[1] * axes, S)

    return draw


def spots(L, S, nowhere=()):
    """Return a draw of a mask (L, S) with hidden places here and there."""

    def draw(rng):
        mask = rng.random((L, S)) < 0.4
        mask[:, 0] = False
        mask[0, -1] = True
        for row in nowhere:
            mask[row] = True
        return mask

    return draw


def looked(rng, lead, L, S, E, Ev, mask):
    """Return inputs of a forward, and the weights that a softmax would give."""
    Q, K, V = rng.normal(size=(*lead, L, E)), rng.normal(size=(*lead, S, E)), rng.normal(size=(*lead, S, Ev))
    scores = Q @ K.swapaxes(-1, -2) / np.sqrt(E)
    hidden = mask(rng)
    found = {"Q": Q, "K": K, "V": V, "A": softmax(scores if hidden is None else np.where(hidden, -1e9, scores))}
    return found if hidden is None else {**found, "mask": hidden}


def forward(lead, L, S, E, Ev, mask=no_mask):
    names = ("Q", "K", "V", "A") + (() if mask is no_mask else ("mask",))
    return together(names, lambda rng: looked(rng, lead, L, S, E, Ev, mask))


def backward(lead, L, S, E, Ev, mask=no_mask):
    names = ("Q", "K", "V", "A", "grad", "back") + (() if mask is no_mask else ("mask",))

    def draw(rng):
        found = looked(rng, lead, L, S, E, Ev, mask)
        grad = rng.normal(size=(*lead, L, Ev))
        d = grad @ found["V"].swapaxes(-1, -2)
        A = found["A"]
        return {**found, "grad": grad, "back": A * (d - (d * A).sum(axis=-1, keepdims=True))}

    return together(names, draw)


def heads_of(x, H):
    return np.stack(np.split(x, H, axis=-1), axis=1)


def in_heads(sizes, N, H, D):
    """Return a draw of wholes (N, T, H D) and their heads; `sizes` gives T by name."""

    def draw(rng):
        wholes = {name: rng.normal(size=(N, T, H * D)) for name, T in sizes.items()}
        return wholes | {f"{name} heads": heads_of(whole, H) for name, whole in wholes.items()}

    return together([end for name in sizes for end in (name, f"{name} heads")], draw)


def multihead(N, L, S, H, D, **masks):
    E = H * D
    inputs = {"query": normal(N, L, E), "key": normal(N, S, E), "value": normal(N, S, E), "output": normal(N, L, E)}
    return inputs | in_heads({"Q": L, "K": S, "V": S, "merged": L}, N, H, D) | masks


def multihead_back(N, L, S, H, D):
    E = H * D
    inputs = {"query": normal(N, L, E), "key": normal(N, S, E), "value": normal(N, S, E), "grad": normal(N, L, E)}
    inputs |= {"grad_query": normal(N, L, E), "grad_key": normal(N, S, E), "grad_value": normal(N, S, E)}
    return inputs | in_heads({"out": L, "Q": L, "K": S, "V": S}, N, H, D)


def indices(*shape, high):
    """Return a draw of indices below `high`, the largest of them twice."""

    def draw(rng):
        found = rng.integers(high, size=shape)
        found.flat[:2] = high - 1
        return found

    return draw


def embedding_back(shape, V, E):
    return {"weight": normal(V, E), "input": indices(*shape, high=V), "grad": normal(*shape, E), "grad_weight": normal(V, E)}


def lengths(*given):
    return np.array(given)


CASES = (
    case("softmax_forward", "rows of a matrix, large numbers, rows that are far apart", x=normal(4, 3, shift=np.array([[1000.0], [1735.0], [1735.0], [1000.0]])), dim=-1),
    case("softmax_forward", "the axis in the middle", x=normal(2, 3, 4), dim=1),
    case("softmax_forward", "four axes, the last but one, large numbers", x=normal(2, 2, 3, 3, shift=800.0), dim=-2),
    case("softmax_forward", "a square matrix, columns that are far apart, large negative numbers", x=normal(3, 3, shift=np.array([-900.0, -900.0, -1635.0])), dim=0),
    case("softmax_backward", "rows of a matrix", **softmax_back((4, 3), -1)),
    case("softmax_backward", "the axis in the middle", **softmax_back((2, 3, 4), 1)),
    case("softmax_backward", "a square matrix, columns", **softmax_back((3, 3), 0)),
    case("softmax_backward", "four axes, the last but one", **softmax_back((2, 2, 4, 3), -2)),
    *(case("causal_mask", f"{T} places", T=T) for T in (5, 8)),
    case("causal_mask", "a single place, then three", T=1, again={"T": 3}),
    case("pad_mask", "four sequences", lengths=lengths(2, 5, 1, 3), T=5),
    case("pad_mask", "as many sequences as places", lengths=lengths(1, 3, 2), T=3),
    case("pad_mask", "all are shorter, one is empty", lengths=lengths(3, 0), T=6),
    case("attention_forward", "no mask, one batch axis", **forward((3,), 4, 5, 6, 2)),
    case("attention_forward", "more queries than keys, no batch axis, a query that may look nowhere", **forward((), 5, 3, 2, 4, spots(5, 3, nowhere=(1,)))),
    case("attention_forward", "a causal mask, two batch axes", **forward((2, 3), 4, 4, 3, 5, causal(4, 4))),
    case("attention_forward", "a sequence of padding alone, three batch axes", **forward((2, 2, 1), 3, 4, 5, 3, padding(2, 4, 3, nowhere=True))),
    case("attention_forward", "all sizes equal, a query that may look nowhere", **forward((3,), 3, 3, 3, 3, spots(3, 3, nowhere=(2,)))),
    case("attention_backward", "no mask, one batch axis", **backward((3,), 4, 5, 6, 2)),
    case("attention_backward", "more queries than keys, no batch axis, a query that may look nowhere", **backward((), 5, 3, 2, 4, spots(5, 3, nowhere=(1,)))),
    case("attention_backward", "a sequence of padding alone, two batch axes", **backward((2, 2), 3, 5, 4, 3, padding(2, 5, 2, nowhere=True))),
    case("attention_backward", "all sizes equal, two queries that may look nowhere", **backward((3,), 3, 3, 3, 3, spots(3, 3, nowhere=(0, 2)))),
    case("split_heads", "three heads", x=normal(2, 5, 12), num_heads=3),
    case("split_heads", "as many heads as places and features of a head", x=normal(3, 3, 9), num_heads=3),
    case("split_heads", "heads of one feature", x=normal(2, 4, 5), num_heads=5),
    case("merge_heads", "three heads", x=normal(2, 3, 5, 4)),
    case("merge_heads", "all sizes equal", x=normal(3, 3, 3, 3)),
    case("merge_heads", "more heads than places", x=normal(1, 4, 2, 3)),
    case("multihead_forward", "no mask", **multihead(2, 4, 5, 3, 2)),
    case("multihead_forward", "a causal mask", **multihead(2, 4, 4, 2, 3, attn_mask=causal(4, 4))),
    case("multihead_forward", "padding", **multihead(3, 4, 5, 2, 2, key_padding_mask=padding(3, 5, 0))),
    case("multihead_forward", "both masks", **multihead(3, 4, 5, 2, 2, key_padding_mask=padding(3, 5, 0), attn_mask=spots(4, 5))),
    case("multihead_forward", "both masks, more queries than keys", **multihead(2, 5, 4, 3, 2, key_padding_mask=padding(2, 4, 0), attn_mask=spots(5, 4))),
    case("multihead_forward", "both masks, all sizes equal", **multihead(3, 3, 3, 3, 3, key_padding_mask=padding(3, 3, 0), attn_mask=spots(3, 3))),
    case("multihead_backward", "more keys than queries", **multihead_back(2, 4, 5, 3, 2)),
    case("multihead_backward", "more queries than keys", **multihead_back(3, 5, 2, 2, 3)),
    case("multihead_backward", "all sizes equal", **multihead_back(2, 2, 2, 2, 2)),
    case("embedding_forward", "a row of indices", weight=normal(6, 3), input=indices(4, high=6)),
    case("embedding_forward", "a batch of sequences", weight=normal(5, 4), input=indices(3, 6, high=5)),
    case("embedding_forward", "as many indices as rows and features", weight=normal(3, 3), input=indices(3, 3, high=3)),
    case("embedding_backward", "a row of indices", **embedding_back((7,), 5, 3)),
    case("embedding_backward", "a batch of sequences", **embedding_back((3, 6), 4, 2)),
    case("embedding_backward", "as many indices as rows and features", **embedding_back((3, 3), 3, 3)),
    case("positional_encoding", "more places than features", d_model=6, max_len=9),
    case("positional_encoding", "more features than places", d_model=12, max_len=4),
    case("positional_encoding", "two features", d_model=2, max_len=5),
)
