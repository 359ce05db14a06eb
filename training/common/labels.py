"""Corpus spellings -> the seven canonical emotions, and where each of them lies on the circumplex."""

from __future__ import annotations

import numpy as np

EMOTIONS = ("neutral", "happiness", "sadness", "anger", "fear", "disgust", "surprise")
"""The order of src/core/emotion.ts."""

SPELLINGS: dict[str, str | None] = {
    # FER+, FER2013
    "neutral": "neutral", "happiness": "happiness", "sadness": "sadness", "anger": "anger",
    "fear": "fear", "disgust": "disgust", "surprise": "surprise", "contempt": None,
    # AffectNet copies, RAVDESS, TESS
    "angry": "anger", "happy": "happiness", "sad": "sadness", "fearful": "fear",
    "disgusted": "disgust", "surprised": "surprise", "ps": "surprise", "calm": "neutral",
    "pleasant_surprise": "surprise", "pleasant_surprised": "surprise",
    # CREMA-D codes
    "ang": "anger", "dis": "disgust", "fea": "fear", "hap": "happiness", "neu": "neutral",
    # GoEmotions (Ekman grouping), dair
    "joy": "happiness", "love": "happiness", "boredom": None, "unknown": None, "nf": None,
}
"""None marks a class that none of ours stands for: its samples are wrong whatever is answered, its mass is folded away."""

CIRCUMPLEX: dict[str, tuple[float, float]] = {
    "neutral": (0.0, 0.0),
    "happiness": (0.81, 0.51),
    "sadness": (-0.63, -0.27),
    "anger": (-0.51, 0.59),
    "fear": (-0.64, 0.60),
    "disgust": (-0.60, 0.35),
    "surprise": (0.40, 0.67),
}
"""(pleasure, arousal) in [-1, 1]: mean ratings of the terms happy, sad, angry, fearful, disgusted and surprised in
Russell & Mehrabian (1977), Evidence for a three-factor theory of emotions, J. Research in Personality 11, 273-294.
Neutral is the origin by definition."""


def canonical(spelling: str) -> str | None:
    """One of EMOTIONS, or None for a class that is folded away. Raises KeyError on a spelling no corpus uses."""
    return SPELLINGS[spelling.strip().lower()]


def circumplex_table() -> np.ndarray:
    """(7, 2) float32, rows in the order of EMOTIONS, columns valence and arousal."""
    return np.array([CIRCUMPLEX[name] for name in EMOTIONS], np.float32)


def project(probabilities: np.ndarray) -> np.ndarray:
    """(n, 7) distributions in canonical order -> (n, 2) expected valence and arousal."""
    return np.asarray(probabilities, np.float32) @ circumplex_table()  # (n, 2)
