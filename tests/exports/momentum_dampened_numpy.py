"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Rosenbrock. Optimizer: Momentum.
"""

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")


def loss(x, y):
    a = 1.0
    b = 20.0
    return (a - x)**2.0 + b * (y - x**2.0)**2.0


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


w = np.array([-1.2, 1.0])
lr = 0.001
beta = 0.9
dampening = 0.1
v = np.zeros(len(w))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    g = gradient(w)
    g = g + 0.01 * (w)
    v = (g if k == 1 else beta * v + (1.0 - dampening) * g)
    w = w - lr * v
    show(k)
