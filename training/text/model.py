"""BERT's encoder (Devlin et al. 2019) in the size of MiniLM (Wang et al. 2020), read by attention, with one head per question."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from training.text.config import DAIR, EKMAN, PLUTCHIK, TextConfig

HEADS = {"go": 28, "ekman": len(EKMAN), "emotion": len(EKMAN), "affect": 3, "xed": len(PLUTCHIK), "dair": len(DAIR)}
"""go and ekman: each label on its own (sigmoid); emotion: which one of the seven (softmax); affect: valence, arousal, dominance."""


class Layer(nn.Module):
    def __init__(self, config: TextConfig) -> None:
        super().__init__()
        width = config.width
        self.heads, self.drop = config.heads, nn.Dropout(config.dropout)
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.widen, self.narrow = nn.Linear(width, config.inner), nn.Linear(config.inner, width)

    def split(self, x: Tensor) -> Tensor:
        """(n, tokens, width) -> (n, heads, tokens, width / heads)."""
        return x.view(x.shape[0], x.shape[1], self.heads, -1).transpose(1, 2)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        q, k, v = self.split(self.query(x)), self.split(self.key(x)), self.split(self.value(x))
        weight = (q @ k.transpose(2, 3) * q.shape[-1] ** -0.5 + bias).softmax(-1)
        seen = (weight @ v).transpose(1, 2).flatten(2)
        x = self.norm1(x + self.drop(self.out(seen)))
        return self.norm2(x + self.drop(self.narrow(F.gelu(self.widen(x)))))


class TextNet(nn.Module):
    def __init__(self, config: TextConfig, pieces: int) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(pieces, config.width), nn.Embedding(config.positions, config.width)
        self.norm, self.drop = nn.LayerNorm(config.width, eps=1e-12), nn.Dropout(config.dropout)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.layers))
        self.weigh = nn.Linear(config.width, 1)
        self.questions = nn.ModuleDict({name: nn.Linear(2 * config.width, size) for name, size in HEADS.items()})
        nn.init.zeros_(self.weigh.weight)  # starts as the plain mean, which the encoder was trained with

    def read(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """(n, tokens) numbers and 1 for text, 0 for padding -> (n, 2 width) of the sentence, (n, tokens) weights."""
        bias = (1 - mask[:, None, None].float()) * -1e4
        x = self.drop(self.norm(self.words(ids) + self.places.weight[: ids.shape[1]]))
        for layer in self.layers:
            x = layer(x, bias)
        weight = (self.weigh(x)[..., 0] + bias[:, 0, 0]).softmax(-1)
        return torch.cat([(x * weight[..., None]).sum(1), x[:, 0]], 1), weight

    def forward(self, ids: Tensor, mask: Tensor) -> dict[str, Tensor]:
        sentence, weight = self.read(ids, mask)
        sentence = self.drop(sentence)
        return {**{name: head(sentence) for name, head in self.questions.items()}, "weight": weight}


def pretrained(config: TextConfig, kept: np.ndarray, encoder: Path) -> TextNet:
    """The encoder's published weights, of the word pieces that stay."""
    stored = {name: value.float() for name, value in load_file(encoder / "model.fp16.safetensors").items()}
    net = TextNet(config, len(kept))
    state = net.state_dict()
    state["words.weight"] = stored["embeddings.word_embeddings.weight"][torch.from_numpy(kept)]
    state["places.weight"] = (stored["embeddings.position_embeddings.weight"] + stored["embeddings.token_type_embeddings.weight"][:1])[: config.positions]
    state["norm.weight"], state["norm.bias"] = stored["embeddings.LayerNorm.weight"], stored["embeddings.LayerNorm.bias"]
    names = {
        "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value", "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm", "widen": "intermediate.dense", "narrow": "output.dense", "norm2": "output.LayerNorm",
    }
    for number in range(config.layers):
        for ours, theirs in names.items():
            for kind in ("weight", "bias"):
                state[f"layers.{number}.{ours}.{kind}"] = stored[f"encoder.layer.{number}.{theirs}.{kind}"]
    net.load_state_dict(state)
    return net
