"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: Lessard–Recht–Packard. Optimizer: Momentum.
"""

import torch

torch.set_default_dtype(torch.float64)


def loss(x):
    p = torch.maximum(x - 1.0, torch.tensor(0.0))
    q = torch.maximum(x - 2.0, torch.tensor(0.0))
    return (25.0 * x**2.0 - 24.0 * (p**2.0 - q**2.0)) / 2.0


def show(k):
    (x,) = w.tolist()
    print(f"{k},{x!r},0.0,{loss(*w).item()!r}")


w = torch.tensor([3.2], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1111111111111111, momentum=0.4444444444444444, dampening=0.0)

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    optimizer.zero_grad()
    loss(*w).backward()
    optimizer.step()
    show(k)
