"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: One neuron. Optimizer: AdamW.
"""

import math

import torch

torch.set_default_dtype(torch.float64)

samples = torch.tensor([
    [-2.8, -1.08],
    [-2.7, -1.08],
    [-2.4, -1.04],
    [-2.1, -1.08],
    [-1.8, -1.04],
    [-1.6, -1.16],
    [-1.4, -0.96],
    [-1.1, -0.99],
    [-0.8, -1.11],
    [-0.6, -1.21],
    [-0.4, -0.96],
    [-0.1, -0.77],
    [0.1, -0.84],
    [0.3, -0.63],
    [0.7, 0.0],
    [0.9, 0.46],
    [1.1, 0.56],
    [1.3, 0.91],
    [1.6, 0.9],
    [1.9, 1.07],
    [2.0, 0.99],
    [2.4, 0.97],
    [2.7, 0.85],
    [2.8, 0.93],
])


def loss(x, y):
    input, target = samples.T
    return torch.mean((torch.tanh(x * input + y) - target)**2.0 / 2.0)


def lr(k):
    passed = (k - 1) / 10.0
    return 0.1 * (0.1 + (1.0 - 0.1) * min(passed, 1.0))


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{loss(*w).item()!r}")


w = torch.tensor([0.5, 1.0], requires_grad=True)
optimizer = torch.optim.AdamW([w], lr=lr(1), betas=(0.9, 0.999), eps=1e-8, amsgrad=False)

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    optimizer.param_groups[0]["lr"] = lr(k)
    optimizer.zero_grad()
    loss(*w).backward()
    optimizer.step()
    show(k)
