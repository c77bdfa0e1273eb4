"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Lévy. Optimizer: Lion.
"""

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")


def loss(x, y):
    u = 1.0 + (x - 1.0) / 4.0
    v = 1.0 + (y - 1.0) / 4.0
    return np.sin(3.141592653589793 * u)**2.0 + (u - 1.0)**2.0 * (1.0 + 10.0 * np.sin(3.141592653589793 * u + 1.0)**2.0) + (v - 1.0)**2.0 * (1.0 + np.sin(6.283185307179586 * v)**2.0)


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


w = np.array([9.2, 1.6])
lr = 0.05
beta1 = 0.9
beta2 = 0.99
m = np.zeros(len(w))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    g = gradient(w)
    w = w * (1.0 - lr * 0.1)
    w = w - lr * np.sign(beta1 * m + (1.0 - beta1) * g)
    m = beta2 * m + (1.0 - beta2) * g
    show(k)
