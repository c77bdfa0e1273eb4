"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: Styblinski–Tang. Optimizer: Adadelta.
"""

import torch

torch.set_default_dtype(torch.float64)


def loss(x, y):
    return (x**4.0 - 16.0 * x**2.0 + 5.0 * x + y**4.0 - 16.0 * y**2.0 + 5.0 * y) / 2.0


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{loss(*w).item()!r}")


w = torch.tensor([4.7, -1.6], requires_grad=True)
optimizer = torch.optim.Adadelta([w], lr=50.0, rho=0.9, eps=1e-6)

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    optimizer.zero_grad()
    loss(*w).backward()
    optimizer.step()
    show(k)
