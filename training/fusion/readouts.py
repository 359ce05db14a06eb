"""The face alone on RAVDESS: posteriors from action units, by actor folds."""

from __future__ import annotations

import numpy as np
from scipy.stats import rankdata
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

Array = np.ndarray
LEAST = 1e-6


def per_person(x: Array, person: Array) -> Array:
    """Each person's own mean and deviation taken out, over all of that person's clips and without any label."""
    out = np.array(x, np.float64)
    for one in np.unique(person):
        rows = person == one
        out[rows] = (out[rows] - out[rows].mean(0)) / (out[rows].std(0) + 1e-3)
    return out


def ranks(x: Array, person: Array) -> Array:
    """Where each value lies among the person's own, in (-1, 1). Equal values share their mean rank: broken by position, ties would
    tell the class, because the clips of a person are filed by class and intensities are often exactly zero."""
    out = np.array(x, np.float64)
    for one in np.unique(person):
        rows = np.flatnonzero(person == one)
        out[rows] = (rankdata(out[rows], axis=0, method="average") - 0.5) / len(rows) * 2 - 1
    return out


def face_features(units: Array, person: Array, normalised: bool) -> Array:
    """(n, 35) clip means of action units -> square roots (intensities crowd near zero), or three views against the person's own."""
    root = np.sqrt(np.maximum(units, 0))
    return np.hstack([per_person(units, person), ranks(units, person), per_person(root, person)]) if normalised else root


def log_softmax(z: Array) -> Array:
    z = z - z.max(-1, keepdims=True)
    return z - np.log(np.exp(z).sum(-1, keepdims=True))


def face_readouts(seed: int) -> list[object]:
    """A margin, a forest and a line: their errors differ."""
    return [
        make_pipeline(StandardScaler(), SVC(C=1.0, random_state=seed, probability=True)),
        ExtraTreesClassifier(400, min_samples_leaf=2, n_jobs=1, random_state=seed),
        make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=500)),
    ]


def pooled(models: list[object], x: Array, y: Array, wanted: Array) -> Array:
    """(n, classes) mean log-probability of the models, fitted on x and y."""
    logs = [np.log(np.maximum(m.fit(x, y).predict_proba(wanted), LEAST)) for m in models]
    return log_softmax(np.mean(logs, 0))
