"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: Double well. Optimizer: Gradient descent.
"""

import torch

torch.set_default_dtype(torch.float64)


def loss(x, y):
    tilt = torch.tensor(0.2)
    return (x**2.0 - 1.0)**2.0 + tilt * x + y**2.0 / 2.0


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{loss(*w).item()!r}")


w = torch.tensor([1.9, 1.0], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.4)

print("step,x,y,loss")
show(0)
for k in range(1, 4 + 1):
    optimizer.zero_grad()
    loss(*w).backward()
    optimizer.step()
    show(k)
