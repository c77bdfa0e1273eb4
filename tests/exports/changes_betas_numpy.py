"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Rosenbrock. Optimizer: Adam.
"""

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")


def loss(x, y):
    a = 1.0
    b = 100.0
    return (a - x)**2.0 + b * (y - x**2.0)**2.0


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


w = np.array([-1.2, 1.0])
lr = 0.05
beta1 = 0.9
beta2 = 0.999
eps = 1e-8
beta1_k = 1.0
beta2_k = 1.0
m = np.zeros(len(w))
v = np.zeros(len(w))

# New values, by the number of steps made before.
changes = {
    2: {"beta1": 0.5},
    10: {"beta1": 0.95, "beta2": 0.9},
}

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    change = changes.get(k - 1, {})
    beta1 = change.get("beta1", beta1)
    beta2 = change.get("beta2", beta2)
    beta1_k = beta1_k * beta1
    beta2_k = beta2_k * beta2
    g = gradient(w)
    m = beta1 * m + (1.0 - beta1) * g
    v = beta2 * v + (1.0 - beta2) * g**2.0
    w = w - lr * m / (1.0 - beta1_k) / (np.sqrt(v / (1.0 - beta2_k)) + eps)
    show(k)
