"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: Your own formula. Optimizer: RMSprop.
"""

import torch

torch.set_default_dtype(torch.float64)


def cbrt(x):
    return torch.sign(x) * torch.abs(x) ** (1.0 / 3.0)


def loss(x, y):
    return torch.maximum(torch.abs(x), y**2.0 / 3.0) + cbrt(x - y) / 9.0 + torch.atan2(y, x + 7.0) * torch.sqrt(9.0 + x)


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{loss(*w).item()!r}")


w = torch.tensor([2.3, -1.7], requires_grad=True)
optimizer = torch.optim.RMSprop([w], lr=0.02, alpha=0.99, eps=0.001, momentum=0.5, centered=True)

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    optimizer.zero_grad()
    loss(*w).backward()
    optimizer.step()
    show(k)
