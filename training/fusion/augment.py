"""What happens to a sense's word on its way: it is missing, its signal is poor, it is old, it is duller or sharper than it was."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from training.fusion.config import FusionConfig
from training.fusion.tokens import affect_of, centred, evidence, features

Array = np.ndarray


@dataclass(frozen=True)
class Tokens:
    """n clips, all senses: distributions (n, senses, classes), and quality, freshness, confidence, presence and who spoke (n, senses)."""

    p: Array
    quality: Array
    freshness: Array
    confidence: Array
    present: Array
    affect: Array
    people: Array

    def tensors(self) -> tuple[Tensor, Tensor, Tensor]:
        """What the networks take: features, centred log-probabilities, evidence; zeros where a sense is absent."""
        there = self.present
        x = features(self.p, self.affect, self.confidence, self.quality, self.freshness, self.people) * there[..., None]
        z = centred(self.p) * there[..., None]
        e = evidence(self.p, self.freshness) * there
        return tuple(torch.from_numpy(part.astype(np.float32)) for part in (x, z, e))

    def late(self) -> Array:
        """(n, classes) log-odds of late fusion, which has nothing to learn: src/fusion/senses/pool.ts."""
        chance = 1 / self.p.shape[-1]
        fresh = self.freshness * self.present
        reliable = np.maximum(0, (self.confidence - chance) / (1 - chance)) * self.quality * fresh
        best = reliable.max(1, keepdims=True)
        weight = np.where(best > 0, fresh.max(1, keepdims=True) * reliable / np.maximum(best, 1e-12), fresh)
        return (weight[..., None] * centred(self.p)).sum(1)


def plain(p: Array, people: Array, kept: tuple[int, ...] | None = None, table: Array | None = None) -> Tokens:
    """Fresh tokens of a good signal, as they are; kept: the senses that are there, all by default. NaN marks an absent one."""
    present = np.isfinite(p[..., 0])
    if kept is not None:
        present &= np.isin(np.arange(p.shape[1]), kept)
    filled = np.where(present[..., None], p, 1 / p.shape[-1])
    one = np.ones(present.shape)
    return Tokens(filled, one, one, filled.max(-1), present, affect_of(filled, table), np.broadcast_to(people, present.shape))


def with_noise(tokens: Tokens, sense: int, quality: float, chance: np.random.Generator) -> Tokens:
    """One sense tells of another clip, with a signal of this quality."""
    p, affect, confidence, at = tokens.p.copy(), tokens.affect.copy(), tokens.confidence.copy(), tokens.quality.copy()
    others = chance.permutation(len(p))
    p[:, sense], affect[:, sense], confidence[:, sense] = p[others, sense], affect[others, sense], confidence[others, sense]
    at[:, sense] = quality
    return replace(tokens, p=p, affect=affect, confidence=confidence, quality=at)


def with_age(tokens: Tokens, sense: int, freshness: float) -> Tokens:
    """One sense's word is from a moment ago."""
    fresh = tokens.freshness.copy()
    fresh[:, sense] = freshness
    return replace(tokens, freshness=fresh)


def temper(p: Array, power: Array) -> Array:
    q = np.maximum(p, 1e-6) ** power
    return q / q.sum(-1, keepdims=True)


def misled(p: Array, given: Array, wrong: Array, chance: np.random.Generator) -> Array:
    """Where wrong, a sense's word is that of another clip of the batch."""
    out = np.where(given[..., None], p, 1 / p.shape[-1])
    for sense in range(p.shape[1]):
        rows = np.flatnonzero(given[:, sense])
        taken = rows[wrong[rows, sense]]
        if len(taken):
            out[taken, sense] = p[chance.choice(rows, len(taken)), sense]
    return out


def spoil(
    p: Array, people: Array, chance: np.random.Generator, config: FusionConfig, kept: tuple[int, ...], table: Array | None = None
) -> Tokens:
    """A batch as life would have it. Who has a poor signal often has another clip's word, and who is old another moment's."""
    given = np.isfinite(p[..., 0]) & np.isin(np.arange(p.shape[1]), kept)
    present = given & (chance.random(given.shape) >= config.missing)
    bare = given.any(1) & ~present.any(1)
    present[bare] = given[bare]
    quality = np.where(chance.random(given.shape) < config.poor, chance.random(given.shape), 1.0)
    freshness = np.where(chance.random(given.shape) < config.old, chance.random(given.shape), 1.0)
    wrong = chance.random(given.shape) < 1 - quality**1.5 * (0.4 + 0.6 * freshness)
    out = misled(p, given, wrong, chance)
    powers = np.where(chance.random(given.shape) < config.blunt, np.exp(chance.uniform(-0.47, 0.47, given.shape)), 1.0)
    out = temper(out, powers[..., None])
    affect = affect_of(out, table)
    affect[..., :2] += chance.normal(0, 0.08, affect[..., :2].shape)
    confidence = np.clip(out.max(-1) + chance.normal(0, 0.03, given.shape), 0, 1)
    return Tokens(out, quality, freshness, confidence, present, affect, people)
