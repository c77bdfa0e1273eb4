"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Your own formula. Optimizer: RMSprop.
"""

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")

nan = complex(np.nan, np.nan)


def absolute(z):
    return np.sign(z.real) * z


def maximum(a, b):
    return b if a.real < b.real else a


def sqrt(z):
    return np.sqrt(z) if z.real >= 0.0 else nan


def cbrt(z):
    root = np.cbrt(z.real)
    return root + 1j * z.imag / (3.0 * root**2)


def arctan2(y, x):
    turn = (x.real * y.imag - y.real * x.imag) / (x.real**2 + y.real**2)
    return np.arctan2(y.real, x.real) + 1j * turn


def loss(x, y):
    return maximum(absolute(x), y**2.0 / 3.0) + cbrt(x - y) / 9.0 + arctan2(y, x + 7.0) * sqrt(9.0 + x)


def gradient(w):
    """By the complex step: Squire & Trapp 1998."""
    steps = 1e-100j * np.eye(len(w))
    return np.array([loss(*(w + step)).imag for step in steps]) / 1e-100


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{float(loss(*(w + 0j)).real)!r}")


w = np.array([2.3, -1.7])
lr = 0.02
alpha = 0.99
momentum = 0.5
eps = 0.001
v = np.zeros(len(w))
m = np.zeros(len(w))
b = np.zeros(len(w))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    g = gradient(w)
    v = alpha * v + (1.0 - alpha) * g**2.0
    m = alpha * m + (1.0 - alpha) * g
    b = momentum * b + g / (np.sqrt(v - m**2.0) + eps)
    w = w - lr * b
    show(k)
