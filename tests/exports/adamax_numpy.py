"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Your own formula. Optimizer: Adamax.
"""

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")

nan = complex(np.nan, np.nan)


def floor(z):
    return np.floor(z.real)


def minimum(a, b):
    return b if b.real < a.real else a


def log(z):
    return np.log(z) if z.real >= 0.0 else nan


def log10(z):
    return np.log10(z) if z.real >= 0.0 else nan


def power(a, b):
    return a**b if a.real > 0.0 else nan


def loss(x, y):
    return x**2.0 * log(2.0 + np.cos(y)) + power(2.0, x) / 8.0 + floor(y) - minimum(x, y) * log10(11.0 + x)


def gradient(w):
    """By the complex step: Squire & Trapp 1998."""
    steps = 1e-100j * np.eye(len(w))
    return np.array([loss(*(w + step)).imag for step in steps]) / 1e-100


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{float(loss(*(w + 0j)).real)!r}")


w = np.array([1.3, 2.2])
lr = 0.05
beta1 = 0.9
beta2 = 0.999
eps = 1e-8
m = np.zeros(len(w))
u = np.zeros(len(w))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    g = gradient(w)
    m = beta1 * m + (1.0 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g) + eps)
    w = w - lr * m / (1.0 - beta1**k) / u
    show(k)
