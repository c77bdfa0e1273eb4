"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: Ravine. Optimizer: Momentum.
"""

import torch

torch.set_default_dtype(torch.float64)


def loss(x, y):
    kappa = torch.tensor(60.0)
    angle = torch.tensor(20.0)
    t = angle * 3.141592653589793 / 180.0
    u = x * torch.cos(t) + y * torch.sin(t)
    v = y * torch.cos(t) - x * torch.sin(t)
    return (u**2.0 + kappa * v**2.0) / 2.0


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{loss(*w).item()!r}")


w = torch.tensor([-8.0, -0.3], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.02, momentum=0.9, dampening=0.0)

# New values, by the number of steps made before.
changes = {
    20: {"lr": 0.005, "momentum": 0.8},
    40: {"momentum": 0.5, "weight_decay": 0.1},
}

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    optimizer.param_groups[0].update(changes.get(k - 1, {}))
    optimizer.zero_grad()
    loss(*w).backward()
    optimizer.step()
    show(k)
