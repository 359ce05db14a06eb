"""Random views of face batches: geometry, light, webcam defects. All on (B, 1, H, W) floats in [0, 1]."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor

MEAN, STD = 0.5, 0.25
"""Of pixel/255; stated in the manifest's preprocess."""


def normalise(pixels: Tensor) -> Tensor:
    return (pixels - MEAN) / STD


def _uniform(count: int, low: float, high: float) -> Tensor:
    return torch.empty(count).uniform_(low, high)


def random_affine(count: int, zoom: tuple[float, float], degrees: float = 10, shift: float = 0.06) -> Tensor:
    """(B, 2, 3) matrices for affine_grid; zoom > 1 makes the face smaller. Half of them mirror."""
    angle = _uniform(count, -math.radians(degrees), math.radians(degrees))
    scale = _uniform(count, *zoom)
    side = torch.where(torch.rand(count) < 0.5, -1.0, 1.0)
    stretch = _uniform(count, 0.97, 1.03)
    theta = torch.zeros(count, 2, 3)
    theta[:, 0, 0] = torch.cos(angle) * scale * side * stretch
    theta[:, 0, 1] = -torch.sin(angle) * scale
    theta[:, 1, 0] = torch.sin(angle) * scale * side
    theta[:, 1, 1] = torch.cos(angle) * scale / stretch
    theta[:, :, 2] = _uniform(count * 2, -shift, shift).view(count, 2)
    return theta


def warp(x: Tensor, theta: Tensor, size: int, padding: str) -> Tensor:
    grid = F.affine_grid(theta, [len(x), x.shape[1], size, size], align_corners=False)
    return F.grid_sample(x, grid, mode="bilinear", padding_mode=padding, align_corners=False)


def _light(x: Tensor) -> Tensor:
    """Gamma, contrast, brightness and a slanted light, drawn per image."""
    count = len(x)
    gamma = torch.exp(torch.randn(count) * 0.15).view(-1, 1, 1, 1)
    contrast = _uniform(count, 0.8, 1.2).view(-1, 1, 1, 1)
    bright = _uniform(count, -0.08, 0.08).view(-1, 1, 1, 1)
    slope = (torch.randn(count, 2) * 0.05).view(-1, 2, 1, 1)
    ramp = torch.linspace(-1, 1, x.shape[-1])
    slant = slope[:, :1] * ramp.view(1, 1, 1, -1) + slope[:, 1:] * ramp.view(1, 1, -1, 1)
    x = x.clamp(1e-4, 1) ** gamma
    middle = x.mean((2, 3), keepdim=True)
    return ((x - middle) * contrast + middle + bright + slant).clamp(0, 1)


def _webcam(x: Tensor) -> Tensor:
    """Blur on one image in twenty, lost resolution on one in twenty, noise on one in ten."""
    count, size = len(x), x.shape[-1]
    blurred = F.avg_pool2d(F.pad(x, (1, 1, 1, 1), mode="replicate"), 3, 1)
    x = torch.where(torch.rand(count, 1, 1, 1) < 0.05, blurred, x)
    small = F.interpolate(x, size=size * 5 // 8, mode="bilinear", antialias=True)
    x = torch.where(torch.rand(count, 1, 1, 1) < 0.05, F.interpolate(small, size=size, mode="bilinear"), x)
    strength = _uniform(count, 0.005, 0.03) * (torch.rand(count) < 0.1)
    return (x + torch.randn_like(x) * strength.view(-1, 1, 1, 1)).clamp(0, 1)


def _erase(x: Tensor, chance: float = 0.25) -> Tensor:
    """One flat or noisy rectangle of 3 to 15 % of the picture on some images."""
    count, size = len(x), x.shape[-1]
    area, ratio = _uniform(count, 0.03, 0.15), torch.exp(_uniform(count, -0.7, 0.7))
    high, wide = ((size * torch.sqrt(side)).round().clamp(2, size) for side in (area * ratio, area / ratio))
    top, left = (torch.rand(count) * (size - high + 1)).floor(), (torch.rand(count) * (size - wide + 1)).floor()
    place = torch.arange(size)
    rows = (place >= top[:, None]) & (place < (top + high)[:, None])
    columns = (place >= left[:, None]) & (place < (left + wide)[:, None])
    hidden = (rows[:, :, None] & columns[:, None]) & (torch.rand(count) < chance)[:, None, None]
    flat = torch.rand(count, 1, 1, 1).expand_as(x)
    return torch.where(hidden[:, None], torch.where(torch.rand(count, 1, 1, 1) < 0.5, flat, torch.rand_like(x)), x)


def view_votes(pixels: Tensor) -> Tensor:
    """(B, 48, 48) uint8 FER+ images -> (B, 1, 48, 48) random views in [0, 1]."""
    x = pixels.unsqueeze(1).float() / 255
    x = warp(x, random_affine(len(x), (0.92, 1.1)), x.shape[-1], "border")
    return _erase(_webcam(_light(x)))


def view_calm(pixels: Tensor) -> Tensor:
    """Mirroring and a hair of geometry only: the end of a run sees pictures as the product will show them."""
    x = pixels.unsqueeze(1).float() / 255
    return warp(x, random_affine(len(x), (0.96, 1.04), degrees=4, shift=0.03), x.shape[-1], "border")
