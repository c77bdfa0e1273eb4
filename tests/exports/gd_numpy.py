"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Linear regression. Optimizer: Gradient descent.
"""

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")

samples = np.array([
    [2.0, 0.6],
    [2.3, 0.9],
    [2.4, 1.2],
    [2.6, 0.7],
    [2.8, 1.1],
    [2.8, 0.4],
    [3.0, 1.2],
    [3.3, 0.8],
    [3.4, 1.2],
    [3.5, 2.2],
    [3.8, 1.2],
    [3.9, 2.4],
    [4.1, 2.4],
    [4.2, 2.2],
    [4.4, 2.7],
    [4.5, 2.8],
    [4.8, 3.3],
    [5.0, 2.9],
    [5.1, 2.8],
    [5.3, 3.0],
    [5.4, 2.9],
    [5.5, 3.4],
    [5.8, 3.3],
    [5.9, 4.1],
])


def sample_loss(x, y, input, target):
    return (x * input + y - target)**2.0 / 2.0


def loss(x, y):
    return sum(sample_loss(x, y, *sample) for sample in samples) / len(samples)


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


w = np.array([-1.0, 2.0])
lr = 0.05

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    g = gradient(w)
    w = w - lr * g
    show(k)
