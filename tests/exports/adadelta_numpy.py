"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Styblinski–Tang. Optimizer: Adadelta.
"""

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")


def loss(x, y):
    return (x**4.0 - 16.0 * x**2.0 + 5.0 * x + y**4.0 - 16.0 * y**2.0 + 5.0 * y) / 2.0


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


w = np.array([4.7, -1.6])
lr = 50.0
rho = 0.9
eps = 1e-6
v = np.zeros(len(w))
u = np.zeros(len(w))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    g = gradient(w)
    v = rho * v + (1.0 - rho) * g**2.0
    d = np.sqrt(u + eps) / np.sqrt(v + eps) * g
    u = rho * u + (1.0 - rho) * d**2.0
    w = w - lr * d
    show(k)
