"""Cross-validation by artist, then the model of all clips, into training/runs/music/.

    python -m training.music.train                 official folds and the shipped model
    python -m training.music.train --reseeds 3     also that many other partitions of the artists
"""
import argparse
import pickle

import numpy as np

from training.common.metrics import fit_temperature

from .config import TrainConfig
from .model import LEAST_TAG, fit_opinions
from .prepare import RUNS


def read_timbre(z):
    """(n, 5, 250): what the listener says of each passage, embedding and log-odds of the tags."""
    tags = np.clip(z["tags"].astype(float), LEAST_TAG, 1 - LEAST_TAG)
    return np.concatenate([z["timbre"].astype(float), np.log(tags / (1 - tags))], 2)


def out_of_fold(x, timbre, y, fold, groups):
    """(n, 4) raw logits of every clip by a model that saw no artist of its fold; the same with all passages alike; what timbre and tags say alone."""
    pooled, plain, alone = (np.zeros((len(y), 4)) for _ in range(3))
    for k in np.unique(fold):
        inside, outside = fold != k, fold == k
        opinions = fit_opinions(x[inside], timbre[inside], y[inside], groups)
        pooled[outside] = opinions.clips(x[outside], timbre[outside])
        plain[outside] = opinions.passages(x[outside], timbre[outside]).mean(1)
        alone[outside] = opinions.kernels[1].logits(timbre[outside].mean(1))
    return pooled, plain, alone


def cross_calibrated(logits, y, fold):
    """Each fold scaled by the temperature that fits the out-of-fold logits of the others."""
    scaled = np.zeros_like(logits)
    for k in np.unique(fold):
        scaled[fold == k] = logits[fold == k] / fit_temperature(y[fold != k], logits[fold != k])
    return scaled


def partition(artists, folds, seed):
    """Artists dealt to folds at random, largest first to the emptiest fold."""
    chance = np.random.default_rng(seed)
    names, index, count = np.unique(artists, return_inverse=True, return_counts=True)
    order = np.lexsort((chance.random(len(names)), -count))
    home, load = np.zeros(len(names), int), np.zeros(folds)
    for a in order:
        home[a] = load.argmin()
        load[home[a]] += count[a]
    return home[index] + 1


def main():
    config = TrainConfig()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reseeds", type=int, default=0)
    args = parser.parse_args()
    z = np.load(RUNS / "features.npz")
    x, timbre, y, fold, artists = z["x"].astype(float), read_timbre(z), z["y"], z["fold"], z["artist"]
    groups = np.array([name.rstrip("0123456789") for name in z["names"]])
    raw, plain, alone = out_of_fold(x, timbre, y, fold, groups)
    np.savez(RUNS / "predictions.npz", y=y, artist=artists, raw=raw, logits=cross_calibrated(raw, y, fold), plain=cross_calibrated(plain, y, fold),
             alone=cross_calibrated(alone, y, fold))
    temperature = fit_temperature(y, raw)
    with open(RUNS / "model.pkl", "wb") as f:
        pickle.dump({"opinions": fit_opinions(x, timbre, y, groups), "temperature": temperature, "seed": config.seed}, f)
    print(f"shipped: temperature {temperature:.3f}")
    if args.reseeds:
        others = [partition(artists, config.folds, config.seed + s) for s in range(args.reseeds)]
        logits = [cross_calibrated(out_of_fold(x, timbre, y, other, groups)[0], y, other) for other in others]
        np.savez(RUNS / "reseeds.npz", logits=np.stack(logits))


if __name__ == "__main__":
    main()
