"""Which programs are right besides the reference, and what do finite differences prove?

For tests only.
"""

from tests.support.programs import Right

# question, of which, gradient by input, the input that weighs
SLOPES = (
    ("gru_cell_backward", "gru_cell_forward", {"x": "gradient of x", "h_prev": "gradient of h_prev"}, "grad"),
)
RIGHT = (
    Right(
        "an example at a time",
        {
            "recurrent.RNNCell.forward": """
                def forward(self, x_t, h_prev):
                    rows = [
                        np.tanh(self.weight_ih @ x + self.weight_hh @ h + self.bias_ih + self.bias_hh)
                        for x, h in zip(x_t, h_prev)
                    ]
                    return np.array(rows)
            """,
            "recurrent.RNNCell.backward": """
                def backward(self, grad, h_t, h_prev_l, h_prev_t):
                    below, before = np.zeros_like(h_prev_l), np.zeros_like(h_prev_t)
                    for n in range(len(grad)):
                        d = grad[n] * (1 - np.square(h_t[n]))
                        self.grad_weight_ih = self.grad_weight_ih + np.outer(d, h_prev_l[n])
                        self.grad_weight_hh = self.grad_weight_hh + np.outer(d, h_prev_t[n])
                        self.grad_bias_ih = self.grad_bias_ih + d
                        self.grad_bias_hh = self.grad_bias_hh + d
                        below[n], before[n] = self.weight_ih.T @ d, self.weight_hh.T @ d
                    return below, before
            """,
            "recurrent.clip_grad_norm_": """
                def clip_grad_norm_(grads, max_norm):
                    norm = np.linalg.norm(np.concatenate([g.ravel() for g in grads]))
                    scale = max_norm / (norm + 1e-6)
                    if scale < 1:
                        for g in grads:
                            g[...] = g * scale
                    return norm
            """,
        },
    ),
    Right(
        "layer after layer",
        {
            "recurrent.RNN.forward": """
                def forward(self, x, h_0=None):
                    N, T, _ = x.shape
                    self.x = x
                    self.hiddens = np.zeros((T + 1, len(self.cells), N, self.hidden_size))
                    if h_0 is not None:
                        self.hiddens[0] = h_0
                    inputs = [x[:, t] for t in range(T)]
                    for layer, cell in enumerate(self.cells):
                        h = self.hiddens[0, layer]
                        outputs = []
                        for t in range(T):
                            h = cell.forward(x_t=inputs[t], h_prev=h)
                            outputs.append(h)
                            self.hiddens[t + 1, layer] = h
                        inputs = outputs
                    return np.stack(inputs, axis=1), self.hiddens[T]
            """,
            "recurrent.RNN.backward": """
                def backward(self, grad):
                    N, T, _ = grad.shape
                    above = [grad[:, t] for t in range(T)]
                    grad_h_0 = np.zeros_like(self.hiddens[0])
                    for layer in range(len(self.cells) - 1, -1, -1):
                        later = 0
                        for t in range(T - 1, -1, -1):
                            below = self.x[:, t] if layer == 0 else self.hiddens[t + 1][layer - 1]
                            above[t], later = self.cells[layer].backward(
                                grad=above[t] + later,
                                h_t=self.hiddens[t + 1][layer],
                                h_prev_l=below,
                                h_prev_t=self.hiddens[t][layer],
                            )
                        grad_h_0[layer] = later
                    return np.stack(above, axis=1), grad_h_0
            """,
        },
    ),
    Right(
        "a gate at a time, computed again on the way back",
        {
            "gates.GRUCell.forward": """
                def forward(self, x, h_prev):
                    H = self.hidden_size
                    W, U, b, c = self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh
                    r = 1 / (1 + np.exp(-(x @ W[:H].T + b[:H] + h_prev @ U[:H].T + c[:H])))
                    z = 1 / (1 + np.exp(-(x @ W[H : 2 * H].T + b[H : 2 * H] + h_prev @ U[H : 2 * H].T + c[H : 2 * H])))
                    q = h_prev @ U[2 * H :].T + c[2 * H :]
                    n = np.tanh(x @ W[2 * H :].T + b[2 * H :] + r * q)
                    self.gates = (r, z, n, q)
                    return n + z * (h_prev - n)
            """,
            "gates.GRUCell.backward": """
                def backward(self, grad, x, h_prev, gates):
                    H = self.hidden_size
                    r, z, n, _ = gates
                    q = h_prev @ self.weight_hh[2 * H :].T + self.bias_hh[2 * H :]
                    d_n = grad * (1 - z) * (1 - n * n)
                    d_z = grad * (h_prev - n) * z * (1 - z)
                    d_r = d_n * q * r * (1 - r)
                    grad_x, grad_h = np.zeros_like(x), grad * z
                    for k, (i, h) in enumerate(((d_r, d_r), (d_z, d_z), (d_n, d_n * r))):
                        rows = slice(k * H, (k + 1) * H)
                        self.grad_weight_ih[rows] += i.T @ x
                        self.grad_weight_hh[rows] += h.T @ h_prev
                        self.grad_bias_ih[rows] += i.sum(axis=0)
                        self.grad_bias_hh[rows] += h.sum(axis=0)
                        grad_x = grad_x + i @ self.weight_ih[rows]
                        grad_h = grad_h + h @ self.weight_hh[rows]
                    return grad_x, grad_h
            """,
            "gates.LSTMCell.forward": """
                def forward(self, x, h_prev, c_prev):
                    H = self.hidden_size
                    s = np.einsum("ni,hi->nh", x, self.weight_ih) + np.einsum("ni,hi->nh", h_prev, self.weight_hh)
                    s = s + self.bias_ih + self.bias_hh
                    i, f, o = (1 / (1 + np.exp(-s[:, k * H : (k + 1) * H])) for k in (0, 1, 3))
                    g = np.tanh(s[:, 2 * H : 3 * H])
                    self.gates = (i, f, g, o)
                    c_t = f * c_prev + i * g
                    return o * np.tanh(c_t), c_t
            """,
            "gates.LSTMCell.backward": """
                def backward(self, grad_h, grad_c, x, h_prev, c_prev, c_t, gates):
                    i, f, g, o = gates
                    t = np.tanh(f * c_prev + i * g)
                    d_c = grad_c + grad_h * o * (1 - t * t)
                    d = np.hstack([d_c * g * (i - i * i), d_c * c_prev * (f - f * f), d_c * i * (1 - g * g), grad_h * t * (o - o * o)])
                    self.grad_weight_ih = self.grad_weight_ih + np.einsum("nh,ni->hi", d, x)
                    self.grad_weight_hh = self.grad_weight_hh + np.einsum("nh,ni->hi", d, h_prev)
                    self.grad_bias_ih = self.grad_bias_ih + np.einsum("nh->h", d)
                    self.grad_bias_hh = self.grad_bias_hh + np.einsum("nh->h", d)
                    return d @ self.weight_ih, d @ self.weight_hh, d_c * f
            """,
        },
    ),
)
