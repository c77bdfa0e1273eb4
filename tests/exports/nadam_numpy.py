"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Griewank. Optimizer: NAdam.
"""

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")


def loss(x, y):
    return 1.0 + (x**2.0 + y**2.0) / 4000.0 - np.cos(x) * np.cos(y / 1.4142135623730951)


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


w = np.array([-6.5, 3.8])
lr = 0.1
beta1 = 0.9
beta2 = 0.999
eps = 1e-8
momentum_decay = 0.004
p = np.zeros(len(w))
m = np.zeros(len(w))
v = np.zeros(len(w))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    g = gradient(w)
    w = w * (1.0 - lr * 0.02)
    u = beta1 * (1.0 - 0.5 * 0.96**(k * momentum_decay))
    n = beta1 * (1.0 - 0.5 * 0.96**((k + 1.0) * momentum_decay))
    p = (1.0 if k == 1 else p) * u
    m = beta1 * m + (1.0 - beta1) * g
    v = beta2 * v + (1.0 - beta2) * g**2.0
    d = np.sqrt(v / (1.0 - beta2**k)) + eps
    w = w - lr * (1.0 - u) / (1.0 - p) * g / d - lr * n / (1.0 - p * n) * m / d
    show(k)
