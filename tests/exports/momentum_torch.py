"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: Ravine. Optimizer: Momentum.
"""

import torch

torch.set_default_dtype(torch.float64)


def loss(x, y):
    kappa = torch.tensor(40.0)
    angle = torch.tensor(30.0)
    t = angle * 3.141592653589793 / 180.0
    u = x * torch.cos(t) + y * torch.sin(t)
    v = y * torch.cos(t) - x * torch.sin(t)
    return (u**2.0 + kappa * v**2.0) / 2.0


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{loss(*w).item()!r}")


w = torch.tensor([-8.0, -0.3], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.02, momentum=0.8, dampening=0.0)

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    optimizer.zero_grad()
    loss(*w).backward()
    optimizer.step()
    show(k)
