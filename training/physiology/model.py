"""Own-rest normalisation, ridge logistic regression and the torch graph that ships; kernel regression for the benchmarks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from . import config as c

HEART = np.arange(c.HEART)
SKIN = np.arange(c.HEART, c.FEATURES)
BOTH = np.arange(c.FEATURES)
HEADS = {"heart": HEART, "skin": SKIN, "both": BOTH}
# Every feature comes twice: beside the person's rest, and beside their last minutes.
COLUMNS = {name: np.concatenate([columns, c.FEATURES + columns]) for name, columns in HEADS.items()}


def spread_within(x: np.ndarray, subject: np.ndarray) -> np.ndarray:
    """(D,) standard deviation inside people, pooled."""
    centred = np.concatenate([x[subject == s] - x[subject == s].mean(0) for s in np.unique(subject)])
    return centred.std(0) + 1e-6


def adapt(x: np.ndarray, resting: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """One person's windows (n, D) in time order, normalised as the app does it: src/modalities/physiology/baseline.ts.

    resting: (n,) True for the windows of the recorded baseline. Each window is compared with what was known before and with itself.
    """
    rest = x[resting].mean(0)
    mean, square, steps = rest.copy(), spread**2, c.PRIOR
    out = np.empty_like(x)
    for i, row in enumerate(x):
        steps = min(steps + 1, c.PRIOR + c.MOST_STEPS)
        mean = np.clip(mean + (row - mean) / steps, rest - c.MOST_DRIFT * spread, rest + c.MOST_DRIFT * spread)
        square = square + ((row - rest) ** 2 - square) / steps
        scale = np.clip(np.sqrt(square), *(f * spread for f in c.SPREAD_RANGE))
        out[i] = (row - mean) / scale
    return np.clip(out, -c.CLIP, c.CLIP)


def normalise_by_rest(x, subject, at, segment, spread):
    """adapt() for everybody; the baseline is the first c.BASELINE s of the first rest."""
    z = np.empty_like(x)
    for s in np.unique(subject):
        mine = np.flatnonzero(subject == s)
        start = at[mine].min() - c.WINDOW
        z[mine] = adapt(x[mine], (segment[mine] == 0) & (at[mine] <= start + c.BASELINE), spread)
    return z


def beside_memory(z: np.ndarray, at: np.ndarray) -> np.ndarray:
    """One person's normalised windows (n, D) minus their causal mean over c.MEMORY s, which begins at the rest."""
    memory = np.zeros(z.shape[1])
    out = np.empty_like(z)
    for i, row in enumerate(z):
        passed = min(at[i] - at[i - 1], c.LONGEST_STEP) if i > 0 else 0.0
        memory = memory + (1 - np.exp(-passed / c.MEMORY)) * (row - memory)
        out[i] = row - memory
    return out


def represent(x, subject, at, segment, spread):
    """(n, 2 D): what the model takes, for everybody."""
    z = normalise_by_rest(x, subject, at, segment, spread)
    beside = np.zeros_like(z)
    for s in np.unique(subject):
        mine = np.flatnonzero(subject == s)
        # The product knows nothing of a person before their rest is recorded.
        known = mine[at[mine] >= at[mine].min() - c.WINDOW + c.BASELINE]
        beside[known] = beside_memory(z[known], at[known])
    return np.hstack([z, beside])


def normalise_by_session(x, subject, rank):
    """Each feature by the person's own whole session, labels unseen: z-scores, or ranks spread over +-1.7."""
    z = np.empty_like(x)
    for s in np.unique(subject):
        mine = np.flatnonzero(subject == s)
        if rank:
            for f in range(x.shape[1]):
                z[mine, f] = 3.4 * (np.searchsorted(np.sort(x[mine, f]), x[mine, f]) / len(mine) - 0.5)
        else:
            z[mine] = (x[mine] - x[mine].mean(0)) / (x[mine].std(0) + 1e-9)
    return np.clip(z, -c.CLIP, c.CLIP)


@dataclass(frozen=True)
class Logistic:
    weights: np.ndarray    # (D,)
    offset: float

    def logits(self, z):
        return z @ self.weights + self.offset


def fit_logistic(z: np.ndarray, y: np.ndarray, penalty: float) -> Logistic:
    """Both classes weigh the same; Newton's method."""
    a = np.c_[z, np.ones(len(z))]
    ridge = np.eye(a.shape[1]) / penalty
    ridge[-1, -1] = 1e-6
    weight = np.where(y == 1, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
    b = np.zeros(a.shape[1])
    for _ in range(12):
        p = 1 / (1 + np.exp(-np.clip(a @ b, -30, 30)))
        step = np.linalg.solve((a * (weight * p * (1 - p))[:, None]).T @ a + ridge, a.T @ (weight * (p - y)) + ridge @ b)
        b = b - step
        if np.abs(step).max() < 1e-6:
            break
    return Logistic(b[:-1], float(b[-1]))


class LeftOut:
    """Kernel ridge regression to +-1, RBF plus linear, with people left out one or two at a time from a single inverse."""

    def __init__(self, z, y, subject, ridge, width, linear):
        inner = z @ z.T / z.shape[1]
        square = np.diag(inner)
        kernel = np.exp(-width * np.maximum(square[:, None] + square[None] - 2 * inner, 0)) + linear * inner + 0.5
        weight = np.where(y == 1, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
        self.target = np.where(y == 1, 1.0, -1.0)
        self.inverse = np.linalg.inv(kernel + ridge * np.diag(1 / weight))
        self.dual = self.inverse @ self.target
        self.rows = {s: np.flatnonzero(subject == s) for s in np.unique(subject)}

    def predict(self, who: str, without: str | None = None) -> np.ndarray:
        """What a fit without `who` (and without `without`) says about `who`."""
        mine = self.rows[who]
        out = mine if without is None else np.concatenate([mine, self.rows[without]])
        error = np.linalg.solve(self.inverse[np.ix_(out, out)], self.dual[out])
        return self.target[mine] - error[: len(mine)]


class StressModel(nn.Module):
    """features (n, 222) = 110 beside the rest, 110 beside the last minutes, heart known, skin known -> probability (n, 1) of acute stress.

    The head that fits what is known answers; with neither known the answer is one half.
    """

    def __init__(self, heads: dict[str, Logistic], temperatures: dict[str, float]):
        super().__init__()
        weights = np.zeros((2 * c.FEATURES, 3))
        for k, name in enumerate(HEADS):
            weights[COLUMNS[name], k] = heads[name].weights / temperatures[name]
        offsets = [heads[name].offset / temperatures[name] for name in HEADS]
        self.register_buffer("weights", torch.tensor(weights, dtype=torch.float32))
        self.register_buffer("offsets", torch.tensor(offsets, dtype=torch.float32))

    def forward(self, features):
        z = torch.clamp(features[:, : 2 * c.FEATURES], -2 * c.CLIP, 2 * c.CLIP)
        logits = z @ self.weights + self.offsets                                # (n, 3) heart, skin, both
        heart, skin = features[:, -2:-1], features[:, -1:]
        chosen = torch.cat([heart * (1 - skin), skin * (1 - heart), heart * skin], 1)
        return torch.sigmoid((logits * chosen).sum(1, keepdim=True))
