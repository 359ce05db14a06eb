"""Decode the clips of panda4q and compute the feature vectors once, into training/runs/music/features.npz.

    python -m training.music.prepare --data ../shared/data/music/panda4q
"""
import argparse
import csv
import hashlib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from . import config as c
from .frontend import decode, describe_frames, power_frames, resample
from .segment import segment_features

RUNS = Path("training/runs/music")


def read_rows(data):
    """Rows of the set's own manifest.csv, with the path of the clip."""
    with open(Path(data) / "manifest.csv", encoding="utf8", newline="") as f:
        return [dict(r, path=str(Path(data) / r["file"])) for r in csv.DictReader(f)]


def clip_features(path):
    x = resample(decode(path), 48_000)
    return segment_features(describe_frames(power_frames(x)[:c.SEGMENT_FRAMES]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default="../shared/data/music/panda4q")
    parser.add_argument("--workers", type=int, default=1)
    args = parser.parse_args()
    table = read_rows(args.data)
    with ProcessPoolExecutor(args.workers) as pool:
        results = list(pool.map(clip_features, [r["path"] for r in table], chunksize=8))
    x = np.stack([r[0] for r in results]).astype(np.float32)
    y = np.array([int(r["quadrant"][1]) - 1 for r in table])
    fold = np.array([int(r["fold"]) for r in table])
    RUNS.mkdir(parents=True, exist_ok=True)
    np.savez(RUNS / "features.npz", x=x, y=y, fold=fold, clip=[r["file"] for r in table], artist=[r["artist_group"] for r in table], names=results[0][1])
    print(f"{x.shape} finite {np.isfinite(x).all()} split sha256 "
          f"{hashlib.sha256(repr([(r['file'], r['fold']) for r in table]).encode()).hexdigest()[:16]}")


if __name__ == "__main__":
    main()
