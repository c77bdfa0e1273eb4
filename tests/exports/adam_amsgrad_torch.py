"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: Logistic regression. Optimizer: Adam.
"""

import torch

torch.set_default_dtype(torch.float64)

samples = torch.tensor([
    [-3.8, 0.0],
    [-3.4, 0.0],
    [-3.1, 0.0],
    [-2.7, 0.0],
    [-2.4, 0.0],
    [-2.0, 0.0],
    [-1.8, 0.0],
    [-1.6, 1.0],
    [-1.0, 0.0],
    [-0.7, 0.0],
    [-0.4, 1.0],
    [-0.1, 0.0],
    [0.2, 1.0],
    [0.4, 0.0],
    [0.9, 0.0],
    [1.2, 1.0],
    [1.4, 1.0],
    [1.7, 0.0],
    [2.3, 1.0],
    [2.7, 1.0],
    [2.7, 1.0],
    [3.3, 1.0],
    [3.5, 1.0],
    [3.7, 1.0],
])


def loss(x, y):
    input, target = samples.T
    s = 2.0 * target - 1.0
    return torch.mean(torch.log(1.0 + torch.exp(-s * (x * input + y))))


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{loss(*w).item()!r}")


w = torch.tensor([-2.0, 2.0], requires_grad=True)
optimizer = torch.optim.Adam([w], lr=0.1, betas=(0.9, 0.999), eps=1e-8, amsgrad=True, weight_decay=0.01)

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    optimizer.zero_grad()
    loss(*w).backward()
    optimizer.step()
    show(k)
