"""The word lists that the app itself carries: names of emoji (the model was trained on them) and valences of words.

    python -m training.text.lexicon_assets --data ../shared/data --out src/modalities/text/lexicon/wordLists.json

VADER (MIT, C.J. Hutto) and AFINN-165 (MIT, Finn Arup Nielsen); the notice beside the output travels with it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from training.text.vocabulary import EmojiNames, table


def valences(data: Path) -> dict[str, float]:
    """Mean rating of a word in [-4, 4], to one digit; AFINN's -5..5 where VADER has none."""
    found = {word: round(0.8 * float(score), 1) for word, score in table(data / "text" / "lexicons" / "afinn165.tsv.gz") if " " not in word}
    found |= {token.lower(): float(mean) for token, mean, _ in table(data / "text" / "lexicons" / "vader.tsv.gz")}
    return {word: value for word, value in found.items() if value != 0}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    names = EmojiNames(options.data).names
    by_value: dict[str, list[str]] = {}
    for word, value in sorted(valences(options.data).items()):
        by_value.setdefault(f"{value:g}", []).append(word)
    lists = {
        # Tabs and line feeds occur in neither: a fifth smaller than nested lists.
        "emoji": "\n".join(f"{emoji}\t{name}" for emoji, name in names.items()),
        "valence": {value: "\t".join(words) for value, words in sorted(by_value.items(), key=lambda pair: float(pair[0]))},
    }
    options.out.write_text(json.dumps(lists, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
