"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: McCormick. Optimizer: RAdam.
"""

import math

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")


def loss(x, y):
    return np.sin(x + y) + (x - y)**2.0 - 1.5 * x + 2.5 * y + 1.0


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
    passed = (k - 1) / 20.0
    return 0.1 * 0.1 ** math.floor(passed)


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{float(loss(*w))!r}")


w = np.array([4.5, 2.8])
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
    l = 2.0 / (1.0 - beta2) - 1.0
    r = l - 2.0 * k * beta2**k / (1.0 - beta2**k)
    c = np.sqrt(np.maximum((r - 4.0) * (r - 2.0) * l / ((l - 4.0) * (l - 2.0) * r), 0.0))
    a = c * np.sqrt(1.0 - beta2**k) / (np.sqrt(v) + eps)
    h = np.maximum(np.sign(r - 5.0), 0.0)
    w = w - lr * m / (1.0 - beta1**k) * (h * a + 1.0 - h)
    show(k)
