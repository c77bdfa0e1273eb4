"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Lessard–Recht–Packard. Optimizer: Momentum.
"""

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")


def maximum(a, b):
    return b if a.real < b.real else a


def loss(x):
    p = maximum(x - 1.0, 0.0)
    q = maximum(x - 2.0, 0.0)
    return (25.0 * x**2.0 - 24.0 * (p**2.0 - q**2.0)) / 2.0


def gradient(w):
    """By the complex step: Squire & Trapp 1998."""
    steps = 1e-100j * np.eye(len(w))
    return np.array([loss(*(w + step)).imag for step in steps]) / 1e-100


def show(k):
    (x,) = w.tolist()
    print(f"{k},{x!r},0.0,{float(loss(*(w + 0j)).real)!r}")


w = np.array([3.2])
lr = 0.1111111111111111
beta = 0.4444444444444444
v = np.zeros(len(w))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    g = gradient(w)
    v = beta * v + g
    w = w - lr * v
    show(k)
