"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: Your own formula. Optimizer: Adamax.
"""

import torch

torch.set_default_dtype(torch.float64)


def loss(x, y):
    return x**2.0 * torch.log(2.0 + torch.cos(y)) + 2.0**x / 8.0 + torch.floor(y) - torch.minimum(x, y) * torch.log10(11.0 + x)


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{loss(*w).item()!r}")


w = torch.tensor([1.3, 2.2], requires_grad=True)
optimizer = torch.optim.Adamax([w], lr=0.05, betas=(0.9, 0.999), eps=1e-8)

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    optimizer.zero_grad()
    loss(*w).backward()
    optimizer.step()
    show(k)
