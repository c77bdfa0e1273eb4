"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: Ravine. Optimizer: Momentum.
"""

import math

import torch

torch.set_default_dtype(torch.float64)


def loss(x, y):
    kappa = torch.tensor(60.0)
    angle = torch.tensor(20.0)
    t = angle * 3.141592653589793 / 180.0
    u = x * torch.cos(t) + y * torch.sin(t)
    v = y * torch.cos(t) - x * torch.sin(t)
    return (u**2.0 + kappa * v**2.0) / 2.0


def draws(stream, k):
    """64-bit numbers for step k by SplitMix64: Steele, Lea & Flood 2014."""
    golden, mask = 0x9E3779B97F4A7C15, 2**64 - 1

    def mix(z):
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & mask
        z = (z ^ z >> 27) * 0x94D049BB133111EB & mask
        return z ^ z >> 31

    state = mix((7 ^ stream << 40) + golden & mask) ^ k * golden & mask
    while True:
        state = state + golden & mask
        yield mix(state)


def noise(k):
    """Normal numbers by Box & Muller's transform."""
    numbers = draws(0, k)
    size, turn = [((next(numbers) >> 11) + 1) / 2**53 for _ in range(2)]
    radius = 0.5 * math.sqrt(-2.0 * math.log(size))
    angle = math.tau * turn
    return torch.tensor([radius * math.cos(angle), radius * math.sin(angle)])


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{loss(*w).item()!r}")


w = torch.tensor([-8.0, -0.3], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.01, momentum=0.8, dampening=0.0)

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    optimizer.zero_grad()
    loss(*w).backward()
    w.grad += noise(k)
    optimizer.step()
    show(k)
