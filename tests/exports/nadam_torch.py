"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: Griewank. Optimizer: NAdam.
"""

import torch

torch.set_default_dtype(torch.float64)


def loss(x, y):
    return 1.0 + (x**2.0 + y**2.0) / 4000.0 - torch.cos(x) * torch.cos(y / 1.4142135623730951)


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{loss(*w).item()!r}")


w = torch.tensor([-6.5, 3.8], requires_grad=True)
optimizer = torch.optim.NAdam([w], lr=0.1, betas=(0.9, 0.999), eps=1e-8, momentum_decay=0.004, decoupled_weight_decay=True, weight_decay=0.02)

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    optimizer.zero_grad()
    loss(*w).backward()
    optimizer.step()
    show(k)
