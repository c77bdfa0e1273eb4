"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: One neuron. Optimizer: AdamW.
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


def loss(x, y):
    return sum(sample_loss(x, y, *sample) for sample in samples) / len(samples)


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
    passed = (k - 1) / 10.0
    return 0.1 * (0.1 + (1.0 - 0.1) * min(passed, 1.0))


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{float(loss(*w))!r}")


w = np.array([0.5, 1.0])
beta1 = 0.9
beta2 = 0.999
eps = 1e-8
m = np.zeros(len(w))
v = np.zeros(len(w))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    lr = learning_rate(k)
    g = gradient(w)
    w = w * (1.0 - lr * 0.01)
    m = beta1 * m + (1.0 - beta1) * g
    v = beta2 * v + (1.0 - beta2) * g**2.0
    w = w - lr * m / (1.0 - beta1**k) / (np.sqrt(v / (1.0 - beta2**k)) + eps)
    show(k)
