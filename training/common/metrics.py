"""Scores used by every model, with bootstrap intervals. Pure numpy."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Array = np.ndarray


def softmax(logits: Array, temperature: float = 1.0) -> Array:
    """(n, k) -> (n, k) rows summing to 1."""
    scaled = np.asarray(logits, np.float64) / temperature
    scaled = scaled - scaled.max(1, keepdims=True)
    power = np.exp(scaled)
    return power / power.sum(1, keepdims=True)


def accuracy(truth: Array, answer: Array) -> float:
    return float(np.mean(np.asarray(truth) == np.asarray(answer)))


def recalls(truth: Array, answer: Array) -> dict[int, float]:
    """Recall of every class that occurs in the truth."""
    return {int(c): float(np.mean(answer[truth == c] == c)) for c in np.unique(truth)}


def uar(truth: Array, answer: Array) -> float:
    """Unweighted average recall over the classes that occur in the truth."""
    return float(np.mean(list(recalls(truth, answer).values())))


def f1_scores(truth: Array, answer: Array) -> dict[int, float]:
    """F1 of every class that occurs in the truth."""
    scores = {}
    for c in np.unique(truth):
        hit = np.sum((truth == c) & (answer == c))
        claimed, there = np.sum(answer == c), np.sum(truth == c)
        scores[int(c)] = float(2 * hit / (claimed + there))
    return scores


def macro_f1(truth: Array, answer: Array) -> float:
    return float(np.mean(list(f1_scores(truth, answer).values())))


def ccc(truth: Array, answer: Array) -> float:
    """Concordance correlation coefficient; 0 where either side is constant."""
    truth, answer = np.asarray(truth, np.float64), np.asarray(answer, np.float64)
    spread = truth.var() + answer.var() + (truth.mean() - answer.mean()) ** 2
    if truth.var() == 0 or answer.var() == 0:
        return 0.0
    return float(2 * np.mean((truth - truth.mean()) * (answer - answer.mean())) / spread)


def ece(truth: Array, probabilities: Array, bins: int = 15) -> float:
    """Expected calibration error of the top label over equal-width confidence bins.

    A truth of -1 (a class folded away) can never be hit and counts as a miss.
    """
    confidence = probabilities.max(1)
    right = probabilities.argmax(1) == truth
    which = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for b in range(bins):
        inside = which == b
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return float(error)


def negative_log_likelihood(truth: Array, probabilities: Array) -> float:
    """Mean over the samples whose truth is one of the classes."""
    known = truth >= 0
    return float(-np.mean(np.log(np.maximum(probabilities[known, truth[known]], 1e-12))))


def fit_temperature(truth: Array, logits: Array) -> float:
    """The temperature of least negative log-likelihood, by golden-section search between .2 and 5."""
    low, high, ratio = np.log(0.2), np.log(5.0), (np.sqrt(5) - 1) / 2

    def cost(at: float) -> float:
        return negative_log_likelihood(truth, softmax(logits, float(np.exp(at))))

    while high - low > 1e-4:
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if cost(left) < cost(right):
            high = right
        else:
            low = left
    return float(np.exp((low + high) / 2))


def bootstrap(
    score: Callable[..., float], *columns: Array, rounds: int = 1000, groups: Array | None = None, seed: int = 0
) -> tuple[float, float]:
    """95 % percentile interval of score(*columns); with groups, whole groups (speakers, artists) are redrawn."""
    chance = np.random.default_rng(seed)
    count = len(columns[0])
    members = None if groups is None else [np.flatnonzero(groups == g) for g in np.unique(groups)]
    values = []
    for _ in range(rounds):
        if members is None:
            rows = chance.integers(0, count, count)
        else:
            rows = np.concatenate([members[i] for i in chance.integers(0, len(members), len(members))])
        values.append(score(*(column[rows] for column in columns)))
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)
