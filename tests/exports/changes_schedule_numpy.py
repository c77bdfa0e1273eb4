"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Lessard–Recht–Packard. Optimizer: RMSprop.
"""

import math

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")


def maximum(a, b):
    return choose(a, b, a.real > b.real)


def choose(a, b, first):
    if np.isnan(a.real) or np.isnan(b.real):
        return carry(a + b, np.nan, np.nan)
    if a.real == b.real:
        return carry(a + b, a.real, (a.imag + b.imag) / 2.0, 1.0)
    chosen = a if first else b
    return carry(a + b, chosen.real, chosen.imag, 1.0)


def carry(z, value, slope, along=None):
    if not np.iscomplexobj(z):
        return np.float64(value)
    along = z.imag if along is None else along
    return np.complex128(complex(value, slope * along))


def loss(x):
    p = maximum(x - 1.0, 0.0)
    q = maximum(x - 2.0, 0.0)
    return (25.0 * x**2.0 - 24.0 * (p**2.0 - q**2.0)) / 2.0


def gradient(w):
    """By the complex step: Squire & Trapp 1998."""
    slope = np.zeros(len(w))
    for axis in range(len(w)):
        z = list(w)
        z[axis] += 1e-100j
        slope[axis] = loss(*z).imag / 1e-100
    # What is smaller is what the method leaves out.
    slope[np.abs(slope) < 1e-150] = 0.0
    return slope


def learning_rate(k):
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
    return np.array([radius * math.cos(angle)])


def show(k):
    (x,) = w.tolist()
    print(f"{k},{x!r},0.0,{float(loss(*w))!r}")


w = np.array([3.2])
alpha = 0.99
eps = 1e-8
v = np.zeros(len(w))

# New values, by the number of steps made before.
changes = {
    15: {"alpha": 0.9},
    30: {"eps": 0.001},
}

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    lr = learning_rate(k)
    change = changes.get(k - 1, {})
    alpha = change.get("alpha", alpha)
    eps = change.get("eps", eps)
    g = gradient(w) + noise(k)
    v = alpha * v + (1.0 - alpha) * g**2.0
    w = w - lr * g / (np.sqrt(v) + eps)
    show(k)
