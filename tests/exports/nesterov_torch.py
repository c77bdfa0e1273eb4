"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: Beale. Optimizer: Nesterov.
"""

import torch

torch.set_default_dtype(torch.float64)


def loss(x, y):
    return (1.5 - x + x * y)**2.0 + (2.25 - x + x * y**2.0)**2.0 + (2.625 - x + x * y**3.0)**2.0


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{loss(*w).item()!r}")


w = torch.tensor([1.0, 1.5], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.001, momentum=0.9, nesterov=True)

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    optimizer.zero_grad()
    loss(*w).backward()
    optimizer.step()
    show(k)
