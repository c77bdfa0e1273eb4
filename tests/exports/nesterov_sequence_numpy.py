"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Matyas. Optimizer: Nesterov.
"""

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")


def loss(x, y):
    return 0.26 * (x**2.0 + y**2.0) - 0.48 * x * y


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


w = np.array([-8.0, -3.0])
lr = 0.3
b = np.zeros(len(w))
v = np.zeros(len(w))
t = np.zeros(len(w))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    g = gradient(w + b * v)
    v = b * v - lr * g
    w = w + v
    t = (1.0 + np.sqrt(1.0 + 4.0 * t**2.0)) / 2.0
    b = 2.0 * (t - 1.0) / (1.0 + np.sqrt(1.0 + 4.0 * t**2.0))
    show(k)
