"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: Saddle. Optimizer: Adagrad.
"""

import torch

torch.set_default_dtype(torch.float64)


def loss(x, y):
    return (x**2.0 - y**2.0) / 2.0


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{loss(*w).item()!r}")


w = torch.tensor([2.0, 0.1], requires_grad=True)
optimizer = torch.optim.Adagrad([w], lr=0.5, lr_decay=0.01, initial_accumulator_value=0.1, eps=1e-10)

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    optimizer.zero_grad()
    loss(*w).backward()
    optimizer.step()
    show(k)
