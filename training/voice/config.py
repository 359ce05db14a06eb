"""Every choice of the voice model, with its reason."""

from __future__ import annotations

from dataclasses import dataclass

CLASSES = ("angry", "disgust", "fear", "happy", "neutral", "sad", "surprise", "calm")
"""Order of the eight outputs; calm (RAVDESS only) is folded into neutral by the manifest."""

CORPORA: dict[str, tuple[str, ...]] = {
    "cremad": ("angry", "disgust", "fear", "happy", "neutral", "sad"),
    "ravdess": CLASSES,
    "emodb": ("angry", "disgust", "fear", "happy", "neutral", "sad"),
    "tess": ("angry", "disgust", "fear", "happy", "neutral", "sad", "surprise"),
}
"""The classes each corpus asked its speakers for: an answer outside them is not counted against a clip."""


@dataclass(frozen=True)
class VoiceConfig:
    # front end: CREMA-D can only be had as this spectrogram, so all corpora are read the same way
    bands: int = 64
    frames: int = 188  # 3.0 s of 16 ms hops
    # model: about 150 M multiplications for 3 s, 20 ms on one wasm thread
    widths: tuple[int, ...] = (24, 48, 96, 160)  # maps of 32x94, 16x47, 8x24, 4x24
    depths: tuple[int, ...] = (1, 2, 2, 2)
    squeeze: int = 8
    heads: int = 4  # of the attentive statistics: anger's onset and its falling end are not the same frames
    pooled: int = 192
    dropout: float = 0.3
    # data
    batch: int = 48
    shares: tuple[tuple[str, float], ...] = (("cremad", 1.0), ("ravdess", 1.5), ("emodb", 2.0), ("tess", 0.7))
    """How often a clip of each corpus is drawn in an epoch: small corpora of many words more, two voices saying 34 words less."""
    votes: float = 0.3  # of a CREMA-D target comes from what listeners heard, the rest is what the actor was asked for
    smoothing: float = 0.05
    known: float = 0.5  # how often the net is told the speaker's average spectrum
    mixed: float = 0.5  # how often a batch is mixed pairwise
    noisy: float = 0.5  # how often noise is added
    worst: float = 3  # dB, its lowest signal-to-noise ratio
    affect_weight: float = 0.3
    taught: float = 0.8  # of a student's target is its teachers' answer
    # optimiser
    epochs: int = 40
    rate: float = 2e-3  # AdamW, short rise, half a cosine to zero
    decay: float = 0.05
    warmup: float = 0.05
    ema: float = 0.998
    # run
    look: int = 2  # epochs between scores on dev
    seed: int = 1
    threads: int = 1
