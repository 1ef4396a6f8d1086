"""Which other programs are right? They differ as students' do, and lose nothing."""

from __future__ import annotations

from tests.optim.right_shorter import SHORTER
from tests.support.programs import Right


def right(name: str, **replacements: str) -> Right:
    """Return a right program; `Adam__step` stands for training.Adam.step."""
    return Right(name, {"training." + at.replace("__", "."): text for at, text in replacements.items()})


RIGHT = [
    right(
        "everything in place",
        SGD__step="""
            def step(self):
                for p, v in zip(self.params, self.velocity):
                    g = p.grad.copy()
                    g += self.weight_decay * p.value
                    v *= self.momentum
                    v += g
                    p.value -= self.lr * (g + self.momentum * v if self.nesterov else v)
        """,
        Adam__step="""
            def step(self):
                self.t += 1
                for p, m, v in zip(self.params, self.m, self.v):
                    m += (1 - self.beta1) * (p.grad - m)
                    v += (1 - self.beta2) * (p.grad**2 - v)
                    p.value -= self.lr * (m / (1 - self.beta1**self.t)) / ((v / (1 - self.beta2**self.t)) ** 0.5 + self.eps)
        """,
        AdamW__step="""
            def step(self):
                self.t += 1
                for p, m, v in zip(self.params, self.m, self.v):
                    p.value *= 1 - self.lr * self.weight_decay
                    m *= self.beta1
                    m += (1 - self.beta1) * p.grad
                    v *= self.beta2
                    v += (1 - self.beta2) * np.square(p.grad)
                    p.value -= self.lr * (m / (1 - self.beta1**self.t)) / (np.sqrt(v / (1 - self.beta2**self.t)) + self.eps)
        """,
        clip_grad_norm_="""
            def clip_grad_norm_(params, max_norm):
                total = 0.0
                for p in params:
                    for entry in p.grad.ravel():
                        total += entry * entry
                norm = total ** 0.5
                for p in params:
                    p.grad *= min(1.0, max_norm / max(norm, 1e-300))
                return norm
        """,
        kaiming_uniform_="""
            def kaiming_uniform_(weight, u):
                bound = np.sqrt(2) * np.sqrt(3 / len(u))
                weight.value[...] = -bound + 2 * bound * u
        """,
    ),
    right(
        "as PyTorch writes it",
        SGD__step="""
            def step(self):
                for i, p in enumerate(self.params):
                    d_p = p.grad
                    if self.weight_decay != 0:
                        d_p = d_p + self.weight_decay * p.value
                    if self.momentum != 0:
                        buf = self.velocity[i] = self.momentum * self.velocity[i] + d_p
                        d_p = d_p + self.momentum * buf if self.nesterov else buf
                    p.value = p.value - self.lr * d_p
        """,
        Adam__step="""
            def step(self):
                self.t = self.t + 1
                bias1 = 1 - self.beta1 ** self.t
                bias2 = 1 - self.beta2 ** self.t
                for i in range(len(self.params)):
                    g = self.params[i].grad
                    self.m[i] = self.beta1 * self.m[i] + (1 - self.beta1) * g
                    self.v[i] = self.beta2 * self.v[i] + (1 - self.beta2) * g * g
                    denom = np.sqrt(self.v[i]) / np.sqrt(bias2) + self.eps
                    self.params[i].value = self.params[i].value - self.lr / bias1 * self.m[i] / denom
        """,
        AdamW__step="""
            def step(self):
                before = [p.value for p in self.params]
                Adam.step(self)
                for p, value in zip(self.params, before):
                    p.value = p.value - self.lr * self.weight_decay * value
        """,
        clip_grad_norm_="""
            def clip_grad_norm_(params, max_norm):
                total_norm = np.linalg.norm([np.linalg.norm(p.grad) for p in params])
                clip_coef = max_norm / (total_norm + 1e-6)
                if clip_coef < 1:
                    for p in params:
                        p.grad = p.grad * clip_coef
                return total_norm
        """,
        cosine_lr="""
            def cosine_lr(step, lr_max, lr_min, warmup_steps, total_steps):
                import math
                if step < warmup_steps:
                    return lr_max / warmup_steps * (step + 1)
                if step > total_steps or total_steps == warmup_steps:
                    return lr_min
                angle = math.pi * (step - warmup_steps) / (total_steps - warmup_steps)
                return 0.5 * (lr_max + lr_min) + 0.5 * (lr_max - lr_min) * math.cos(angle)
        """,
        xavier_uniform_="""
            def xavier_uniform_(weight, u):
                fan_in, fan_out = weight.value.shape
                std = np.sqrt(2.0 / (fan_in + fan_out))
                a = np.sqrt(3.0) * std
                weight.value = a * (u + u - 1)
                return weight
        """,
        Dropout__forward="""
            def forward(self, x, u=None):
                if u is None:
                    u = self.rng.random(np.shape(x))
                if self.training:
                    keep = u >= self.p
                    self.mask = keep / (1.0 - self.p)
                    return x * self.mask
                self.mask = np.ones_like(x)
                return x
        """,
        Dropout__backward="""
            def backward(self, grad):
                if not self.training:
                    return grad
                return np.multiply(self.mask, grad)
        """,
    ),
    *(right(name, **functions) for name, functions in SHORTER.items()),
]
