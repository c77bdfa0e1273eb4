"""A path of Momentum Lab in PyTorch, in float64: prints step,x,y,loss.

Surface: Lessard–Recht–Packard. Optimizer: RMSprop.
"""

import math

import torch

torch.set_default_dtype(torch.float64)


def loss(x):
    p = torch.maximum(x - 1.0, torch.tensor(0.0))
    q = torch.maximum(x - 2.0, torch.tensor(0.0))
    return (25.0 * x**2.0 - 24.0 * (p**2.0 - q**2.0)) / 2.0


def lr(k):
    legs = {
        0: (0.1, 50.0, 0.1),
        30: (0.2, 50.0, 0.5),
    }
    peak, steps, factor = legs[max(leg for leg in legs if leg < k)]
    passed = (k - 1) / steps
    return peak * (factor + (1.0 - factor) * 0.5 * (1.0 + math.cos(math.pi * min(passed, 1.0))))


def draws(stream, k):
    """64-bit numbers for step k by SplitMix64: Steele, Lea & Flood 2014."""
    golden, mask = 0x9E3779B97F4A7C15, 2**64 - 1

    def mix(z):
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & mask
        z = (z ^ z >> 27) * 0x94D049BB133111EB & mask
        return z ^ z >> 31

    state = mix((1 ^ stream << 40) + golden & mask) ^ k * golden & mask
    while True:
        state = state + golden & mask
        yield mix(state)


def noise(k):
    """Normal numbers by Box & Muller's transform."""
    numbers = draws(0, k)
    size, turn = [((next(numbers) >> 11) + 1) / 2**53 for _ in range(2)]
    radius = 0.1 * math.sqrt(-2.0 * math.log(size))
    angle = math.tau * turn
    return torch.tensor([radius * math.cos(angle)])


def show(k):
    (x,) = w.tolist()
    print(f"{k},{x!r},0.0,{loss(*w).item()!r}")


w = torch.tensor([3.2], requires_grad=True)
optimizer = torch.optim.RMSprop([w], lr=lr(1), alpha=0.99, eps=1e-8, momentum=0.0, centered=False)

# New values, by the number of steps made before.
changes = {
    15: {"alpha": 0.9},
    30: {"eps": 0.001},
}

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    optimizer.param_groups[0]["lr"] = lr(k)
    optimizer.param_groups[0].update(changes.get(k - 1, {}))
    optimizer.zero_grad()
    loss(*w).backward()
    w.grad += noise(k)
    optimizer.step()
    show(k)
