"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Double well (1-D). Optimizer: Rprop.
"""

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")


def loss(x):
    tilt = 0.4
    return (x**2.0 - 1.0)**2.0 + tilt * x


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
    (x,) = w.tolist()
    print(f"{k},{x!r},0.0,{float(loss(*w))!r}")


w = np.array([1.9])
lr = 0.01
etaminus = 0.5
etaplus = 1.2
step_min = 1e-6
step_max = 0.2
p = np.zeros(len(w))
s = np.zeros(len(w))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    g = gradient(w)
    a = np.sign(g * p)
    f = 1.0 + (etaplus - 1.0) * np.maximum(a, 0.0) + (1.0 - etaminus) * np.minimum(a, 0.0)
    s = np.minimum(np.maximum((lr if k == 1 else s) * f, step_min), step_max)
    p = g * np.minimum(a + 1.0, 1.0)
    w = w - np.sign(p) * s
    show(k)
