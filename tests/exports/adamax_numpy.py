"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Your own formula. Optimizer: Adamax.
"""

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")


def floor(z):
    return np.floor(z.real)


def minimum(a, b):
    return choose(a, b, a.real < b.real)


def log(z):
    return carry(z, np.log(z.real), np.divide(1.0, z.real))


def log10(z):
    return carry(z, np.log10(z.real), np.divide(np.log10(np.e), z.real))


def power(a, b):
    value, slope = np.power(a.real, b.real), 0.0
    if np.iscomplexobj(a):
        lowered = b.real * np.power(a.real, b.real - 1.0) if b.real else 0.0
        slope += a.imag * lowered
    if np.iscomplexobj(b):
        slope += b.imag * (value * np.log(a.real) if a.real > 0.0 else 0.0)
    return carry(a + b, value, slope, 1.0)


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
    return x**2.0 * log(2.0 + np.cos(y)) + power(2.0, x) / 8.0 + floor(y) - minimum(x, y) * log10(11.0 + x)


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


w = np.array([1.3, 2.2])
lr = 0.05
beta1 = 0.9
beta2 = 0.999
eps = 1e-8
m = np.zeros(len(w))
u = np.zeros(len(w))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    g = gradient(w)
    m = beta1 * m + (1.0 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g) + eps)
    w = w - lr * m / (1.0 - beta1**k) / u
    show(k)
