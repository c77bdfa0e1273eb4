"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Logistic regression. Optimizer: Adam.
"""

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")

samples = np.array([
    [-3.8, 0.0],
    [-3.4, 0.0],
    [-3.1, 0.0],
    [-2.7, 0.0],
    [-2.4, 0.0],
    [-2.0, 0.0],
    [-1.8, 0.0],
    [-1.6, 1.0],
    [-1.0, 0.0],
    [-0.7, 0.0],
    [-0.4, 1.0],
    [-0.1, 0.0],
    [0.2, 1.0],
    [0.4, 0.0],
    [0.9, 0.0],
    [1.2, 1.0],
    [1.4, 1.0],
    [1.7, 0.0],
    [2.3, 1.0],
    [2.7, 1.0],
    [2.7, 1.0],
    [3.3, 1.0],
    [3.5, 1.0],
    [3.7, 1.0],
])


def log(z):
    return carry(z, np.log(z.real), np.divide(1.0, z.real))


def carry(z, value, slope, along=None):
    if not np.iscomplexobj(z):
        return np.float64(value)
    along = z.imag if along is None else along
    return np.complex128(complex(value, slope * along))


def sample_loss(x, y, input, target):
    s = 2.0 * target - 1.0
    return log(1.0 + np.exp(-s * (x * input + y)))


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


w = np.array([-2.0, 2.0])
lr = 0.1
beta1 = 0.9
beta2 = 0.999
eps = 1e-8
m = np.zeros(len(w))
v = np.zeros(len(w))
n = np.zeros(len(w))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    g = gradient(w)
    g = g + 0.01 * (w)
    m = beta1 * m + (1.0 - beta1) * g
    v = beta2 * v + (1.0 - beta2) * g**2.0
    n = np.maximum(n, v)
    w = w - lr * m / (1.0 - beta1**k) / (np.sqrt(n / (1.0 - beta2**k)) + eps)
    show(k)
