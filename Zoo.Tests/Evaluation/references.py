"""The numbers that tests of this folder compare with, by NumPy, SciPy and scikit-learn (1.24.2, 1.10.1, 1.2.1). Run it to see them again:

    python3 Zoo.Tests/Evaluation/references.py

Nothing of the project is in it but the data, which `ReferenceRows` makes as well, to the bit: a linear congruence.
"""
import warnings

import numpy as np
from scipy.linalg import sqrtm
from scipy.stats import multivariate_normal
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import pairwise_distances
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import KNeighborsClassifier, NearestNeighbors


def rows(seed, count, size, scale=1.0, shift=0.0):
    """Values from -1 to 1, scaled by a power of two, moved, and rounded to single precision."""
    state, values = seed, []
    for _ in range(count * size):
        state = (state * 1103515245 + 12345) % 2**31
        values.append((state >> 7) / 2**23 - 1)
    return (np.array(values).reshape(count, size) * scale + shift).astype(np.float32).astype(float)


def show(name, *values):
    print(name, *[repr(float(v)) for v in values])


def frechet(x, y):
    c, d = np.atleast_2d(np.cov(x, rowvar=False)), np.atleast_2d(np.cov(y, rowvar=False))
    root = sqrtm(c @ d)
    # Of a singular product sqrtm is right to a few digits only; the eigenvalues of the product are what the trace is made of.
    by_eigenvalues = np.sqrt(np.maximum(np.linalg.eigvals(c @ d).real, 0)).sum()
    difference = ((x.mean(0) - y.mean(0)) ** 2).sum() + np.trace(c) + np.trace(d)
    # And as singular values: the nuclear norm of the product of the centred rows.
    a, b = (x - x.mean(0)) / np.sqrt(len(x) - 1), (y - y.mean(0)) / np.sqrt(len(y) - 1)
    nuclear = np.linalg.svd(a @ b.T, compute_uv=False).sum()
    return difference - 2 * root.trace().real, difference - 2 * by_eigenvalues, difference - 2 * nuclear


def skewed(x):
    """Correlated coordinates, in single precision again."""
    x = x.copy()
    x[:, 1:] += 0.5 * x[:, :-1]
    return x.astype(np.float32).astype(float)


show("frechet 40, 30 of 5", *frechet(skewed(rows(1, 40, 5)), skewed(rows(2, 30, 5, 0.5, 0.25))))
show("frechet 6, 7 of 10", *frechet(rows(3, 6, 10), rows(4, 7, 10, 0.5, 0.25)))
show("frechet 9, 8 of 1", *frechet(rows(5, 9, 1), rows(6, 8, 1, 0.5, 0.25)))
show("frechet 300, 200 of 64", *frechet(skewed(rows(7, 300, 64)), skewed(rows(8, 200, 64, 0.5, 0.25))))
x = skewed(rows(1, 40, 5))
show("mean", *x.mean(0))
show("covariance, first row", *np.cov(x, rowvar=False)[0])


def prdc(data, generated, k):
    radii_data = NearestNeighbors(n_neighbors=k).fit(data).kneighbors()[0][:, -1]
    radii_generated = NearestNeighbors(n_neighbors=k).fit(generated).kneighbors()[0][:, -1]
    between = pairwise_distances(data, generated)
    return ((between <= radii_data[:, None]).any(0).mean(), (between <= radii_generated[None, :]).any(1).mean(),
            (between <= radii_data[:, None]).sum(0).mean() / k, (between.min(1) <= radii_data).mean())


for k in (1, 3, 5, 10):
    show(f"prdc 90, 70 of 3, k {k}", *prdc(rows(11, 90, 3), rows(12, 70, 3, 0.5, 0.25), k))
show("prdc 60, 130 of 70, k 4", *prdc(rows(13, 60, 70), rows(14, 130, 70), 4))


def mmd(x, y, widths):
    def mean(a, b):
        return np.mean([rbf_kernel(a, b, gamma=1 / (2 * s * s)).mean() for s in widths])
    return np.sqrt(mean(x, x) + mean(y, y) - 2 * mean(x, y))


show("mmd 50, 40 of 3", mmd(rows(15, 50, 3), rows(16, 40, 3, 0.5, 0.25), (0.25, 0.5, 1, 2)))

examples, queries = rows(17, 80, 6), rows(18, 50, 6)
labels = np.arange(80) * np.arange(80) % 7
print("nearest neighbour", KNeighborsClassifier(1).fit(examples, labels).predict(queries).tolist())

modes, points = rows(19, 6, 2, 2.0), rows(20, 200, 2, 2.0)
distances = pairwise_distances(points, modes)
near = distances.argmin(1)[distances.min(1) <= 3 * 0.25]
counts = np.bincount(near, minlength=6)
shares = counts[counts > 0] / counts.sum()
print("modes", counts.tolist(), end=" ")
show("divergence", (shares * np.log(shares * 6)).sum())

# Log weights of 4 examples in 6 parts of 5 samples, as a model's log p of each part would be.
parts = rows(21, 4, 6, 2.0)
weights = np.exp(parts)
mean = weights.mean(1)
deviation = weights.std(1, ddof=1) / mean / np.sqrt(6)
show("likelihood", *np.log(mean))
show("mean, standard error, Monte Carlo error, bias", np.log(mean).mean(), np.log(mean).std(ddof=1) / 2,
     np.sqrt((deviation**2).sum()) / 4, -(deviation**2).mean() / 2)
show("deviations", *deviation)
# The variance of one weight is five times that of a part's mean.
show("effective", *30 / (1 + 5 * weights.var(1, ddof=1) / mean**2))

# Probabilistic PCA: x = W z + b + s e.
loading, offset, noise = rows(22, 5, 2), rows(23, 1, 5)[0], 0.125
observed = rows(24, 4, 5, 2.0)
show("pca", *multivariate_normal(offset, loading @ loading.T + noise * np.eye(5)).logpdf(observed))
# Its posterior, for the base that needs no annealing.
precision = np.eye(2) + loading.T @ loading / noise
show("posterior mean of the first", *np.linalg.solve(precision, loading.T @ (observed[0] - offset) / noise))

clusters = np.concatenate([rows(25, 40, 2, 0.25, 0.5), rows(26, 30, 2, 0.5, -0.5), rows(27, 20, 2, 0.125)])
start = np.array([[0.5, 0.5], [-0.5, -0.5], [0.25, -0.25]])
ridge = 0.01


def mixture(iterations, tolerance):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return GaussianMixture(
            3, reg_covar=ridge, max_iter=iterations, tol=tolerance, means_init=start, weights_init=[0.5, 0.25, 0.25],
            precisions_init=np.array([np.eye(2) * p for p in (4, 2, 8)]), random_state=0).fit(clusters)


for iterations in (1, 500):
    m = mixture(iterations, 1e-12)
    show(f"mixture after {iterations}: weights", *m.weights_)
    show("means", *m.means_.ravel())
    show("covariances", *m.covariances_.ravel())
    show("log-likelihood, of (0.1, -0.2)", m.score(clusters), *m.score_samples([[0.1, -0.2]]))
print("spread", repr(float(clusters.var(0).mean())), "iterations", m.n_iter_)
