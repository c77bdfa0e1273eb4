"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Ravine. Optimizer: Momentum.
"""

import math

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")


def loss(x, y):
    kappa = 60.0
    angle = 20.0
    t = angle * 3.141592653589793 / 180.0
    u = x * np.cos(t) + y * np.sin(t)
    v = y * np.cos(t) - x * np.sin(t)
    return (u**2.0 + kappa * v**2.0) / 2.0


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
    return np.array([radius * math.cos(angle), radius * math.sin(angle)])


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{float(loss(*w))!r}")


w = np.array([-8.0, -0.3])
lr = 0.01
beta = 0.8
v = np.zeros(len(w))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    g = gradient(w) + noise(k)
    v = beta * v + g
    w = w - lr * v
    show(k)
