"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: McCormick. Optimizer: RAdam.
"""

import math

import torch

torch.set_default_dtype(torch.float64)


def loss(x, y):
    return torch.sin(x + y) + (x - y)**2.0 - 1.5 * x + 2.5 * y + 1.0


def lr(k):
    passed = (k - 1) / 20.0
    return 0.1 * 0.1 ** math.floor(passed)


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{loss(*w).item()!r}")


w = torch.tensor([4.5, 2.8], requires_grad=True)
optimizer = torch.optim.RAdam([w], lr=lr(1), betas=(0.9, 0.999), eps=1e-8, decoupled_weight_decay=False)

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    optimizer.param_groups[0]["lr"] = lr(k)
    optimizer.zero_grad()
    loss(*w).backward()
    optimizer.step()
    show(k)
