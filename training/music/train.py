"""Nested cross-validation by artist, then the model of all clips, into training/runs/music/.

    python -m training.music.train                 official folds and the shipped model
    python -m training.music.train --reseeds 3     also that many other partitions of the artists
"""
import argparse
import pickle

import numpy as np

from training.common.metrics import fit_temperature, negative_log_likelihood, softmax

from .config import TrainConfig
from .model import CHOICES, fit
from .prepare import RUNS


def out_of_fold(x, y, fold, groups, choice):
    """(n, 4) logits of every clip by a model that saw no artist of its fold."""
    logits = np.zeros((len(y), 4))
    for k in np.unique(fold):
        logits[fold == k] = fit(x[fold != k], y[fold != k], groups, choice).logits(x[fold == k])
    return logits


def choose(x, y, fold, groups):
    """The choice of least inner log-loss and its temperature, from predictions across the given folds."""
    trials = [(out_of_fold(x, y, fold, groups, choice), choice) for choice in CHOICES]
    scores = [negative_log_likelihood(y, softmax(logits)) for logits, _ in trials]
    logits, choice = trials[int(np.argmin(scores))]
    return choice, fit_temperature(y, logits)


def nested(x, y, fold, groups):
    """(n, 4) calibrated logits; choice and temperature of each outer fold come from its training folds only."""
    logits, raw, chosen = np.zeros((len(y), 4)), np.zeros((len(y), 4)), []
    for k in np.unique(fold):
        inside = fold != k
        choice, temperature = choose(x[inside], y[inside], fold[inside], groups)
        raw[~inside] = fit(x[inside], y[inside], groups, choice).logits(x[~inside])
        logits[~inside] = raw[~inside] / temperature
        chosen.append((choice, temperature))
        print(f"fold {k}: {choice} temperature {temperature:.3f} accuracy {np.mean(logits[~inside].argmax(1) == y[~inside]):.4f}", flush=True)
    return logits, raw, chosen


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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reseeds", type=int, default=0)
    args = parser.parse_args()
    z = np.load(RUNS / "features.npz")
    x, y, fold, artists = z["x"].astype(float), z["y"], z["fold"], z["artist"]
    groups = np.array([n.rstrip("0123456789") for n in z["names"]])
    logits, raw, chosen = nested(x, y, fold, groups)
    choice, temperature = choose(x, y, fold, groups)
    with open(RUNS / "model.pkl", "wb") as f:
        pickle.dump({"fitted": fit(x, y, groups, choice), "temperature": temperature, "choice": choice, "seed": config.seed}, f)
    np.savez(RUNS / "predictions.npz", logits=logits, raw=raw, y=y, artist=artists)
    print(f"shipped: {choice} temperature {temperature:.3f}")
    if args.reseeds:
        other = [nested(x, y, partition(artists, config.folds, config.seed + s), groups)[0] for s in range(args.reseeds)]
        np.savez(RUNS / "reseeds.npz", logits=np.stack(other))


if __name__ == "__main__":
    main()
