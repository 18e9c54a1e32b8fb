"""Restricted Boltzmann machines in scikit-learn and NumPy, for `Zoo.Benchmarks boltzmann`, which starts this file.

Reads one line for each call, `case amount`, does that much work, and answers with the seconds it took. The environment says how many
threads BLAS has. Written as a careful user would: single precision throughout, buffers made once, operations in place. One case is in
double precision, in which scikit-learn computes whatever it is given in that, images divided by 255 for example.
"""
import sys
import time

import numpy as np
import sklearn
from sklearn.neural_network import BernoulliRBM

FLOAT = np.float32


def sigmoid(a):
    """In place; NumPy's exp is vectorised in single precision, which SciPy's expit is not: half the time."""
    np.negative(a, out=a)
    with np.errstate(over="ignore"):
        np.exp(a, out=a)
    a += 1
    np.reciprocal(a, out=a)


def softplus(a, out, scratch):
    """log(1 + exp(a)) for any a, a fifth of the time of np.logaddexp(0, a)."""
    np.abs(a, out=out)
    np.negative(out, out=out)
    np.exp(out, out=out)
    out += 1
    np.log(out, out=out)
    np.maximum(a, 0, out=scratch)
    out += scratch


class Fit:
    """scikit-learn's own fit: persistent contrastive divergence with as many chains as rows in a batch."""

    def __init__(self, visible, hidden, batch, rows, rate, dtype=FLOAT):
        self.data = (np.random.default_rng(1).random((rows, visible)) < 0.2).astype(dtype)
        self.settings = dict(n_components=hidden, batch_size=batch, learning_rate=rate, random_state=0)

    def run(self, epochs):
        BernoulliRBM(n_iter=epochs, **self.settings).fit(self.data)


class ContrastiveDivergence:
    """CD-1 with probabilities for the statistics and samples inside the chain (Hinton 2012, section 3)."""

    def __init__(self, visible, hidden, batch, rows, rate):
        self.random = np.random.default_rng(1)
        self.data = (self.random.random((rows, visible)) < 0.2).astype(FLOAT)
        self.batch, self.rate = batch, FLOAT(rate / batch)
        self.weight = self.random.normal(0, 0.01, (visible, hidden)).astype(FLOAT)
        self.visible_bias, self.hidden_bias = np.zeros(visible, FLOAT), np.zeros(hidden, FLOAT)
        self.h, self.h_model, self.h_sample, self.h_uniform = (np.empty((batch, hidden), FLOAT) for _ in range(4))
        self.v, self.v_uniform = (np.empty((batch, visible), FLOAT) for _ in range(2))
        self.up, self.down = (np.empty((visible, hidden), FLOAT) for _ in range(2))

    def hidden(self, v, out):
        np.matmul(v, self.weight, out=out)
        out += self.hidden_bias
        sigmoid(out)

    def step(self, v):
        self.hidden(v, self.h)
        self.random.random(out=self.h_uniform, dtype=FLOAT)
        np.less(self.h_uniform, self.h, out=self.h_sample)
        np.matmul(self.h_sample, self.weight.T, out=self.v)
        self.v += self.visible_bias
        sigmoid(self.v)
        self.random.random(out=self.v_uniform, dtype=FLOAT)
        np.less(self.v_uniform, self.v, out=self.v)
        self.hidden(self.v, self.h_model)
        np.matmul(v.T, self.h, out=self.up)
        np.matmul(self.v.T, self.h_model, out=self.down)
        self.up -= self.down
        self.up *= self.rate
        self.weight += self.up
        self.visible_bias += self.rate * (v.sum(0) - self.v.sum(0))
        self.hidden_bias += self.rate * (self.h.sum(0) - self.h_model.sum(0))

    def run(self, epochs):
        for _ in range(epochs):
            for row in range(0, len(self.data), self.batch):
                self.step(self.data[row:row + self.batch])


class Annealing:
    """log Z by annealed importance sampling (Salakhutdinov and Murray 2008, section 4.1), evenly spaced temperatures."""

    def __init__(self, visible, hidden, chains):
        self.random = np.random.default_rng(1)
        self.chains = chains
        self.weight = self.random.normal(0, 0.05, (visible, hidden)).astype(FLOAT)
        self.visible_bias, self.hidden_bias = np.zeros(visible, FLOAT), np.zeros(hidden, FLOAT)
        self.activation, self.scaled, self.uniform, self.sample = (np.empty((chains, hidden), FLOAT) for _ in range(4))
        self.v, self.v_uniform = (np.empty((chains, visible), FLOAT) for _ in range(2))

    def free(self, beta):
        """log of the unnormalised probability at this temperature, less the visible biases' part, which all temperatures share."""
        np.multiply(self.activation, beta, out=self.scaled)
        softplus(self.scaled, self.sample, self.uniform)
        return self.sample.sum(1, dtype=np.float64)

    def run(self, temperatures):
        betas = np.linspace(0, 1, temperatures, dtype=FLOAT)
        weights = np.zeros(self.chains)
        self.random.random(out=self.v_uniform, dtype=FLOAT)
        np.less(self.v_uniform, 1 / (1 + np.exp(-self.visible_bias)), out=self.v)
        for beta, following in zip(betas[:-1], betas[1:]):
            np.matmul(self.v, self.weight, out=self.activation)
            self.activation += self.hidden_bias
            weights += self.free(following) - self.free(beta)
            np.multiply(self.activation, following, out=self.scaled)
            sigmoid(self.scaled)
            self.random.random(out=self.uniform, dtype=FLOAT)
            np.less(self.uniform, self.scaled, out=self.sample)
            np.matmul(self.sample, self.weight.T, out=self.v)
            self.v *= following
            self.v += self.visible_bias
            sigmoid(self.v)
            self.random.random(out=self.v_uniform, dtype=FLOAT)
            np.less(self.v_uniform, self.v, out=self.v)
        base = len(self.hidden_bias) * np.log(2) + np.logaddexp(0, self.visible_bias).sum(dtype=np.float64)
        top = weights.max()
        return base + top + np.log(np.exp(weights - top).mean())


CASES = {
    "digits-rbm-b10": lambda: Fit(64, 100, 10, 7180, 0.06),
    "pcd-784-500-b100": lambda: Fit(784, 500, 100, 1000, 0.05),
    "pcd-784-500-b100-double": lambda: Fit(784, 500, 100, 1000, 0.05, np.float64),
    "cd-784-500-b100": lambda: ContrastiveDivergence(784, 500, 100, 1000, 0.05),
    "ais-784-500-c100": lambda: Annealing(784, 500, 100),
}


def main():
    print(f"NumPy {np.__version__}, scikit-learn {sklearn.__version__}", flush=True)
    made = {}
    for line in sys.stdin:
        name, amount = line.split()
        if name not in made:
            made[name] = CASES[name]()
        start = time.perf_counter()
        made[name].run(int(amount))
        print(time.perf_counter() - start, flush=True)


main()
