"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Linear regression. Optimizer: Gradient descent.
"""

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")

samples = np.array([
    [-1.9916666666666667, 0.6],
    [-1.6916666666666669, 0.9],
    [-1.5916666666666668, 1.2],
    [-1.3916666666666666, 0.7],
    [-1.1916666666666669, 1.1],
    [-1.1916666666666669, 0.4],
    [-0.9916666666666667, 1.2],
    [-0.6916666666666669, 0.8],
    [-0.5916666666666668, 1.2],
    [-0.4916666666666667, 2.2],
    [-0.19166666666666687, 1.2],
    [-0.09166666666666679, 2.4],
    [0.10833333333333295, 2.4],
    [0.20833333333333348, 2.2],
    [0.40833333333333366, 2.7],
    [0.5083333333333333, 2.8],
    [0.8083333333333331, 3.3],
    [1.0083333333333333, 2.9],
    [1.108333333333333, 2.8],
    [1.3083333333333331, 3.0],
    [1.4083333333333337, 2.9],
    [1.5083333333333333, 3.4],
    [1.8083333333333331, 3.3],
    [1.9083333333333337, 4.1],
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
lr = 0.1

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    g = gradient(w)
    g = g + 0.1 * (w)
    w = w - lr * g
    show(k)
