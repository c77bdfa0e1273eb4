"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Saddle. Optimizer: Adagrad.
"""

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")


def loss(x, y):
    return (x**2.0 - y**2.0) / 2.0


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


w = np.array([2.0, 0.1])
lr = 0.5
lr_decay = 0.01
initial_accumulator_value = 0.1
eps = 1e-10
s = np.zeros(len(w))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    g = gradient(w)
    s = (initial_accumulator_value if k == 1 else s) + g**2.0
    w = w - lr / (1.0 + (k - 1.0) * lr_decay) * g / (np.sqrt(s) + eps)
    show(k)
