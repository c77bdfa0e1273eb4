"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Ackley. Optimizer: Adam.
"""

import math

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")


def sqrt(z):
    root = np.sqrt(z.real)
    return carry(z, root, 0.5 / root)


def carry(z, value, slope, along=None):
    if not np.iscomplexobj(z):
        return np.float64(value)
    along = z.imag if along is None else along
    return np.complex128(complex(value, slope * along))


def loss(x, y):
    r = sqrt((x**2.0 + y**2.0) / 2.0)
    c = (np.cos(6.283185307179586 * x) + np.cos(6.283185307179586 * y)) / 2.0
    return 20.0 - 20.0 * np.exp(-r / 5.0) + 2.718281828459045 - np.exp(c)


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
    passed = (k - 1) / 40.0
    return 0.1 * (0.1 + (1.0 - 0.1) * 0.5 * (1.0 + math.cos(math.pi * min(passed, 1.0))))


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{float(loss(*w))!r}")


w = np.array([3.2, 0.4])
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
    m = beta1 * m + (1.0 - beta1) * g
    v = beta2 * v + (1.0 - beta2) * g**2.0
    w = w - lr * m / (1.0 - beta1**k) / (np.sqrt(v / (1.0 - beta2**k)) + eps)
    show(k)
