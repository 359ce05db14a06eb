"""Every choice of the text model, with its reason."""

from __future__ import annotations

from dataclasses import dataclass

EKMAN = ("neutral", "joy", "sadness", "anger", "fear", "disgust", "surprise")
"""GoEmotions' grouping, in the order of src/core/emotion.ts."""
PLUTCHIK = ("anger", "anticipation", "disgust", "fear", "joy", "sadness", "surprise", "trust")
DAIR = ("sadness", "joy", "love", "anger", "fear", "surprise")


@dataclass(frozen=True)
class TextConfig:
    # encoder: all-MiniLM-L6-v2 (Apache-2.0), six layers of 384
    layers: int = 6
    width: int = 384
    heads: int = 12
    inner: int = 1536
    positions: int = 128
    dropout: float = 0.1
    frequent: int = 16_000  # of the 30,522 word pieces, those of lowest number, which are the most frequent, stay in any case
    # data
    longest: int = 64  # word pieces in training: of GoEmotions one comment in 2,000 is longer
    batch: int = 32
    xed: float = 0.5  # loss weight of XED, whose labels come from subtitles out of their scene
    affect: float = 2.0  # loss weight of EmoBank's squared error
    lines: float = 1.0  # loss weight of our own sentences
    repeats: int = 3  # how often an epoch shows them: two thousand beside seventy
    share: float = 1.0  # of the other corpora in an epoch: less where a trained net only has to keep what it knows
    # optimiser: AdamW, layers nearer to the words move less
    epochs: int = 4
    rate: float = 8e-5
    head_rate: float = 5e-4
    layer_decay: float = 0.85
    decay: float = 0.01
    warmup: float = 0.06
    ema: float = 0.999
    # run
    seed: int = 1
    threads: int = 1
