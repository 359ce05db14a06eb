"""What the net is shown: the same clips as if said faster, by another throat, in another room, through another microphone.

Everything happens on power spectrograms, because CREMA-D has no waveform. All functions take and give (n, bands, frames).
"""

from __future__ import annotations

import math
import random

import torch
import torch.nn.functional as F
from torch import Tensor

FLOOR = -80.0


def uniform(count: int, low: float, high: float) -> Tensor:
    return low + (high - low) * torch.rand(count)


def sometimes(count: int, often: float) -> Tensor:
    return torch.rand(count) < often


def stretch(level: Tensor, length: Tensor, width: int) -> tuple[Tensor, Tensor]:
    """A random cut of `width` frames, spoken up to 18 % faster or slower, bands moved by up to 10 %.

    Moving bands stands for a shorter or longer vocal tract and a higher or lower voice. -> dB, and how many frames are speech.
    """
    count, bands, frames = level.shape
    speed, tract = torch.exp(uniform(count, -0.17, 0.17)), torch.exp(uniform(count, -0.1, 0.1))
    whole = length / speed
    start = torch.rand(count) * torch.clamp(whole - width, min=0) * speed
    time = start[:, None] + torch.arange(width) * speed[:, None]
    band = torch.arange(bands) * tract[:, None]
    grid = torch.empty(count, bands, width, 2)
    grid[..., 0] = (time * 2 / (frames - 1) - 1)[:, None, :]
    grid[..., 1] = (band * 2 / (bands - 1) - 1)[:, :, None]
    moved = F.grid_sample(level[:, None], grid, mode="bilinear", padding_mode="border", align_corners=True)[:, 0]
    return moved, torch.clamp(whole.floor(), max=width).long()


def reverberate(power: Tensor, often: float = 0.3) -> Tensor:
    """An exponential tail: 60 dB down after .2 to .8 s, its energy -12 to 0 dB of the direct sound's."""
    count, _, frames = power.shape
    keep = 10 ** (-6 * 0.016 / uniform(count, 0.2, 0.8))
    gain = 10 ** uniform(count, -1.2, 0.0) * (1 - keep) * sometimes(count, often)
    late = torch.arange(frames)[:, None] - torch.arange(frames)[None] - 1  # frames since the direct sound's next one
    tail = torch.where(late >= 0, keep[:, None, None] ** late.clamp(min=0), 0.0) * gain[:, None, None]  # (n, heard, said)
    return power + torch.einsum("nbs,nhs->nbh", power, tail)


def add_noise(power: Tensor, bank: Tensor, often: float, worst: float) -> Tensor:
    """A passage of the bank (dB relative to its mean power) at a signal-to-noise ratio of `worst` to 35 dB."""
    count, _, frames = power.shape
    picked = torch.randint(len(bank), (count,))
    first = torch.randint(bank.shape[1] - frames + 1, (count,))
    rows = first[:, None] + torch.arange(frames)
    noise = 10 ** (bank[picked[:, None], rows].float().transpose(1, 2) / 10)
    ratio = 10 ** (-uniform(count, worst, 35) / 10) * sometimes(count, often)
    return power + noise * (power.mean((1, 2)) * ratio)[:, None, None]


def microphone(count: int, bands: int) -> Tensor:
    """(n, bands) dB: a smooth frequency response within about 6 dB, sometimes cut off above as a narrow codec does."""
    knots = torch.randn(count, 1, 6) * 2.5 * sometimes(count, 0.7)[:, None, None]
    response = F.interpolate(knots, bands, mode="linear", align_corners=True)[:, 0]
    cut = torch.where(sometimes(count, 0.12), uniform(count, 40, bands), torch.full((count,), float(bands)))
    return response - 60 * (torch.arange(bands)[None] > cut[:, None])


def view(level: Tensor, length: Tensor, profile: Tensor, bank: Tensor, width: int, noisy: float = 0.5, worst: float = 3) -> tuple[Tensor, Tensor, Tensor]:
    """One augmented batch: dB relative to each clip's maximum, speech frames, and the profile through the same microphone."""
    moved, inside = stretch(level, length, width)
    response = microphone(len(level), level.shape[1])
    power = 10 ** (moved / 10)
    valid = torch.arange(width)[None, None] < inside[:, None, None]
    power = add_noise(reverberate(power * valid), bank, noisy, worst) * 10 ** (response / 10)[..., None]
    decibel = 10 * torch.log10(power.clamp(min=1e-12))
    peak = decibel.amax((1, 2), keepdim=True)
    return (decibel - peak).clamp(min=FLOOR), inside, (profile + response).clamp(min=FLOOR, max=0)


def mask(x: Tensor, value: float = 0.0) -> Tensor:
    """SpecAugment: two bands of up to 10 and two passages of up to 24 frames are hidden. x: (n, channels, bands, frames)."""
    count, _, bands, frames = x.shape
    hidden = torch.zeros(count, bands, frames, dtype=torch.bool)
    for _ in range(2):
        first, wide = torch.rand(count, 1) * bands, torch.rand(count, 1) * 10
        band = torch.arange(bands)[None]
        hidden |= ((band >= first) & (band < first + wide))[:, :, None]
        first, wide = torch.rand(count, 1) * frames, torch.rand(count, 1) * 24
        frame = torch.arange(frames)[None]
        hidden |= ((frame >= first) & (frame < first + wide))[:, None, :]
    return x.masked_fill(hidden[:, None], value)


def mixing(count: int, alpha: float = 0.4) -> tuple[Tensor, Tensor]:
    """Partners and shares (at least half of each clip stays itself)."""
    share = torch.distributions.Beta(alpha, alpha).sample((count,))
    return torch.randperm(count), torch.maximum(share, 1 - share)


def widths(lowest: int, highest: int) -> int:
    """Frames of the next batch, longer ones more often."""
    return int(round(lowest + (highest - lowest) * math.sqrt(random.random())))
