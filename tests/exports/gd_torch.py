"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: Linear regression. Optimizer: Gradient descent.
"""

import torch

torch.set_default_dtype(torch.float64)

samples = torch.tensor([
    [2.0, 0.6],
    [2.3, 0.9],
    [2.4, 1.2],
    [2.6, 0.7],
    [2.8, 1.1],
    [2.8, 0.4],
    [3.0, 1.2],
    [3.3, 0.8],
    [3.4, 1.2],
    [3.5, 2.2],
    [3.8, 1.2],
    [3.9, 2.4],
    [4.1, 2.4],
    [4.2, 2.2],
    [4.4, 2.7],
    [4.5, 2.8],
    [4.8, 3.3],
    [5.0, 2.9],
    [5.1, 2.8],
    [5.3, 3.0],
    [5.4, 2.9],
    [5.5, 3.4],
    [5.8, 3.3],
    [5.9, 4.1],
])


def loss(x, y):
    input, target = samples.T
    return torch.mean((x * input + y - target)**2.0 / 2.0)


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{loss(*w).item()!r}")


w = torch.tensor([-1.0, 2.0], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.05)

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    optimizer.zero_grad()
    loss(*w).backward()
    optimizer.step()
    show(k)
