"""Which programs are right besides the reference, and what do finite differences prove?

For tests only.
"""

from tests.support.programs import Right

# question, of which, gradient by input, the input that weighs
CONV = {"x": "grad_x", "weight": "self.grad_weight", "bias": "self.grad_bias"}
SLOPES = (
    ("conv1d_backward", "conv1d_forward", CONV, "grad"),
    ("conv2d_backward", "conv2d_forward", CONV, "grad"),
    ("avgpool2d_backward", "avgpool2d_forward", {"x": "grad_x"}, "grad"),
)


def right(name, **replacements):
    """Return a right program; "Conv1d__forward" stands for conv.Conv1d.forward."""
    full = {}
    for key, text in replacements.items():
        module = "conv" if key.startswith(("Conv", "get_")) else "pool"
        full[f"{module}.{key.replace('__', '.')}"] = text
    return Right(name, full)


RIGHT = (
    right(
        "loops over every number",
        get_conv1d_output_size="""
            def get_conv1d_output_size(input_size, kernel_size, stride):
                places = 0
                while places * stride + kernel_size <= input_size:
                    places += 1
                return places
        """,
        Conv1d__forward="""
            def forward(self, x):
                self.x = x
                N, C, L = x.shape
                O, _, k = self.weight.shape
                places = get_conv1d_output_size(input_size=L, kernel_size=k, stride=self.stride)
                out = np.zeros((N, O, places))
                for n in range(N):
                    for o in range(O):
                        for t in range(places):
                            total = self.bias[o]
                            for c in range(C):
                                for j in range(k):
                                    total += x[n, c, t * self.stride + j] * self.weight[o, c, j]
                            out[n, o, t] = total
                return out
        """,
        Conv1d__backward="""
            def backward(self, grad):
                grad_x = np.zeros_like(self.x)
                self.grad_weight = np.zeros_like(self.weight)
                self.grad_bias = np.zeros_like(self.bias)
                for n, o, t in np.ndindex(grad.shape):
                    self.grad_bias[o] += grad[n, o, t]
                    for c in range(self.x.shape[1]):
                        for j in range(self.kernel_size):
                            at = t * self.stride + j
                            self.grad_weight[o, c, j] += grad[n, o, t] * self.x[n, c, at]
                            grad_x[n, c, at] += grad[n, o, t] * self.weight[o, c, j]
                return grad_x
        """,
        Conv2d__forward="""
            def forward(self, x):
                self.x = x
                N, C, H, W = x.shape
                O, _, k, _ = self.weight.shape
                s, p = self.stride, self.padding
                rows = get_conv1d_output_size(H + 2 * p, k, s)
                columns = get_conv1d_output_size(W + 2 * p, k, s)
                out = np.zeros((N, O, rows, columns))
                for n in range(N):
                    for o in range(O):
                        for u in range(rows):
                            for v in range(columns):
                                out[n, o, u, v] = self.bias[o]
                                for c in range(C):
                                    for i in range(k):
                                        for j in range(k):
                                            a, b = u * s + i - p, v * s + j - p
                                            if 0 <= a < H and 0 <= b < W:
                                                out[n, o, u, v] += x[n, c, a, b] * self.weight[o, c, i, j]
                return out
        """,
        Conv2d__backward="""
            def backward(self, grad):
                N, C, H, W = self.x.shape
                k, s, p = self.kernel_size, self.stride, self.padding
                padded = np.zeros((N, C, H + 2 * p, W + 2 * p))
                padded[:, :, p : p + H, p : p + W] = self.x
                grad_padded = np.zeros_like(padded)
                self.grad_weight = np.zeros_like(self.weight)
                self.grad_bias = np.zeros_like(self.bias)
                for n, o, u, v in np.ndindex(grad.shape):
                    self.grad_bias[o] += grad[n, o, u, v]
                    for c, i, j in np.ndindex(C, k, k):
                        self.grad_weight[o, c, i, j] += grad[n, o, u, v] * padded[n, c, u * s + i, v * s + j]
                        grad_padded[n, c, u * s + i, v * s + j] += grad[n, o, u, v] * self.weight[o, c, i, j]
                return grad_padded[:, :, p : p + H, p : p + W]
        """,
        MaxPool2d__forward="""
            def forward(self, x):
                self.x = x
                N, C, H, W = x.shape
                k, s = self.kernel_size, self.stride
                out = np.zeros((N, C, (H - k) // s + 1, (W - k) // s + 1))
                for n, c, u, v in np.ndindex(out.shape):
                    out[n, c, u, v] = x[n, c, u * s : u * s + k, v * s : v * s + k].max()
                return out
        """,
        MaxPool2d__backward="""
            def backward(self, grad):
                k, s = self.kernel_size, self.stride
                grad_x = np.zeros_like(self.x)
                for n, c, u, v in np.ndindex(grad.shape):
                    best, place = -np.inf, None
                    for i in range(k):
                        for j in range(k):
                            if self.x[n, c, u * s + i, v * s + j] > best:
                                best, place = self.x[n, c, u * s + i, v * s + j], (u * s + i, v * s + j)
                    grad_x[n, c, place[0], place[1]] += grad[n, c, u, v]
                return grad_x
        """,
        AvgPool2d__backward="""
            def backward(self, grad):
                k, s = self.kernel_size, self.stride
                grad_x = np.zeros_like(self.x)
                for n, c, u, v in np.ndindex(grad.shape):
                    for i in range(k):
                        for j in range(k):
                            grad_x[n, c, u * s + i, v * s + j] += grad[n, c, u, v] / (k * k)
                return grad_x
        """,
    ),
    right(
        "einsum over windows",
        Conv1d__forward="""
            def forward(self, x):
                self.x = x
                windows = sliding_window_view(x, self.kernel_size, axis=-1)[:, :, :: self.stride]
                return np.einsum("nctk,ock->not", windows, self.weight) + self.bias[None, :, None]
        """,
        Conv1d__backward="""
            def backward(self, grad):
                windows = sliding_window_view(self.x, self.kernel_size, axis=-1)[:, :, :: self.stride]
                self.grad_weight = np.einsum("not,nctk->ock", grad, windows)
                self.grad_bias = np.einsum("not->o", grad)
                grad_x = np.zeros_like(self.x)
                for j in range(self.kernel_size):
                    end = j + self.stride * (grad.shape[2] - 1) + 1
                    grad_x[:, :, j : end : self.stride] += np.einsum("not,oc->nct", grad, self.weight[:, :, j])
                return grad_x
        """,
        Conv2d__forward="""
            def forward(self, x):
                self.x = x
                k, s, p = self.kernel_size, self.stride, self.padding
                padded = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
                windows = sliding_window_view(padded, (k, k), axis=(-2, -1))[:, :, ::s, ::s]
                return np.einsum("ncuvij,ocij->nouv", windows, self.weight, optimize=True) + self.bias.reshape(1, -1, 1, 1)
        """,
        MaxPool2d__forward="""
            def forward(self, x):
                self.x = x
                windows = sliding_window_view(x, (self.kernel_size, self.kernel_size), axis=(2, 3))
                self.windows = windows[:, :, :: self.stride, :: self.stride]
                flat = self.windows.reshape(*self.windows.shape[:4], -1)
                self.best = flat.argmax(axis=-1)
                return np.take_along_axis(flat, self.best[..., None], axis=-1)[..., 0]
        """,
        MaxPool2d__backward="""
            def backward(self, grad):
                n, c, u, v = np.indices(grad.shape)
                rows = u * self.stride + self.best // self.kernel_size
                columns = v * self.stride + self.best % self.kernel_size
                grad_x = np.zeros_like(self.x)
                np.add.at(grad_x, (n, c, rows, columns), grad)
                return grad_x
        """,
        Flatten__forward="""
            def forward(self, x):
                self.x = x
                self.shape = x.shape
                return x.reshape(x.shape[0], int(np.prod(x.shape[1:])))
        """,
        Flatten__backward="""
            def backward(self, grad):
                return grad.reshape(self.shape)
        """,
    ),
    right(
        "image to columns",
        Conv2d__forward="""
            def forward(self, x):
                self.x = x
                N, C, H, W = x.shape
                k, s, p = self.kernel_size, self.stride, self.padding
                padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
                rows, columns = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
                self.columns = np.zeros((N, rows * columns, C * k * k))
                for u in range(rows):
                    for v in range(columns):
                        window = padded[:, :, u * s : u * s + k, v * s : v * s + k]
                        self.columns[:, u * columns + v] = window.reshape(N, -1)
                out = self.columns @ self.weight.reshape(len(self.weight), -1).T + self.bias
                return out.transpose(0, 2, 1).reshape(N, -1, rows, columns)
        """,
        Conv2d__backward="""
            def backward(self, grad):
                N, C, H, W = self.x.shape
                O, k, s, p = len(self.weight), self.kernel_size, self.stride, self.padding
                flat = grad.reshape(N, O, -1)
                self.grad_weight = np.zeros((O, C * k * k))
                for n in range(N):
                    self.grad_weight += flat[n] @ self.columns[n]
                self.grad_weight = self.grad_weight.reshape(self.weight.shape)
                self.grad_bias = flat.sum(axis=2).sum(axis=0)
                back = flat.transpose(0, 2, 1) @ self.weight.reshape(O, -1)
                grad_padded = np.zeros((N, C, H + 2 * p, W + 2 * p))
                for place in range(flat.shape[2]):
                    u, v = divmod(place, grad.shape[3])
                    grad_padded[:, :, u * s : u * s + k, v * s : v * s + k] += back[:, place].reshape(N, C, k, k)
                return grad_padded[:, :, p : H + p, p : W + p]
        """,
    ),
    right(
        "loops over places",
        Conv1d__forward="""
            def forward(self, x):
                self.x = x
                rows = []
                for start in range(0, x.shape[2] - self.kernel_size + 1, self.stride):
                    window = x[:, np.newaxis, :, start : start + self.kernel_size]
                    rows.append((window * self.weight).sum(axis=(2, 3)) + self.bias)
                return np.stack(rows, axis=2)
        """,
        AvgPool2d__forward="""
            def forward(self, x):
                self.x = x
                k, s = self.kernel_size, self.stride
                places = [range(0, n - k + 1, s) for n in x.shape[2:]]
                return np.stack([np.stack([x[:, :, i : i + k, j : j + k].mean(axis=(2, 3)) for j in places[1]], axis=-1) for i in places[0]], axis=2)
        """,
    ),
    right(
        "functions of NumPy for all places at once",
        get_conv1d_output_size="""
            def get_conv1d_output_size(input_size, kernel_size, stride):
                return len(range(0, input_size - kernel_size + 1, stride))
        """,
        Conv1d__forward="""
            def forward(self, x):
                self.x = x
                N, C, L = x.shape
                O = self.weight.shape[0]
                out = np.stack([
                    np.stack([
                        sum(np.correlate(x[n, c], self.weight[o, c], mode="valid") for c in range(C))
                        for o in range(O)
                    ])
                    for n in range(N)
                ])[:, :, :: self.stride]
                return out + self.bias.reshape(1, -1, 1)
        """,
        Conv1d__backward="""
            def backward(self, grad):
                N, O, T = grad.shape
                _, C, L = self.x.shape
                k, s = self.kernel_size, self.stride
                wide = np.zeros((N, O, L - k + 1))
                wide[:, :, : s * (T - 1) + 1 : s] = grad
                self.grad_bias = wide.sum(axis=(0, 2))
                gw = np.zeros_like(self.weight)
                gx = np.zeros_like(self.x)
                for n in range(N):
                    for o in range(O):
                        for c in range(C):
                            gw[o, c] += np.correlate(self.x[n, c], wide[n, o], mode="valid")
                            gx[n, c] += np.convolve(wide[n, o], self.weight[o, c], mode="full")
                self.grad_weight = gw
                return gx
        """,
        Conv2d__forward="""
            def forward(self, x):
                self.x = x
                k, s, p = self.kernel_size, self.stride, self.padding
                padded = np.pad(array=x, pad_width=[(0, 0)] * 2 + [(p, p)] * 2, mode="constant", constant_values=0.0)
                views = sliding_window_view(padded, window_shape=(k, k), axis=(-2, -1))[..., ::s, ::s, :, :]
                out = np.tensordot(views, self.weight, axes=([1, 4, 5], [1, 2, 3]))
                return (out + self.bias).transpose(0, 3, 1, 2)
        """,
        Conv2d__backward="""
            def backward(self, grad):
                k, s, p = self.kernel_size, self.stride, self.padding
                N, C, H, W = self.x.shape
                O, h, w = grad.shape[1:]
                x = np.pad(self.x, ((0, 0), (0, 0), (p, p), (p, p)))
                r = (s * np.arange(h))[:, None, None, None] + np.arange(k)[None, None, :, None]
                q = (s * np.arange(w))[None, :, None, None] + np.arange(k)[None, None, None, :]
                cols = x[:, :, r, q]
                self.grad_weight = np.tensordot(grad, cols, axes=([0, 2, 3], [0, 2, 3]))
                self.grad_bias = np.einsum("nouv->o", grad)
                back = np.einsum("nouv,ocij->ncuvij", grad, self.weight)
                gx = np.zeros(x.shape)
                np.add.at(gx, (slice(None), slice(None), r, q), back)
                return gx[:, :, p : p + H, p : p + W].copy()
        """,
        MaxPool2d__forward="""
            def forward(self, x):
                self.x = x
                k, s = self.kernel_size, self.stride
                rows = sliding_window_view(x, k, axis=2)[:, :, ::s].max(axis=-1)
                return sliding_window_view(rows, k, axis=3)[:, :, :, ::s].max(axis=-1)
        """,
        MaxPool2d__backward="""
            def backward(self, grad):
                k, s = self.kernel_size, self.stride
                N, C, H, W = self.x.shape
                numbers = np.arange(self.x.size).reshape(self.x.shape)
                targets = np.empty(grad.shape, dtype=int)
                for n, c, u, v in np.ndindex(grad.shape):
                    box = (n, c, slice(u * s, u * s + k), slice(v * s, v * s + k))
                    targets[n, c, u, v] = numbers[box].ravel()[self.x[box].argmax()]
                return np.bincount(targets.ravel(), weights=grad.ravel(), minlength=self.x.size).reshape(self.x.shape)
        """,
        AvgPool2d__forward="""
            def forward(self, x):
                self.x = x
                k, s = self.kernel_size, self.stride
                S = np.pad(x, ((0, 0), (0, 0), (1, 0), (1, 0))).cumsum(axis=2).cumsum(axis=3)
                total = S[:, :, k:, k:] - S[:, :, :-k, k:] - S[:, :, k:, :-k] + S[:, :, :-k, :-k]
                return total[:, :, ::s, ::s] / (k * k)
        """,
        AvgPool2d__backward="""
            def backward(self, grad):
                k, s = self.kernel_size, self.stride
                H, W = self.x.shape[2:]
                h, w = grad.shape[2:]
                A = np.zeros((h, H))
                B = np.zeros((w, W))
                for u in range(h):
                    A[u, u * s : u * s + k] = 1 / k
                for v in range(w):
                    B[v, v * s : v * s + k] = 1 / k
                return A.T @ grad @ B
        """,
        Flatten__forward="""
            def forward(self, x):
                self.x = x
                return np.stack([example.ravel() for example in x])
        """,
        Flatten__backward="""
            def backward(self, grad):
                return np.stack([row.reshape(self.x.shape[1:]) for row in grad])
        """,
    ),
)
