"""Which programs are right besides the reference, and what do finite differences prove?

For tests only.
"""

from tests.support.programs import Right

# question, of which, gradient by input, the input that weighs
SLOPES = (
    ("softmax_backward", "softmax_forward", {"x": "grad_x"}, "grad"),
    ("attention_backward", "attention_forward", {"V": "gradient of V"}, "grad"),
    ("embedding_backward", "embedding_forward", {"weight": "self.grad_weight"}, "grad"),
)
RIGHT = (
    Right(
        "einsum, minus infinity, other names of axes",
        {
            "attention.Softmax.forward": """
                def forward(self, x):
                    shifted = x - np.max(x, axis=self.dim, keepdims=True)
                    self.A = np.exp(shifted - np.log(np.exp(shifted).sum(axis=self.dim, keepdims=True)))
                    return self.A.copy()
            """,
            "attention.Softmax.backward": """
                def backward(self, grad):
                    A, g = np.moveaxis(self.A, self.dim, -1), np.moveaxis(grad, self.dim, -1)
                    J = A[..., :, None] * (np.eye(A.shape[-1]) - A[..., None, :])
                    return np.moveaxis(np.einsum("...ij,...i->...j", J, g), -1, self.dim)
            """,
            "attention.causal_mask": """
                def causal_mask(T):
                    return np.triu(np.ones((T, T), dtype=bool), k=1)
            """,
            "attention.pad_mask": """
                def pad_mask(lengths, T):
                    mask = np.ones((len(lengths), T), dtype=bool)
                    for n, length in enumerate(lengths):
                        mask[n, :length] = False
                    return mask
            """,
            "attention.ScaledDotProductAttention.forward": """
                def forward(self, Q, K, V, mask=None):
                    self.Q, self.K, self.V, self.mask = Q, K, V, mask
                    scores = np.einsum("...le,...se->...ls", Q, K) * Q.shape[-1] ** -0.5
                    if mask is not None:
                        scores = scores + np.where(mask, -np.inf, 0.0)
                    with np.errstate(invalid="ignore"):
                        self.A = np.nan_to_num(self.softmax.forward(scores))
                    return np.einsum("...ls,...sv->...lv", self.A, V)
            """,
            "attention.ScaledDotProductAttention.backward": """
                def backward(self, grad):
                    E = self.Q.shape[-1]
                    d = np.einsum("...lv,...sv->...ls", grad, self.V)
                    if self.mask is not None:
                        d = np.where(self.mask, 0, d)
                    d = self.softmax.backward(grad=d) * E**-0.5
                    if self.mask is not None:
                        d = d * ~self.mask
                    return (
                        np.einsum("...ls,...se->...le", d, self.K),
                        np.einsum("...ls,...le->...se", d, self.Q),
                        np.einsum("...ls,...lv->...sv", self.A, grad),
                    )
            """,
            "attention.split_heads": """
                def split_heads(x, num_heads):
                    return np.stack(np.split(x, num_heads, axis=-1), axis=1)
            """,
            "attention.merge_heads": """
                def merge_heads(x):
                    return np.concatenate([x[:, h] for h in range(x.shape[1])], axis=-1)
            """,
            "embedding.Embedding.forward": """
                def forward(self, input):
                    self.input = input
                    return np.eye(len(self.weight))[input] @ self.weight
            """,
            "embedding.Embedding.backward": """
                def backward(self, grad):
                    one_hot = np.eye(len(self.weight))[self.input.ravel()]
                    self.grad_weight = one_hot.T @ grad.reshape(-1, grad.shape[-1])
            """,
            "embedding.PositionalEncoding.__init__": """
                def __init__(self, d_model, max_len=512):
                    self.pe = np.zeros((max_len, d_model))
                    rates = np.exp(np.arange(0, d_model, 2) * (-np.log(10000.0) / d_model))
                    for t in range(max_len):
                        self.pe[t, ::2], self.pe[t, 1::2] = np.sin(t * rates), np.cos(t * rates)
            """,
        },
    ),
    Right(
        "a query at a time, the mask spread out, heads cut by hand",
        {
            "attention.Softmax.forward": """
                def forward(self, x):
                    rows = np.moveaxis(x, self.dim, -1)
                    e = np.exp(rows - rows.max(-1)[..., None])
                    self.A = np.moveaxis(e / e.sum(-1)[..., None], -1, self.dim)
                    return self.A
            """,
            "attention.causal_mask": """
                def causal_mask(T):
                    return ~np.tril(np.full((T, T), True))
            """,
            "attention.pad_mask": """
                def pad_mask(lengths, T):
                    return np.array([[t >= length for t in range(T)] for length in lengths])
            """,
            "attention.ScaledDotProductAttention.forward": """
                def forward(self, Q, K, V, mask=None):
                    self.Q, self.K, self.V, self.mask = Q, K, V, mask
                    *lead, L, E = Q.shape
                    scores = np.zeros((*lead, L, K.shape[-2]))
                    hidden = np.broadcast_to(False if mask is None else mask, scores.shape)
                    for l in range(L):
                        for s in range(K.shape[-2]):
                            scores[..., l, s] = (Q[..., l, :] * K[..., s, :]).sum(-1) / E**0.5
                    scores[hidden] = np.finfo(float).min
                    self.A = self.softmax.forward(x=scores) * ~hidden.all(axis=-1, keepdims=True)
                    return self.A @ V
            """,
            "attention.ScaledDotProductAttention.backward": """
                def backward(self, grad):
                    d = self.softmax.backward(grad @ np.swapaxes(self.V, -1, -2))
                    hidden = False if self.mask is None else self.mask
                    d = d * ~np.broadcast_to(hidden, d.shape).all(axis=-1, keepdims=True)
                    d /= np.sqrt(self.K.shape[-1])
                    return d @ self.K, np.swapaxes(d, -1, -2) @ self.Q, np.swapaxes(self.A, -1, -2) @ grad
            """,
            "attention.MultiHeadAttention.forward": """
                def forward(self, query, key, value, key_padding_mask=None, attn_mask=None):
                    def cut(x):
                        N, T, E = x.shape
                        return np.swapaxes(x.reshape(N, T, self.num_heads, -1), 1, 2)

                    N, L, E = query.shape
                    mask = np.zeros((N, 1, L, key.shape[1]), dtype=bool)
                    if attn_mask is not None:
                        mask = mask | attn_mask
                    if key_padding_mask is not None:
                        mask = mask | key_padding_mask[:, None, None]
                    heads = self.attention.forward(
                        Q=cut(self.q_proj.forward(x=query)),
                        K=cut(self.k_proj.forward(x=key)),
                        V=cut(self.v_proj.forward(x=value)),
                        mask=mask,
                    )
                    return self.out_proj.forward(x=np.swapaxes(heads, 1, 2).reshape(N, L, E))
            """,
            "attention.MultiHeadAttention.backward": """
                def backward(self, grad):
                    heads = split_heads(x=self.out_proj.backward(grad=grad), num_heads=self.num_heads)
                    projections = (self.q_proj, self.k_proj, self.v_proj)
                    grads = self.attention.backward(grad=heads)
                    return [p.backward(grad=merge_heads(x=g)) for p, g in zip(projections, grads)]
            """,
            "embedding.Embedding.backward": """
                def backward(self, grad):
                    found = np.zeros(self.weight.shape)
                    for place in np.ndindex(self.input.shape):
                        found[self.input[place]] += grad[place]
                    self.grad_weight = found
            """,
            "embedding.PositionalEncoding.__init__": """
                def __init__(self, d_model, max_len=512):
                    k = np.arange(d_model)
                    angles = np.outer(np.arange(max_len), 1 / 10000 ** (k // 2 * 2 / d_model))
                    self.pe = np.where(k % 2 == 0, np.sin(angles), np.cos(angles))
            """,
        },
    ),
    Right(
        "sums written out, masks as numbers, the scale on one factor",
        {
            "attention.Softmax.forward": """
                def forward(self, x):
                    def one(row):
                        e = np.exp(row - max(row))
                        return e / sum(e)

                    self.A = np.apply_along_axis(one, self.dim, x)
                    return self.A
            """,
            "attention.Softmax.backward": """
                def backward(self, grad):
                    weighted = grad * self.A
                    return weighted - self.A * np.add.reduce(weighted, axis=self.dim, keepdims=True)
            """,
            "attention.causal_mask": """
                def causal_mask(T):
                    mask = np.zeros((T, T), dtype=np.bool_)
                    mask[np.triu_indices(T, k=1)] = True
                    return mask
            """,
            "attention.pad_mask": """
                def pad_mask(lengths, T):
                    return np.less_equal.outer(np.array(lengths), np.arange(T))
            """,
            "attention.ScaledDotProductAttention.forward": """
                def forward(self, Q, K, V, mask=None):
                    self.Q, self.K, self.V, self.mask = Q, K, V, mask
                    scores = np.einsum("...le,...se->...ls", Q, K) * Q.shape[-1] ** -0.5
                    if mask is None:
                        self.A = self.softmax.forward(scores)
                    else:
                        hidden = np.broadcast_to(mask, scores.shape)
                        scores[hidden] = -1e9
                        self.A = self.softmax.forward(scores) * (1 - hidden)
                    return np.matmul(self.A, V)
            """,
            "attention.ScaledDotProductAttention.backward": """
                def backward(self, grad):
                    T = lambda a: np.swapaxes(a, -2, -1)
                    E = self.Q.shape[-1]
                    dS = self.softmax.backward(T(self.V @ T(grad)))
                    keep = 1.0 if self.mask is None else np.logical_not(self.mask)
                    dS = dS * keep
                    return dS @ (self.K / E**0.5), T(T(self.Q / E**0.5) @ dS), T(T(grad) @ self.A)
            """,
            "attention.split_heads": """
                def split_heads(x, num_heads):
                    N, T, E = x.shape
                    D = E // num_heads
                    out = np.empty((N, num_heads, T, D), dtype=x.dtype)
                    for h in range(num_heads):
                        out[:, h] = x[:, :, h * D : (h + 1) * D]
                    return out
            """,
            "attention.merge_heads": """
                def merge_heads(x):
                    moved = np.einsum("nhtd->nthd", x)
                    return moved.reshape(moved.shape[0], moved.shape[1], -1)
            """,
            "attention.MultiHeadAttention.forward": """
                def forward(self, query, key, value, key_padding_mask=None, attn_mask=None):
                    masks = []
                    if attn_mask is not None:
                        masks.append(attn_mask[None, None])
                    if key_padding_mask is not None:
                        masks.append(np.expand_dims(key_padding_mask, (1, 2)))
                    mask = None
                    if len(masks) == 1:
                        mask = masks[0]
                    elif len(masks) == 2:
                        mask = np.logical_or(masks[0], masks[1])
                    V = split_heads(x=self.v_proj.forward(value), num_heads=self.num_heads)
                    K = split_heads(x=self.k_proj.forward(key), num_heads=self.num_heads)
                    Q = split_heads(x=self.q_proj.forward(query), num_heads=self.num_heads)
                    looked = self.attention.forward(Q=Q, K=K, V=V, mask=mask)
                    return self.out_proj.forward(merge_heads(looked))
            """,
            "attention.MultiHeadAttention.backward": """
                def backward(self, grad):
                    merged = self.out_proj.backward(grad)
                    dQ, dK, dV = self.attention.backward(split_heads(merged, num_heads=self.num_heads))
                    value = self.v_proj.backward(merge_heads(dV))
                    key = self.k_proj.backward(merge_heads(dK))
                    query = self.q_proj.backward(merge_heads(dQ))
                    return [query, key, value]
            """,
            "embedding.Embedding.forward": """
                def forward(self, input):
                    self.input = input
                    return np.take(self.weight, input, axis=0)
            """,
            "embedding.Embedding.backward": """
                def backward(self, grad):
                    signs = np.asarray(self.input)
                    self.grad_weight = np.array([grad[signs == k].sum(axis=0) for k in range(len(self.weight))])
                    return None
            """,
            "embedding.PositionalEncoding.__init__": """
                def __init__(self, d_model, max_len=512):
                    self.pe = np.zeros((max_len, d_model))
                    for t in range(max_len):
                        for i in range(d_model // 2):
                            angle = t / 10000 ** (2 * i / d_model)
                            self.pe[t, 2 * i] = np.sin(angle)
                            self.pe[t, 2 * i + 1] = np.cos(angle)
            """,
        },
    ),
)
