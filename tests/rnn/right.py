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
    Right(
        "one product for input and state, arrays that are filled, lists returned",
        {
            "recurrent.RNNCell.forward": """
                def forward(self, x_t, h_prev):
                    both = np.concatenate([x_t, h_prev], axis=1)
                    weight = np.concatenate([self.weight_ih, self.weight_hh], axis=1)
                    return np.tanh(both @ weight.T + (self.bias_ih + self.bias_hh))
            """,
            "recurrent.RNNCell.backward": """
                def backward(self, grad, h_t, h_prev_l, h_prev_t):
                    delta = grad / np.cosh(np.arctanh(h_t)) ** 2
                    np.add(self.grad_weight_ih, delta.T @ h_prev_l, out=self.grad_weight_ih)
                    np.add(self.grad_weight_hh, delta.T @ h_prev_t, out=self.grad_weight_hh)
                    self.grad_bias_ih[:] += delta.sum(0)
                    self.grad_bias_hh[:] += delta.sum(0)
                    return [delta @ self.weight_ih, delta @ self.weight_hh]
            """,
            "recurrent.RNN.forward": """
                def forward(self, x, h_0=None):
                    N, T, _ = x.shape
                    self.x = x
                    self.hiddens = np.zeros((T + 1, len(self.cells), N, self.hidden_size))
                    if h_0 is not None:
                        self.hiddens[0] = h_0
                    states = list(self.hiddens[0])
                    output = []
                    for t in range(T):
                        below = x[:, t, :]
                        for l in range(len(self.cells)):
                            states[l] = self.cells[l].forward(x_t=below, h_prev=states[l])
                            below = states[l]
                        self.hiddens[t + 1] = np.stack(states)
                        output.append(below)
                    return np.stack(output, axis=1), np.array(states)
            """,
            "recurrent.RNN.backward": """
                def backward(self, grad):
                    T = grad.shape[1]
                    later = [0.0] * len(self.cells)
                    grads_x = []
                    for t in range(T)[::-1]:
                        g = grad[:, t].copy()
                        for l in range(len(self.cells))[::-1]:
                            g += later[l]
                            lower = self.x[:, t]
                            if l > 0:
                                lower = self.hiddens[t + 1][l - 1]
                            g, later[l] = self.cells[l].backward(
                                grad=g, h_t=self.hiddens[t + 1][l], h_prev_l=lower, h_prev_t=self.hiddens[t][l]
                            )
                            g = np.array(g)
                        grads_x.insert(0, g)
                    return np.array(grads_x).swapaxes(0, 1), np.array(later)
            """,
            "gates.GRUCell.forward": """
                def forward(self, x, h_prev):
                    H = h_prev.shape[1]
                    i = np.einsum("ni,gi->ng", x, self.weight_ih) + self.bias_ih
                    h = np.einsum("nk,gk->ng", h_prev, self.weight_hh) + self.bias_hh
                    rz = sigmoid(i[:, : 2 * H] + h[:, : 2 * H])
                    r, z = rz[:, :H], rz[:, H:]
                    q = h[:, 2 * H :]
                    n = np.tanh(i[:, 2 * H :] + r * q)
                    self.gates = [r, z, n, q]
                    return z * h_prev + n - z * n
            """,
            "gates.GRUCell.backward": """
                def backward(self, grad, x, h_prev, gates):
                    r, z, n, q = (np.asarray(a) for a in gates)
                    grad_n = grad * (1 - z)
                    grad_z = grad * h_prev - grad * n
                    grad_a = grad_n * (1 + n) * (1 - n)
                    grad_r, grad_q = grad_a * q, grad_a * r
                    slope = lambda s: s - s * s
                    d_i = np.column_stack((grad_r * slope(r), grad_z * slope(z), grad_a))
                    d_h = np.column_stack((grad_r * slope(r), grad_z * slope(z), grad_q))
                    self.grad_weight_ih = self.grad_weight_ih + np.einsum("ng,ni->gi", d_i, x)
                    self.grad_weight_hh = self.grad_weight_hh + np.einsum("ng,nk->gk", d_h, h_prev)
                    self.grad_bias_ih = np.add(self.grad_bias_ih, d_i.sum(axis=0))
                    self.grad_bias_hh = np.add(self.grad_bias_hh, d_h.sum(axis=0))
                    return np.dot(d_i, self.weight_ih), np.dot(d_h, self.weight_hh) + z * grad
            """,
            "gates.LSTMCell.forward": """
                def forward(self, x, h_prev, c_prev):
                    H = self.hidden_size

                    def part(k):
                        rows = slice(k * H, k * H + H)
                        from_x = x.dot(self.weight_ih[rows].T) + self.bias_ih[rows]
                        return from_x + h_prev.dot(self.weight_hh[rows].T) + self.bias_hh[rows]

                    i, f, o = sigmoid(part(0)), sigmoid(part(1)), sigmoid(part(3))
                    g = 2 * sigmoid(2 * part(2)) - 1
                    self.gates = (i, f, g, o)
                    c_t = np.sum([f * c_prev, i * g], axis=0)
                    return [o * np.tanh(c_t), c_t]
            """,
            "gates.LSTMCell.backward": """
                def backward(self, grad_h, grad_c, x, h_prev, c_prev, c_t, gates):
                    i, f, g, o = gates
                    N, H = grad_h.shape
                    d = np.empty((N, 4 * H))
                    total = grad_c + grad_h * o / np.cosh(c_t) ** 2
                    d[:, :H] = total * g * i * (1 - i)
                    d[:, H : 2 * H] = total * c_prev * f * (1 - f)
                    d[:, 2 * H : 3 * H] = total * i * (1 - g * g)
                    d[:, 3 * H :] = grad_h * np.tanh(c_t) * o * (1 - o)
                    for n in range(N):
                        self.grad_weight_ih += np.outer(d[n], x[n])
                        self.grad_weight_hh += np.outer(d[n], h_prev[n])
                        self.grad_bias_ih += d[n]
                        self.grad_bias_hh += d[n]
                    return d @ self.weight_ih, d @ self.weight_hh, total * f
            """,
            "recurrent.clip_grad_norm_": """
                def clip_grad_norm_(grads, max_norm):
                    norm = float(np.linalg.norm([np.linalg.norm(g) for g in grads]))
                    factor = min(1.0, max_norm / (norm + 1e-6))
                    for g in grads:
                        np.multiply(g, factor, out=g)
                    return norm
            """,
        },
    ),
)
