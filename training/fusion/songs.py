"""Where a listener at a point of the mood plane stands among the songs' embeddings (models/music-emotion), so that a dot product ranks songs.

A song's quadrant is read from its embedding by multinomial regression; a point of the plane is a bilinear mixture of the four quadrants, so the
place is a matrix times the point's moments 1, v, a, va, vv, aa (the last two are left at zero).
"""

from __future__ import annotations

import numpy as np
import onnxruntime
from sklearn.linear_model import LogisticRegression

from training.face.prepare import REPOSITORY, RUNS
from training.music.train import read_timbre

Array = np.ndarray
SIGNS = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])  # Q1..Q4 -> valence, arousal
MOMENTS = 6
STRENGTH = 30.0  # inverse of the regression's penalty: embeddings have unit norm, so weights must be large
CORNER = 0.8


def embeddings() -> tuple[Array, Array, Array]:
    """(900, 64) unit-norm embeddings of the training clips, their quadrants 0..3 and folds by artist, as the product would store them."""
    stored = np.load(RUNS / "music/features.npz")
    timbre = read_timbre(stored)
    session = onnxruntime.InferenceSession(str(REPOSITORY / "models/music-emotion/model.onnx"), providers=["CPUExecutionProvider"])
    total = np.zeros((len(timbre), 64))
    for passage in range(timbre.shape[1]):
        evidence = np.concatenate([stored["x"], timbre[:, passage]], 1).astype(np.float32)
        told, attention = session.run(["embedding", "attention"], {"evidence": evidence})
        total += told * np.exp(attention)
    return total / np.linalg.norm(total, axis=1, keepdims=True), stored["y"], stored["fold"]


def place_matrix(x: Array, quadrant: Array) -> Array:
    """(64, 6): moments of a point -> place."""
    rows = LogisticRegression(C=STRENGTH, max_iter=500).fit(x, quadrant).coef_  # (4, 64)
    valence, arousal = SIGNS.T
    moments = np.stack([np.ones(4), valence, arousal, valence * arousal, np.zeros(4), np.zeros(4)]) / 4  # (6, 4)
    return (moments @ rows).T


def places(matrix: Array, points: Array) -> Array:
    """(n, 2) points -> (n, 64) unit norm."""
    valence, arousal = points.T
    phi = np.stack([np.ones_like(valence), valence, arousal, valence * arousal, valence**2, arousal**2])
    out = (matrix @ phi).T
    return out / np.linalg.norm(out, axis=1, keepdims=True)


def precision_at(count: int = 10) -> float:
    """Of the first songs for each quadrant's corner, the share that people put into it; songs of artists that the matrix never met."""
    x, quadrant, fold = embeddings()
    hits = []
    for one in np.unique(fold):
        inside = fold == one
        place = places(place_matrix(x[~inside], quadrant[~inside]), CORNER * SIGNS)
        order = np.argsort(-(place @ x[inside].T), 1)[:, :count]
        hits.append((quadrant[inside][order] == np.arange(4)[:, None]).mean())
    return float(np.mean(hits))
