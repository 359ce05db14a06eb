"""A residual net over the log-mel spectrogram with attentive statistics over time (Okabe et al. 2018)."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.voice.config import CLASSES, VoiceConfig


def channels_of(mel: Tensor, profile: Tensor, valid: Tensor | None) -> Tensor:
    """(n, frames, 64) dB and (n, 64) dB -> (n, 3, 64, frames): as it is, without its own mean, without the speaker's."""
    x = mel.transpose(1, 2)  # (n, 64, frames)
    own = x.mean(2) if valid is None else (x * valid).sum(2) / valid.sum(2)
    parts = torch.stack([(x + 40) / 20, (x - own[..., None]) / 12, (x - profile[..., None]) / 12], 1)
    return parts if valid is None else parts * valid[:, None]


class Gate(nn.Module):
    """Squeeze and excitation (Hu et al. 2018)."""

    def __init__(self, width: int, squeeze: int) -> None:
        super().__init__()
        self.down, self.up = nn.Linear(width, width // squeeze), nn.Linear(width // squeeze, width)

    def forward(self, x: Tensor) -> Tensor:
        return x * torch.sigmoid(self.up(F.relu(self.down(x.mean((2, 3))))))[..., None, None]


class Block(nn.Module):
    def __init__(self, before: int, width: int, stride: tuple[int, int], squeeze: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(before, width, 3, stride, 1, bias=False)
        self.second = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.norm1, self.norm2 = nn.BatchNorm2d(width), nn.BatchNorm2d(width)
        self.gate = Gate(width, squeeze)
        self.around: nn.Module = nn.Identity()
        if before != width or stride != (1, 1):
            self.around = nn.Sequential(
                nn.AvgPool2d(stride, stride, ceil_mode=True), nn.Conv2d(before, width, 1, bias=False), nn.BatchNorm2d(width)
            )

    def forward(self, x: Tensor) -> Tensor:
        out = F.relu(self.norm1(self.first(x)))
        return F.relu(self.gate(self.norm2(self.second(out))) + self.around(x))


class Attend(nn.Module):
    """Mean and deviation over time under several learned weightings."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.weigh = nn.Sequential(nn.Conv1d(width, 64, 1), nn.Tanh(), nn.Conv1d(64, heads, 1))

    def forward(self, x: Tensor, valid: Tensor | None) -> Tensor:
        """(n, width, steps) -> (n, 2 width); each head weighs its own share of the channels."""
        score = self.weigh(x)
        if valid is not None:
            score = score.masked_fill(~valid, -1e4)
        weight = score.softmax(2).repeat_interleave(x.shape[1] // self.heads, 1)
        mean = (x * weight).sum(2)
        spread = ((x * x * weight).sum(2) - mean * mean).clamp(min=1e-5).sqrt()
        return torch.cat([mean, spread], 1)


class VoiceNet(nn.Module):
    def __init__(self, config: VoiceConfig) -> None:
        super().__init__()
        first = config.widths[0]
        self.stem = nn.Sequential(nn.Conv2d(3, first, 5, 2, 2, bias=False), nn.BatchNorm2d(first), nn.ReLU())
        self.place = nn.Parameter(torch.zeros(1, first, config.bands // 2, 1))  # high and low bands mean different things
        stages: list[nn.Module] = []
        before = first
        for index, (width, depth) in enumerate(zip(config.widths, config.depths, strict=True)):
            for number in range(depth):
                down = number == 0 and index > 0
                stride = ((2, 2) if index < 3 else (2, 1)) if down else (1, 1)
                stages.append(Block(before, width, stride, config.squeeze))
                before = width
        self.stages = nn.Sequential(*stages)
        tall = config.bands // 16
        self.gather = nn.Sequential(nn.Conv1d(before * tall, config.pooled, 1, bias=False), nn.BatchNorm1d(config.pooled), nn.ReLU())
        self.attend = Attend(config.pooled, config.heads)
        self.drop = nn.Dropout(config.dropout)
        self.logits, self.affect = nn.Linear(2 * config.pooled, len(CLASSES)), nn.Linear(2 * config.pooled, 2)

    def embed(self, x: Tensor, valid: Tensor | None = None) -> Tensor:
        """(n, 3, 64, frames) -> (n, 2 pooled). valid: (n, 1, frames) marks speech where clips were padded."""
        deep = self.stages(self.stem(x) + self.place)
        steps = self.gather(deep.flatten(1, 2))  # (n, pooled, steps)
        if valid is not None:
            valid = F.interpolate(valid.float(), steps.shape[2], mode="nearest") > 0.5
        return self.attend(steps, valid)

    def heads(self, pooled: Tensor) -> tuple[Tensor, Tensor]:
        pooled = self.drop(pooled)
        return self.logits(pooled), torch.tanh(self.affect(pooled))

    def forward(self, mel: Tensor, profile: Tensor) -> tuple[Tensor, Tensor]:
        """(n, frames, 64) dB and (n, 64) dB -> logits (n, 8), affect (n, 2)."""
        return self.heads(self.embed(channels_of(mel, profile, None)))
