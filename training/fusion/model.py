"""The two fusion networks over tokens of the senses; small enough to be written out in plain loops too (src/fusion/network)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.fusion.config import SCALARS, FusionConfig

LEAST = 1e-6


class Encoder(nn.Module):
    """One dense layer for each sense: the same number means another thing in another sense."""

    def __init__(self, senses: int, features: int, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(senses, features, width) / features**0.5)
        self.bias = nn.Parameter(torch.zeros(senses, width))

    def forward(self, x: Tensor) -> Tensor:
        """(n, senses, features) -> (n, senses, width)."""
        return torch.relu(torch.einsum("nmf,mfw->nmw", x, self.weight) + self.bias)


class AttentionFusion(nn.Module):
    """Attention over the senses and a learned nothing, gates on their log-probabilities, and a bounded correction.

    logits = sum_m g_m e_m z_m + (1 - a_nothing) c tanh(U h), g in (0, 2). A token without evidence (e = 0: absent, flat or faded) has
    no attention and no gate, so it changes nothing; with none at all the answer is flat.
    """

    def __init__(self, config: FusionConfig, senses: int, classes: int) -> None:
        super().__init__()
        width, self.heads, self.most = config.width, config.heads, config.correction
        self.encode = Encoder(senses, classes + SCALARS, width)
        self.score = nn.Linear(width, self.heads)
        self.nothing = nn.Parameter(torch.zeros(self.heads))
        self.value = nn.Linear(width, self.heads * width, bias=False)
        self.mix = nn.Linear(self.heads * width, config.hidden)
        self.gate = nn.Linear(width + config.hidden, 1)
        self.correct = nn.Linear(config.hidden, classes)
        nn.init.zeros_(self.correct.weight)

    def attend(self, h: Tensor, evidence: Tensor) -> tuple[Tensor, Tensor]:
        """-> gathered (n, heads * width) and attention (n, senses + 1, heads), the last row being the learned nothing.

        A softmax whose terms carry the evidence as a factor: no evidence, no share.
        """
        score = torch.cat([self.score(h), self.nothing.expand(len(h), 1, -1)], 1)  # (n, senses + 1, heads)
        power = (score - score.amax(1, keepdim=True)).exp()
        power = power * torch.cat([evidence, torch.ones_like(evidence[:, :1])], 1)[..., None]
        attention = power / power.sum(1, keepdim=True).clamp(min=1e-30)
        value = self.value(h).unflatten(2, (self.heads, -1))  # (n, senses, heads, width)
        return (attention[:, :-1, :, None] * value).sum(1).flatten(1), attention

    def forward(self, x: Tensor, z: Tensor, evidence: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """tokens (n, senses, features), their centred log-probabilities (n, senses, classes) and evidence (n, senses)
        -> logits (n, classes), gates (n, senses) with the evidence in them, attention of the senses (n, senses)."""
        correction, gates, known = self.parts(x, evidence)
        return (gates[..., None] * z).sum(1) + correction, gates, known

    def parts(self, x: Tensor, evidence: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """What the logits are made of: correction (n, classes), gates and attention (n, senses)."""
        h = self.encode(x)
        gathered, attention = self.attend(h, evidence)
        hidden = torch.relu(self.mix(gathered))  # (n, hidden)
        beside = hidden[:, None].expand(-1, h.shape[1], -1)
        gates = 2 * torch.sigmoid(self.gate(torch.cat([h, beside], 2))).squeeze(2) * evidence
        known = attention[:, :-1].mean(2)  # (n, senses)
        return self.most * torch.tanh(self.correct(hidden)) * known.sum(1, keepdim=True), gates, known


class EarlyFusion(nn.Module):
    """One network over all tokens side by side, an absent sense being zeros; flat when there is no evidence at all."""

    def __init__(self, config: FusionConfig, senses: int, classes: int) -> None:
        super().__init__()
        self.first = nn.Linear(senses * (classes + SCALARS + 1), 4 * config.hidden)
        self.second = nn.Linear(4 * config.hidden, 2 * config.hidden)
        self.last = nn.Linear(2 * config.hidden, classes)

    def forward(self, x: Tensor, z: Tensor, evidence: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        del z
        rows = torch.cat([x * evidence[..., None], evidence[..., None]], 2).flatten(1)
        hidden = torch.relu(self.second(torch.relu(self.first(rows))))
        share = evidence / evidence.sum(1, keepdim=True).clamp(min=LEAST)
        return self.last(hidden) * evidence.amax(1, keepdim=True), evidence, share


Net = AttentionFusion | EarlyFusion


def create(kind: str, config: FusionConfig, senses: int, classes: int) -> Net:
    return (AttentionFusion if kind == "attention" else EarlyFusion)(config, senses, classes)
