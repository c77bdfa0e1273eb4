"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: Ackley. Optimizer: Adam.
"""

import math

import torch

torch.set_default_dtype(torch.float64)


def loss(x, y):
    r = torch.sqrt((x**2.0 + y**2.0) / 2.0)
    c = (torch.cos(6.283185307179586 * x) + torch.cos(6.283185307179586 * y)) / 2.0
    return 20.0 - 20.0 * torch.exp(-r / 5.0) + 2.718281828459045 - torch.exp(c)


def lr(k):
    passed = (k - 1) / 40.0
    return 0.1 * (0.1 + (1.0 - 0.1) * 0.5 * (1.0 + math.cos(math.pi * min(passed, 1.0))))


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{loss(*w).item()!r}")


w = torch.tensor([3.2, 0.4], requires_grad=True)
optimizer = torch.optim.Adam([w], lr=lr(1), betas=(0.9, 0.999), eps=1e-8, amsgrad=False)

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    optimizer.param_groups[0]["lr"] = lr(k)
    optimizer.zero_grad()
    loss(*w).backward()
    optimizer.step()
    show(k)
