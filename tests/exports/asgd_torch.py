"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: Goldstein–Price. Optimizer: Averaged descent.
"""

import math

import torch

torch.set_default_dtype(torch.float64)


def loss(x, y):
    u = 1.0 + (x + y + 1.0)**2.0 * (19.0 - 14.0 * x + 3.0 * x**2.0 - 14.0 * y + 6.0 * x * y + 3.0 * y**2.0)
    v = 30.0 + (2.0 * x - 3.0 * y)**2.0 * (18.0 - 32.0 * x + 12.0 * x**2.0 + 48.0 * y - 36.0 * x * y + 27.0 * y**2.0)
    return u * v


def lr(k):
    passed = (k - 1) / 100.0
    return 1e-5 * 0.1 ** passed


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{loss(*w).item()!r}")


w = torch.tensor([-1.0, 0.6], requires_grad=True)
optimizer = torch.optim.ASGD([w], lr=lr(1), lambd=0.1, alpha=0.75, t0=1000000.0)

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    optimizer.param_groups[0]["lr"] = lr(k)
    optimizer.zero_grad()
    loss(*w).backward()
    optimizer.step()
    show(k)
