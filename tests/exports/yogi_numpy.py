"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Parabola. Optimizer: Yogi.
"""

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")


def loss(x):
    return x**2.0 / 2.0


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


w = np.array([1.0])
lr = 0.05
beta1 = 0.9
beta2 = 0.999
eps = 0.001
m = np.zeros(len(w))
v = np.zeros(len(w))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    g = gradient(w)
    m = beta1 * (1e-6 if k == 1 else m) + (1.0 - beta1) * g
    v = (1e-6 if k == 1 else v)
    v = v - (1.0 - beta2) * np.sign(v - g**2.0) * g**2.0
    w = w - lr * m / (1.0 - beta1**k) / (np.sqrt(v / (1.0 - beta2**k)) + eps)
    show(k)
