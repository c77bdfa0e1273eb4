"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: Six-hump camel. Optimizer: Momentum.
"""

import torch

torch.set_default_dtype(torch.float64)


def loss(x, y):
    return (4.0 - 2.1 * x**2.0 + x**4.0 / 3.0) * x**2.0 + x * y + (4.0 * y**2.0 - 4.0) * y**2.0


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{loss(*w).item()!r}")


w = torch.tensor([0.2, 0.1], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.001, momentum=0.9, dampening=0.0, maximize=True)

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    optimizer.zero_grad()
    loss(*w).backward()
    optimizer.step()
    show(k)
