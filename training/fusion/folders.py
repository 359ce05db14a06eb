"""Labelled folders for `npm run evaluate -- fusion` and `npm run ablate` from the tokens, and what the trainer makes of the same rows.

    python -m training.fusion.folders <folder> [--run-dir training/runs/fusion-1]

Column `met`: whether the run has met the person in training. Figures of strangers are those of the rows with `met=no`.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import numpy as np
import torch

from training.common.labels import EMOTIONS
from training.common.metrics import accuracy, ece, softmax, uar
from training.face.prepare import RUNS
from training.fusion.augment import plain
from training.fusion.config import KINDS, PEOPLE, SOURCES
from training.fusion.export import networks
from training.fusion.prepare import CACHE, load
from training.fusion.protocols import all_kinds, rows_of
from training.fusion.train import REAL, Arrays, held_out

Array = np.ndarray


def write(folder: Path, arrays: Arrays, name: str, rows: Array, met: Array) -> None:
    """One manifest.csv; a sense that says nothing about any row has no columns."""
    p, label, person = (arrays[f"{name}/{key}"][rows] for key in ("p", "label", "person"))
    senses = [m for m in range(len(SOURCES)) if np.isfinite(p[:, m]).all()]
    emotions = [f"{SOURCES[m]}_{emotion}" for m in senses for emotion in EMOTIONS]
    people = [m for m in senses if PEOPLE[name][m]]
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "manifest.csv").open("w", encoding="utf8", newline="") as file:
        out = csv.writer(file)
        out.writerow([*emotions, *(f"{SOURCES[m]}_people" for m in people), "label", "subject", "met"])
        for i in range(len(rows)):
            told = [f"{value:.6g}" for m in senses for value in p[i, m]]
            out.writerow([*told, *("1" for _ in people), EMOTIONS[label[i]], person[i], "yes" if met[i] else "no"])


def trainer_says(arrays: Arrays, name: str, rows: Array, state: dict[str, object]) -> list[str]:
    learned = {kind: (net, float(state[f"{kind}-temperature"])) for kind, net in zip(KINDS, networks(state), strict=True)}
    y = arrays[f"{name}/label"][rows]
    told = all_kinds(plain(arrays[f"{name}/p"][rows], np.array(PEOPLE[name])), learned)
    return [f"{kind:10s} accuracy {accuracy(y, z.argmax(1)):.4f}  UAR {uar(y, z.argmax(1)):.4f}  ECE {ece(y, softmax(z)):.4f}" for kind, z in told.items()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--run-dir", type=Path, default=RUNS / "fusion-1")
    chosen = parser.parse_args()
    arrays, state = load(cache=chosen.cache), torch.load(chosen.run_dir / "final.pt", weights_only=False)
    for name in REAL:
        unknown = held_out(arrays, name, state["hold"])
        for part, rows in rows_of(arrays, name).items():
            folder = chosen.folder / part.replace(", ", "-").replace(" ", "-")
            write(folder, arrays, name, rows, ~unknown[rows])
            for which, kept in (("all", rows), ("strangers, --where met=no", rows[unknown[rows]])):
                print(f"{folder.name}: {which}, n {len(kept)}", *trainer_says(arrays, name, kept, state), sep="\n  ")


if __name__ == "__main__":
    main()
