"""A small squeeze-and-excitation ResNet for one grey 48x48 face."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.face.config import FaceConfig

VOTE_CLASSES = 8


class Gate(nn.Module):
    """Squeeze-and-excitation: scales each channel by a function of all channel means."""

    def __init__(self, width: int, squeeze: int) -> None:
        super().__init__()
        self.down = nn.Linear(width, width // squeeze)
        self.up = nn.Linear(width // squeeze, width)

    def forward(self, x: Tensor) -> Tensor:
        means = x.mean((2, 3))  # (B, C)
        gate = torch.sigmoid(self.up(torch.relu(self.down(means))))  # (B, C)
        return x * gate[:, :, None, None]


class Block(nn.Module):
    """Two 3x3 convolutions around a shortcut; the shortcut is pooled and projected where the shape changes."""

    def __init__(self, before: int, width: int, stride: int, squeeze: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(before, width, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(width)
        self.gate = Gate(width, squeeze) if squeeze else nn.Identity()
        self.pool = nn.AvgPool2d(stride) if stride > 1 else nn.Identity()
        self.project: nn.Module = nn.Identity()
        if before != width:
            self.project = nn.Sequential(nn.Conv2d(before, width, 1, bias=False), nn.BatchNorm2d(width))

    def forward(self, x: Tensor) -> Tensor:
        y = torch.relu(self.norm1(self.conv1(x)))
        y = self.gate(self.norm2(self.conv2(y)))
        return torch.relu(y + self.project(self.pool(x)))


class FaceNet(nn.Module):
    """(B, 1, 48, 48) normalised grey -> votes (B, 8), affect (B, 2) in [-1, 1]."""

    def __init__(self, config: FaceConfig) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(1, config.stem, 3, 1, 1, bias=False), nn.BatchNorm2d(config.stem), nn.ReLU()
        )
        blocks: list[nn.Module] = []
        before = config.stem
        for stage, (width, depth) in enumerate(zip(config.widths, config.depths, strict=True)):
            for index in range(depth):
                stride = 2 if index == 0 else 1
                blocks.append(Block(before, width, stride, config.squeeze if stage > 0 else 0))
                before = width
        self.blocks = nn.Sequential(*blocks)
        self.dropout = nn.Dropout(config.dropout)
        self.votes = nn.Linear(before, VOTE_CLASSES)
        self.affect = nn.Linear(before, 2)
        self._start_convolutions()

    def _start_convolutions(self) -> None:
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")

    def features(self, x: Tensor) -> Tensor:
        # Every picture gets zero mean and unit spread, so a dark room and a bright one look alike.
        x = x - x.mean((2, 3), keepdim=True)
        x = x / torch.sqrt((x * x).mean((2, 3), keepdim=True) + 1e-3)  # (B, 1, 48, 48)
        x = self.stem(x)  # (B, 16, 48, 48)
        x = self.blocks(x)  # (B, 160, 6, 6)
        return x.mean((2, 3))  # (B, 160)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        f = self.dropout(self.features(x))
        return self.votes(f), torch.tanh(self.affect(f))


class ShippedFaceNet(nn.Module):
    """What the browser runs: the mean answer of one or more nets.

    The mirror image is not part of the graph: the product shows a still picture both ways in one batch, and of the
    camera every other frame mirrored, where smoothing takes the mean at half the cost.
    """

    def __init__(self, nets: list[FaceNet]) -> None:
        super().__init__()
        self.nets = nn.ModuleList(nets)

    def forward(self, face: Tensor) -> tuple[Tensor, Tensor]:
        """(B, 1, 48, 48) -> logits (B, 8), affect (B, 2)."""
        answers = [net(face) for net in self.nets]
        logits = torch.stack([votes for votes, _ in answers]).mean(0)
        affect = torch.stack([where for _, where in answers]).mean(0)
        return logits, affect
