"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Ravine. Optimizer: Momentum.
"""

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


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{float(loss(*w))!r}")


w = np.array([-8.0, -0.3])
lr = 0.01
beta = 0.9
v = np.zeros(len(w))

# New values, by the number of steps made before.
changes = {
    20: {"lr": 0.005, "beta": 0.8},
    40: {"beta": 0.0},
}

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    change = changes.get(k - 1, {})
    lr = change.get("lr", lr)
    beta = change.get("beta", beta)
    g = gradient(w)
    v = beta * v - lr * g
    w = w + v
    show(k)
