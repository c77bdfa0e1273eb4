"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Rastrigin. Optimizer: AdaBelief.
"""

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")


def loss(x, y):
    return 20.0 + x**2.0 - 10.0 * np.cos(6.283185307179586 * x) + y**2.0 - 10.0 * np.cos(6.283185307179586 * y)


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


w = np.array([-4.4, 2.4])
lr = 0.05
beta1 = 0.9
beta2 = 0.999
eps = 1e-16
eps_root = 1e-16
m = np.zeros(len(w))
v = np.zeros(len(w))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    g = gradient(w)
    m = beta1 * m + (1.0 - beta1) * g
    v = beta2 * v + (1.0 - beta2) * (g - m)**2.0 + eps_root
    w = w - lr * m / (1.0 - beta1**k) / (np.sqrt(v / (1.0 - beta2**k)) + eps)
    show(k)
