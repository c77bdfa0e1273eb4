"""A path of Momentum Lab in NumPy, in float64: prints step,x,y,loss.

Surface: Lessard–Recht–Packard. Optimizer: Momentum.
"""

import numpy as np

# Paths may leave for good.
np.seterr(all="ignore")


def maximum(a, b):
    return choose(a, b, a.real > b.real)


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


def loss(x):
    p = maximum(x - 1.0, 0.0)
    q = maximum(x - 2.0, 0.0)
    return (25.0 * x**2.0 - 24.0 * (p**2.0 - q**2.0)) / 2.0


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


w = np.array([3.2])
lr = 0.1111111111111111
beta = 0.4444444444444444
v = np.zeros(len(w))

print("step,x,y,loss")
show(0)
for k in range(1, 60 + 1):
    g = gradient(w)
    v = beta * v + g
    w = w - lr * v
    show(k)
