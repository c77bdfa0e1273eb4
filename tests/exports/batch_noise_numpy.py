"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: One neuron. Optimizer: Nesterov.
"""

import math

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")

samples = np.array([
    [-2.8, -1.08],
    [-2.7, -1.08],
    [-2.4, -1.04],
    [-2.1, -1.08],
    [-1.8, -1.04],
    [-1.6, -1.16],
    [-1.4, -0.96],
    [-1.1, -0.99],
    [-0.8, -1.11],
    [-0.6, -1.21],
    [-0.4, -0.96],
    [-0.1, -0.77],
    [0.1, -0.84],
    [0.3, -0.63],
    [0.7, 0.0],
    [0.9, 0.46],
    [1.1, 0.56],
    [1.3, 0.91],
    [1.6, 0.9],
    [1.9, 1.07],
    [2.0, 0.99],
    [2.4, 0.97],
    [2.7, 0.85],
    [2.8, 0.93],
])


def sample_loss(x, y, input, target):
    return (np.tanh(x * input + y) - target)**2.0 / 2.0


def loss(x, y, samples=samples):
    return sum(sample_loss(x, y, *sample) for sample in samples) / len(samples)


def gradient(w, samples=samples):
    """By the complex step: Squire & Trapp 1998."""
    slope = np.zeros(len(w))
    for axis in range(len(w)):
        z = list(w)
        z[axis] += 1e-100j
        slope[axis] = loss(*z, samples).imag / 1e-100
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

    state = mix((3 ^ stream << 40) + golden & mask) ^ k * golden & mask
    while True:
        state = state + golden & mask
        yield mix(state)


def noise(k):
    """Normal numbers by Box & Muller's transform."""
    numbers = draws(0, k)
    size, turn = [((next(numbers) >> 11) + 1) / 2**53 for _ in range(2)]
    radius = 0.05 * math.sqrt(-2.0 * math.log(size))
    angle = math.tau * turn
    return np.array([radius * math.cos(angle), radius * math.sin(angle)])


def batch(k):
    """Samples drawn with replacement."""
    numbers = draws(1, k)
    return samples[[next(numbers) % len(samples) for _ in range(1)]]


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{float(loss(*w))!r}")


w = np.array([0.5, 1.0])
lr = 0.1
beta = 0.9
v = np.zeros(len(w))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    g = gradient(w, batch(k)) + noise(k)
    v = beta * v + g
    w = w - lr * (g + beta * v)
    show(k)
