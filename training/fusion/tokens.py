"""What one sense says, as the numbers that the network reads. src/fusion/network/token.ts computes the same."""

from __future__ import annotations

import numpy as np

from training.common.labels import circumplex_table
from training.fusion.config import SCALARS

Array = np.ndarray
FLOOR, CLIP = 1e-4, 6.0
SPREAD = 0.28  # of src/core/circumplex.ts: the emotions' own spread around their points
INFORMED = 0.02  # nats of information at which 63 % of a token's say is given


def affect_of(p: Array, table: Array | None = None) -> Array:
    """(..., classes) -> (..., 4): valence, arousal and their standard deviations under the distribution.

    table: (classes, 2) where the classes lie on the mood plane; the seven emotions' by default.
    """
    at = (circumplex_table() if table is None else table).astype(np.float64)
    mean, square = p @ at, p @ at**2
    sd = np.sqrt(np.maximum(0, square - mean**2) + SPREAD**2)
    return np.concatenate([mean, sd], -1)


def centred(p: Array) -> Array:
    """(..., classes) log-probabilities around their own mean, within ±CLIP: all zero for a flat distribution."""
    z = np.log(np.maximum(p, FLOOR))
    return np.clip(z - z.mean(-1, keepdims=True), -CLIP, CLIP)


def information(p: Array) -> Array:
    """(..., classes) -> (...) in [0, 1]: 0 for a flat distribution; 1 - exp(-KL(p | flat) / INFORMED)."""
    p = np.maximum(p, FLOOR) / np.maximum(p, FLOOR).sum(-1, keepdims=True)
    return 1 - np.exp(-np.maximum(0, (p * np.log(p * p.shape[-1])).sum(-1)) / INFORMED)


def precision(sd: Array) -> Array:
    """In [0, 1]: 0 for blind (sd 1), 1 for certain."""
    return np.clip(1 - sd, 0, 1)


def features(p: Array, affect: Array, confidence: Array, quality: Array, freshness: Array, people: Array) -> Array:
    """(..., classes), (..., 4) and (...) four times -> (..., classes + SCALARS)."""
    scalars = np.stack([confidence, quality, freshness, people], -1)
    x = np.concatenate([centred(p) / 2, affect[..., :2], precision(affect[..., 2:]), scalars], -1)
    assert x.shape[-1] == p.shape[-1] + SCALARS
    return x


def evidence(p: Array, freshness: Array) -> Array:
    """How much of a token there is: none of a flat one, none of one past its fading time."""
    return information(p) * freshness
