"""Decode the clips of panda4q once and compute what the model sees, into training/runs/music/features.npz.

    python -m training.music.prepare --package DIR/musicnn        (see musicnn.py for the package)
"""
import argparse
import csv
import hashlib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import torch

from . import config as c
from .checkpoint import load_checkpoint
from .frontend import decode, describe_frames, patch_pictures, power_frames, resample
from .musicnn import Listener
from .segment import segment_features

RUNS = Path("training/runs/music")


def read_rows(data):
    """Rows of the set's own manifest.csv, with the path of the clip."""
    with open(Path(data) / "manifest.csv", encoding="utf8", newline="") as f:
        return [dict(r, path=str(Path(data) / r["file"])) for r in csv.DictReader(f)]


def clip_features(path):
    """Feature vector, its names, and the listener's pictures of the first segment."""
    x = resample(decode(path), 48_000)
    segment = x[:(c.SEGMENT_FRAMES - 1) * c.HOP + c.N_FFT]
    return *segment_features(describe_frames(power_frames(segment))), patch_pictures(segment[:c.SEGMENT_FRAMES * c.HOP])


def listen(package, pictures):
    """Timbre (n, 5, 200) and tags (n, 5, 50) of the clips; a short clip's last patch stands for the missing ones."""
    torch.set_num_threads(1)
    net = Listener(load_checkpoint(f"{package}/MSD_musicnn"))
    timbre, tags = [], []
    with torch.no_grad():
        for one in pictures:
            answer = net(torch.from_numpy(one).float() / 255 * c.PATCH_TOP)
            fill = [min(k, len(one) - 1) for k in range(c.PATCHES)]
            timbre.append(answer[0].numpy()[fill])
            tags.append(answer[1].numpy()[fill])
    return np.stack(timbre), np.stack(tags)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default="../shared/data/music/panda4q")
    parser.add_argument("--package", required=True)
    parser.add_argument("--workers", type=int, default=1)
    args = parser.parse_args()
    table = read_rows(args.data)
    with ProcessPoolExecutor(args.workers) as pool:
        results = list(pool.map(clip_features, [r["path"] for r in table], chunksize=8))
    x = np.stack([r[0] for r in results]).astype(np.float32)
    y = np.array([int(r["quadrant"][1]) - 1 for r in table])
    fold = np.array([int(r["fold"]) for r in table])
    timbre, tags = listen(args.package, [r[2] for r in results])
    RUNS.mkdir(parents=True, exist_ok=True)
    np.savez(RUNS / "features.npz", x=x, timbre=timbre, tags=tags, y=y, fold=fold, clip=[r["file"] for r in table], artist=[r["artist_group"] for r in table], names=results[0][1])
    print(f"{x.shape} finite {np.isfinite(x).all()} split sha256 "
          f"{hashlib.sha256(repr([(r['file'], r['fold']) for r in table]).encode()).hexdigest()[:16]}")


if __name__ == "__main__":
    main()
