"""Every choice of the fusion model, with its reason."""

from __future__ import annotations

from dataclasses import dataclass

SOURCES = ("face", "voice", "text")
"""Senses with an encoder of their own. Physiology and context have no aligned data: they enter behind the network, gated."""

CLASSES = 7
SCALARS = 8
"""Of a token beside the classes' centred log-probabilities: valence, arousal, their precisions, confidence, signal quality, freshness, and who
said it (0 a model, 1 people who watched or listened: CREMA-D's raters)."""

PEOPLE = {"ravdess": (0, 0, 0), "cremad-votes": (1, 1, 0), "cremad-net": (1, 0, 0), "pairs": (0, 0, 0)}
"""For each set and sense, that last feature. Live it is 0: what is learned of raters must not pass for knowledge of models."""

KINDS = ("attention", "early")
"""The two networks; `late` has nothing to learn and `hybrid` is a mean of the two."""

HYBRID = 0.8
"""Attention's share in the hybrid's log-odds, the rest is early's. Chosen on dev people (training/fusion/share.py); the same number stands in
src/fusion/senses/evidence.ts."""


@dataclass(frozen=True)
class FusionConfig:
    # network
    width: int = 16  # of a token's encoding
    heads: int = 2
    hidden: int = 24  # of the attention network; the early one has twice and four times as much
    correction: float = 4.0  # the most that the part beyond weighted log-probabilities may add to a log-probability
    # what training does to real tokens, so that the network has met what the senses will do to it
    missing: float = 0.3  # how often a sense is left out
    poor: float = 0.4  # how often a sense's signal is poor: the poorer, the likelier its word is another clip's
    old: float = 0.3  # how often a sense's word is old, and likelier about something that has passed
    blunt: float = 0.3  # how often a token is made duller or sharper than it was (temperature between 1/1.6 and 1.6)
    smoothing: float = 0.03
    # data: how often a row of each set is drawn in an epoch, real pairs above all
    shares: tuple[tuple[str, float], ...] = (("ravdess", 2.0), ("cremad-votes", 1.0), ("cremad-net", 1.0), ("pairs", 0.6))
    # optimiser
    batch: int = 128
    epochs: int = 30
    rate: float = 4e-3
    shrink: float = 0.1  # weights left alone would shrink by exp(-shrink) in a whole run: towards plain sums of log-probabilities
    early_shrink: float = 0.1  # the early network would know nothing without its weights
    seed: int = 1
    threads: int = 1


FEW = {"hidden": 16, "correction": 2.0, "rate": 2e-3, "shrink": 1.0}
"""Otherwise so where a network learns from a thousand clips alone (RAVDESS's own classes, MOSI): nearer to plain sums of log-probabilities."""

FADING = {"face": (1.5, 10.0), "voice": (3.0, 20.0), "text": (20.0, 180.0), "physiology": (30.0, 120.0), "context": (60.0, 1800.0)}
"""Seconds: evidence counts fully until the first, and no more from the second on. The same numbers stand in src/fusion/fading.ts."""
