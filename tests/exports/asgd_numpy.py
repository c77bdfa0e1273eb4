"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Goldstein–Price. Optimizer: Averaged descent.
"""

import math

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")


def loss(x, y):
    u = 1.0 + (x + y + 1.0)**2.0 * (19.0 - 14.0 * x + 3.0 * x**2.0 - 14.0 * y + 6.0 * x * y + 3.0 * y**2.0)
    v = 30.0 + (2.0 * x - 3.0 * y)**2.0 * (18.0 - 32.0 * x + 12.0 * x**2.0 + 48.0 * y - 36.0 * x * y + 27.0 * y**2.0)
    return u * v


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
    passed = (k - 1) / 100.0
    return 1e-5 * 0.1 ** passed


def show(k):
    x, y = w.tolist()
    print(f"{k},{x!r},{y!r},{float(loss(*w))!r}")


w = np.array([-1.0, 0.6])
lambd = 0.1
alpha = 0.75
t0 = 1000000.0
s = np.zeros(len(w))
a = np.zeros(len(w))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    lr = learning_rate(k)
    g = gradient(w)
    s = (lr if k == 1 else s)
    w = w * (1.0 - lambd * s) - s * g
    a = a + (w - a) / np.maximum(1.0, k - 1.0 - t0)
    s = lr / (1.0 + lambd * lr * k)**alpha
    show(k)
