"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: Double well (1-D). Optimizer: Rprop.
"""

import torch

torch.set_default_dtype(torch.float64)


def loss(x):
    tilt = torch.tensor(0.4)
    return (x**2.0 - 1.0)**2.0 + tilt * x


def show(k):
    (x,) = w.tolist()
    print(f"{k},{x!r},0.0,{loss(*w).item()!r}")


w = torch.tensor([1.9], requires_grad=True)
optimizer = torch.optim.Rprop([w], lr=0.01, etas=(0.5, 1.2), step_sizes=(1e-6, 0.2))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    optimizer.zero_grad()
    loss(*w).backward()
    optimizer.step()
    show(k)
