"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Your own formula. Optimizer: RMSprop.
"""

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")


def absolute(z):
    return carry(z, abs(z.real), np.sign(z.real))


def maximum(a, b):
    return choose(a, b, a.real > b.real)


def sqrt(z):
    root = np.sqrt(z.real)
    return carry(z, root, 0.5 / root)


def cbrt(z):
    root = np.cbrt(z.real)
    return carry(z, root, 1.0 / (3.0 * root**2))


def arctan2(y, x):
    square = np.square(x.real) + np.square(y.real)
    turn = np.divide(x.real, square) * y.imag - np.divide(y.real, square) * x.imag
    return carry(x + y, np.arctan2(y.real, x.real), turn, 1.0)


def choose(a, b, first):
    if np.isnan(a.real) or np.isnan(b.real):
        return carry(a + b, np.nan, np.nan)
    if a.real == b.real:
        return carry(a + b, a.real, (a.imag + b.imag) / 2.0, 1.0)
    chosen = a if first else b
    return carry(a + b, chosen.real, chosen.imag, 1.0)


def carry(z, value, slope, along=None):
    if not np.iscomplexobj(z):
        return np.float64(value)
    along = z.imag if along is None else along
    return np.complex128(complex(value, slope * along))


def loss(x, y):
    return maximum(absolute(x), y**2.0 / 3.0) + cbrt(x - y) / 9.0 + arctan2(y, x + 7.0) * sqrt(9.0 + x)


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


w = np.array([2.3, -1.7])
lr = 0.02
alpha = 0.99
momentum = 0.5
eps = 0.001
v = np.zeros(len(w))
m = np.zeros(len(w))
b = np.zeros(len(w))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    g = gradient(w)
    v = alpha * v + (1.0 - alpha) * g**2.0
    m = alpha * m + (1.0 - alpha) * g
    b = momentum * b + g / (np.sqrt(v - m**2.0) + eps)
    w = w - lr * b
    show(k)
