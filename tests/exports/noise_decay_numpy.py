"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Booth. Optimizer: Adam.
"""

import math

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")


def loss(x, y):
    return (x + 2.0 * y - 7.0)**2.0 + (2.0 * x + y - 5.0)**2.0


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
    return np.array([radius * math.cos(angle), radius * math.sin(angle)])


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{float(loss(*w))!r}")


w = np.array([-5.0, 7.0])
lr = 0.1
beta1 = 0.9
beta2 = 0.999
eps = 1e-8
m = np.zeros(len(w))
v = np.zeros(len(w))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    g = -(gradient(w) + noise(k))
    g = g + 0.1 * (w)
    m = beta1 * m + (1.0 - beta1) * g
    v = beta2 * v + (1.0 - beta2) * g**2.0
    w = w - lr * m / (1.0 - beta1**k) / (np.sqrt(v / (1.0 - beta2**k)) + eps)
    show(k)
