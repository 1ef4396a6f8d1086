"""Which shorter programs are right, each with one habit that students have?"""

from __future__ import annotations

# Name, then functions of `training`; `Adam__step` stands for training.Adam.step.
SHORTER = {
    "np.array methods and out": {
        "SGD__step": """
            def step(self):
                for i in range(len(self.params)):
                    p, v = self.params[i], self.velocity[i]
                    g = np.add(p.grad, np.multiply(self.weight_decay, p.value))
                    np.add(np.multiply(self.momentum, v), g, out=v)
                    ahead = np.add(g, np.multiply(self.momentum, v))
                    way = ahead if self.nesterov else v
                    np.subtract(p.value, np.multiply(self.lr, way), out=p.value)
        """,
        "kaiming_uniform_": """
            def kaiming_uniform_(weight, u):
                rows, _ = np.shape(u)
                bound = np.power(6.0 / rows, 0.5)
                np.copyto(weight.value, np.interp(u, [0, 1], [-bound, bound]))
        """,
    },
    "new lists in place of old ones": {
        "SGD__step": """
            def step(self):
                grads = [p.grad + self.weight_decay * p.value for p in self.params]
                pairs = list(zip(grads, self.velocity))
                self.velocity = [self.momentum * v + g for g, v in pairs]
                for p, g, v in zip(self.params, grads, self.velocity):
                    way = v
                    if self.nesterov:
                        way = g + self.momentum * v
                    p.value = p.value - self.lr * way
        """,
        "Adam__step": """
            def step(self):
                self.t += 1
                b1, b2, grads = self.beta1, self.beta2, [p.grad for p in self.params]
                self.m = [b1 * m + (1 - b1) * g for m, g in zip(self.m, grads)]
                self.v = [b2 * v + (1 - b2) * g * g for v, g in zip(self.v, grads)]
                for p, m, v in zip(self.params, self.m, self.v):
                    root = np.sqrt(v / (1 - b2**self.t))
                    way = m / (1 - b1**self.t) / (root + self.eps)
                    p.value = p.value - self.lr * way
        """,
    },
    "entry by entry": {
        "Adam__step": """
            def step(self):
                self.t += 1
                for p, m, v in zip(self.params, self.m, self.v):
                    for at in np.ndindex(p.value.shape):
                        g = p.grad[at]
                        m[at] = self.beta1 * m[at] + (1 - self.beta1) * g
                        v[at] = self.beta2 * v[at] + (1 - self.beta2) * g**2
                        m_hat = m[at] / (1 - self.beta1**self.t)
                        v_hat = v[at] / (1 - self.beta2**self.t)
                        p.value[at] -= self.lr * m_hat / (v_hat**0.5 + self.eps)
        """,
        "clip_grad_norm_": """
            def clip_grad_norm_(params, max_norm):
                squares = [float(n) ** 2 for p in params for n in p.grad.flat]
                norm = sum(squares) ** 0.5
                if norm > max_norm:
                    for p in params:
                        for at in np.ndindex(p.grad.shape):
                            p.grad[at] = p.grad[at] / norm * max_norm
                return norm
        """,
        "Dropout__forward": """
            def forward(self, x, u=None):
                if u is None:
                    u = self.rng.random(np.shape(x))
                self.mask = np.empty(x.shape)
                for at in np.ndindex(x.shape):
                    if not self.training:
                        self.mask[at] = 1
                    elif u[at] < self.p:
                        self.mask[at] = 0
                    else:
                        self.mask[at] = 1 / (1 - self.p)
                return self.mask * x
        """,
    },
    "the paper's order: the step size holds both corrections": {
        "Adam__step": """
            def step(self):
                self.t += 1
                b1, b2 = 1 - self.beta1**self.t, 1 - self.beta2**self.t
                size = self.lr * np.sqrt(b2) / b1
                for i, p in enumerate(self.params):
                    self.m[i] = self.beta1 * self.m[i] + (1 - self.beta1) * p.grad
                    self.v[i] = self.beta2 * self.v[i] + (1 - self.beta2) * p.grad**2
                    eps = self.eps * np.sqrt(b2)
                    p.value = p.value - size * self.m[i] / (np.sqrt(self.v[i]) + eps)
        """,
        "AdamW__step": """
            def step(self):
                self.t += 1
                for i, p in enumerate(self.params):
                    g = p.grad
                    self.m[i] = self.beta1 * self.m[i] + (1 - self.beta1) * g
                    self.v[i] = self.beta2 * self.v[i] + (1 - self.beta2) * g**2
                    m_hat = self.m[i] / (1 - self.beta1**self.t)
                    v_hat = self.v[i] / (1 - self.beta2**self.t)
                    update = m_hat / (np.sqrt(v_hat) + self.eps)
                    p.value = p.value - self.lr * (update + self.weight_decay * p.value)
        """,
    },
    "one long vector": {
        "clip_grad_norm_": """
            def clip_grad_norm_(params, max_norm):
                whole = np.concatenate([p.grad.ravel() for p in params])
                norm = np.sqrt(whole @ whole)
                scale = max_norm / norm if norm > max_norm else 1.0
                for p in params:
                    p.grad = scale * p.grad
                return norm
        """,
        "cosine_lr": """
            def cosine_lr(step, lr_max, lr_min, warmup_steps, total_steps):
                up = [lr_max * (k + 1) / warmup_steps for k in range(warmup_steps)]
                x = np.linspace(0, np.pi, total_steps - warmup_steps + 1)
                down = lr_min + (lr_max - lr_min) * (np.cos(x) + 1) / 2
                plan = [*up, *down[:-1]]
                return plan[step] if step < len(plan) else lr_min
        """,
    },
    "squared half angles, and the wave clipped": {
        "cosine_lr": """
            def cosine_lr(step, lr_max, lr_min, warmup_steps, total_steps):
                if warmup_steps and step < warmup_steps:
                    return np.float64(lr_max) * ((step + 1) / warmup_steps)
                part = (step - warmup_steps) / max(total_steps - warmup_steps, 1)
                if total_steps <= step:
                    part = 1
                half = np.cos(np.pi / 2 * np.clip(part, 0, 1)) ** 2
                return lr_min + (lr_max - lr_min) * (half if part < 1 else 0)
        """,
        "xavier_uniform_": """
            def xavier_uniform_(weight, u):
                I, O = u.shape
                bound = (6 / (I + O)) ** 0.5
                weight.value = u * bound - (1 - u) * bound
        """,
    },
    "the mask by other means": {
        "Dropout__forward": """
            def forward(self, x, u=None):
                if u is None:
                    u = self.rng.random(np.shape(x))
                if not self.training:
                    self.mask = np.ones(x.shape)
                    return x.copy()
                self.mask = (u >= self.p).astype(float)
                self.mask /= 1 - self.p
                out = np.zeros_like(x)
                out[u >= self.p] = x[u >= self.p] / (1 - self.p)
                return out
        """,
        "Dropout__backward": """
            def backward(self, grad):
                result = np.array(grad, copy=True)
                result *= self.mask
                return result
        """,
    },
    "dropout in one line, starts by a draw of their own arithmetic": {
        "Dropout__forward": """
            def forward(self, x, u=None):
                u = self.rng.random(np.shape(x)) if u is None else u
                keep = 1 - self.p
                on = (u >= self.p) / keep
                self.mask = on if self.training else np.full(x.shape, 1.0)
                return np.einsum("...,...->...", x, self.mask)
        """,
        "Dropout__backward": """
            def backward(self, grad):
                return np.where(self.mask != 0, grad * self.mask, 0.0)
        """,
        "kaiming_uniform_": """
            def kaiming_uniform_(weight, u):
                std = np.sqrt(2 / weight.value.shape[0])
                limit = np.sqrt(3) * std
                weight.value[:] = u * limit * 2
                weight.value -= limit
        """,
    },
}
