"""The word pieces that stay, and texts as their numbers.

Emoji become their names: the tokenizer would know none of them. src/modalities/text/words does the same at run time.
"""

from __future__ import annotations

import copy
import gzip
import json
import re
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from training.text.config import TextConfig

SELECTORS = re.compile("[\ufe0e\ufe0f\u200d]|[\U0001f3fb-\U0001f3ff]")
"""Variation selectors, joiners and skin tones: they change the picture, not what it says."""


def table(path: Path) -> list[list[str]]:
    with gzip.open(path, "rt", encoding="utf8", newline="\n") as file:
        return [line.split("\t") for line in file.read().rstrip("\n").split("\n")][1:]


class EmojiNames:
    def __init__(self, data: Path) -> None:
        rows = table(data / "text" / "lexicons" / "vader_emoji_names.tsv.gz")
        self.names = {SELECTORS.sub("", emoji): name for emoji, name in rows}
        self.names.pop("", None)
        longest_first = sorted(self.names, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, longest_first)))

    def spell(self, text: str) -> str:
        return self.pattern.sub(lambda found: f" {self.names[found[0]]} ", SELECTORS.sub("", text))


def prune(path: Path, texts: list[str], words: list[str], config: TextConfig) -> tuple[str, np.ndarray]:
    """tokenizer.json without the pieces that neither the texts nor the words need -> (json, old numbers of the kept pieces)."""
    stored = json.loads(path.read_text(encoding="utf8"))
    stored["padding"] = stored["truncation"] = None
    whole = Tokenizer.from_str(json.dumps(stored))
    seen = {i for encoded in whole.encode_batch(texts + words) for i in encoded.ids}
    vocabulary = stored["model"]["vocab"]
    specials = {token: vocabulary[token] for token in ("[PAD]", "[UNK]", "[CLS]", "[SEP]")}
    kept = sorted(
        number for token, number in vocabulary.items()
        if number in specials.values()
        or not re.fullmatch(r"\[unused\d+\]|\[MASK\]", token) and (number < config.frequent or number in seen or len(token.removeprefix("##")) == 1)
    )
    renumbered = {old: new for new, old in enumerate(kept)}
    small = copy.deepcopy(stored)
    small["model"]["vocab"] = {token: renumbered[number] for token, number in vocabulary.items() if number in renumbered}
    small["added_tokens"] = [{**token, "id": renumbered[token["id"]]} for token in stored["added_tokens"] if token["id"] in renumbered]
    for token in small["post_processor"]["special_tokens"].values():
        token["ids"] = [renumbered[i] for i in token["ids"]]
    return json.dumps(small, ensure_ascii=False, separators=(",", ":")), np.array(kept)
