"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: Booth. Optimizer: Adam.
"""

import math

import torch

torch.set_default_dtype(torch.float64)


def loss(x, y):
    return (x + 2.0 * y - 7.0)**2.0 + (2.0 * x + y - 5.0)**2.0


def draws(stream, k):
    """64-bit numbers for step k by SplitMix64: Steele, Lea & Flood 2014."""
    golden, mask = 0x9E3779B97F4A7C15, 2**64 - 1

    def mix(z):
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & mask
        z = (z ^ z >> 27) * 0x94D049BB133111EB & mask
        return z ^ z >> 31

    state = mix((4294967295 ^ stream << 40) + golden & mask) ^ k * golden & mask
    while True:
        state = state + golden & mask
        yield mix(state)


def noise(k):
    """Normal numbers by Box & Muller's transform."""
    numbers = draws(0, k)
    size, turn = [((next(numbers) >> 11) + 1) / 2**53 for _ in range(2)]
    radius = 2.0 * math.sqrt(-2.0 * math.log(size))
    angle = math.tau * turn
    return torch.tensor([radius * math.cos(angle), radius * math.sin(angle)])


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{loss(*w).item()!r}")


w = torch.tensor([-5.0, 7.0], requires_grad=True)
optimizer = torch.optim.Adam([w], lr=0.1, betas=(0.9, 0.999), eps=1e-8, amsgrad=False, weight_decay=0.1, maximize=True)

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    optimizer.zero_grad()
    loss(*w).backward()
    w.grad += noise(k)
    optimizer.step()
    show(k)
