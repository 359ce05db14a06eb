"""Everything that is measured of fusion, into training/runs/fusion-metrics.json.

    python -m training.fusion.evaluate --seeds 1 2 3
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from training.face.prepare import DATA, RUNS
from training.fusion.augment import plain
from training.fusion.config import FEW, FusionConfig
from training.fusion.memory import evaluate_memory
from training.fusion.mosi import mosi
from training.fusion.prepare import CACHE, load, vote_rows
from training.fusion.protocols import Holding, ravdess_eight, rows_of, seven
from training.fusion.songs import precision_at
from training.fusion.train import Arrays

METRICS = RUNS / "fusion-metrics.json"


def votes_alone(data: Path) -> dict[str, float]:
    """CREMA-D's raters without anything learned: the largest share of votes."""
    rows, heard, seen = vote_rows(data)
    truth = np.array([row["intended"] for row in rows])
    codes = np.array(["NEU", "HAP", "SAD", "ANG", "FEA", "DIS", "-"])
    return {name: float((codes[p.argmax(1)] == truth).mean()) for name, p in (("voice", heard), ("face", seen), ("mean of both", heard + seen))}


def memory_of(arrays: Arrays, config: FusionConfig) -> dict[str, object]:
    holding, rows = Holding(arrays, config, 1), rows_of(arrays, "ravdess")["ravdess, plain"]
    p = arrays["ravdess/p"][rows]
    logits = holding.answer("ravdess", rows, lambda at: plain(p[at], np.zeros(3)))["hybrid"]
    return evaluate_memory(logits, *(arrays[f"ravdess/{key}"][rows] for key in ("label", "person", "fold")))


def evaluate(arrays: Arrays, data: Path, seeds: list[int]) -> dict[str, object]:
    config, few = FusionConfig(), FusionConfig(**FEW)
    return {
        "seeds": seeds, "ravdess, 8 classes": ravdess_eight(arrays, few, seeds), "seven emotions": seven(arrays, config, seeds),
        "votes alone": votes_alone(data), "mosi": mosi(data, few), "memory": memory_of(arrays, config),
        "songs": {"precision at 10": precision_at(10), "folds": "5 by artist"},
    }


def lines(found: dict[str, object], path: tuple[str, ...] = ()) -> list[str]:
    """One line for each score."""
    if "interval" in found:
        low, high = found["interval"]
        return [f"{' / '.join(path)}: {found['accuracy']:.3f} ± {found['sd']:.3f} ({low:.3f}-{high:.3f}), UAR {found['uar']:.3f}, ECE {found['ece']:.3f}, "
                f"n {found['n']}"]
    out = []
    for name, value in found.items():
        out += lines(value, (*path, str(name))) if isinstance(value, dict) else [f"{' / '.join((*path, str(name)))}: {value}"]
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--out", type=Path, default=METRICS)
    chosen = parser.parse_args()
    torch.set_num_threads(FusionConfig.threads)
    found = evaluate(load(chosen.data, chosen.cache), chosen.data, chosen.seeds)
    chosen.out.write_text(json.dumps(found, indent=2, allow_nan=False) + "\n", encoding="utf8")
    print("\n".join(lines(found)))


if __name__ == "__main__":
    main()
