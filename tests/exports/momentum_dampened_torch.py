"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: Rosenbrock. Optimizer: Momentum.
"""

import torch

torch.set_default_dtype(torch.float64)


def loss(x, y):
    a = torch.tensor(1.0)
    b = torch.tensor(20.0)
    return (a - x)**2.0 + b * (y - x**2.0)**2.0


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{loss(*w).item()!r}")


w = torch.tensor([-1.2, 1.0], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.001, momentum=0.9, dampening=0.1, weight_decay=0.01)

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    optimizer.zero_grad()
    loss(*w).backward()
    optimizer.step()
    show(k)
