"""Nested leave-one-person-out predictions of the benchmarks and of the model that ships, then that model on everybody.

    python -m training.physiology.train          # 10 minutes on one core
"""

from __future__ import annotations

import itertools
import pickle

import numpy as np

from training.common.metrics import uar

from . import config as c
from .model import COLUMNS, LeftOut, Logistic, fit_logistic, normalise_by_session, represent, spread_within
from .prepare import RUNS, near_tasks

SMOOTHING = (0.0, 40.0)          # s, time constant of the causal filter over answers
WESAD_SHARES = (0.0, 0.3, 0.1)   # of a new window in the causal mean of features; 0: no such mean
WESAD_SECONDS = 9.3              # between two windows of the WESAD table


def smooth(values: np.ndarray, at: np.ndarray, seconds: float) -> np.ndarray:
    """First-order low-pass of one person's answers in time order; looks back only."""
    out = values.copy()
    for i in range(1, len(values)):
        share = 1 if seconds == 0 else 1 - np.exp(-(at[i] - at[i - 1]) / seconds)
        out[i] = out[i - 1] + share * (values[i] - out[i - 1])
    return out


def causal_mean(z: np.ndarray, subject: np.ndarray, share: float) -> np.ndarray:
    """(n, D) features beside their own causal mean: (n, 2 D)."""
    out = z.copy()
    for i in range(1, len(z)):
        if subject[i] == subject[i - 1]:
            out[i] = out[i - 1] + share * (z[i] - out[i - 1])
    return np.hstack([z, out])


def nested(candidates: dict[str, tuple[LeftOut, float]], y, subject, at) -> tuple[np.ndarray, list[str]]:
    """Answers about each person by the candidate that did best on the others, each of them left out as well."""
    names = list(next(iter(candidates.values()))[0].rows)
    rows = {s: np.flatnonzero(subject == s) for s in names}
    answers, chosen = np.zeros(len(y)), []
    for who in names:
        def score(name: str) -> float:
            model, seconds = candidates[name]
            inner = [(y[rows[s]], smooth(model.predict(s, who), at[rows[s]], seconds) > 0) for s in names if s != who]
            return uar(np.concatenate([t for t, _ in inner]), np.concatenate([a for _, a in inner]).astype(int))
        best = max(candidates, key=score)
        model, seconds = candidates[best]
        answers[rows[who]] = smooth(model.predict(who), at[rows[who]], seconds)
        chosen.append(best)
    return answers, chosen


def wesad(config: c.TrainConfig, shares: tuple[float, ...]) -> dict[str, np.ndarray]:
    data = np.load(RUNS / "wesad.npz")
    x, y, subject = data["x"], data["y"], data["subject"]
    candidates = {}
    for rank, share, ridge, width in itertools.product((False, True), shares, config.ridges, config.widths):
        z = normalise_by_session(x, subject, rank)
        z = causal_mean(z, subject, share) if share else z
        candidates[f"rank={rank} share={share} ridge={ridge} width={width}"] = (LeftOut(z, y, subject, ridge, width, config.linear), 0.0)
    answers, chosen = nested(candidates, y, subject, np.arange(len(y)) * WESAD_SECONDS)
    return {"y": y, "subject": subject, "score": answers, "chosen": np.array(chosen)}


def bench(x, y, subject, at, config: c.TrainConfig, time_only: bool = False) -> dict[str, np.ndarray]:
    """Stress-Predict with each feature normalised by the person's whole session, which no app can do while it runs."""
    candidates = {}
    for rank, ridge, width in itertools.product((False, True), config.ridges, config.widths):
        z = x if time_only else normalise_by_session(x, subject, rank)
        model = LeftOut(z, y, subject, ridge, 20.0 if time_only else width, config.linear)
        for seconds in (0.0,) if time_only else SMOOTHING:
            candidates[f"rank={rank} ridge={ridge} width={width} smooth={seconds:.0f}s"] = (model, seconds)
    answers, chosen = nested(candidates, y, subject, at)
    return {"y": y, "subject": subject, "score": answers, "chosen": np.array(chosen)}


def smooth_people(logits: np.ndarray, subject: np.ndarray, at: np.ndarray) -> np.ndarray:
    out = logits.copy()
    for s in np.unique(subject):
        out[subject == s] = smooth(logits[subject == s], at[subject == s], c.SMOOTHING)
    return out


def inner_logits(z, y, subject, at, near, penalty, folds) -> np.ndarray:
    names = np.unique(subject)
    out = np.zeros(len(y))
    for k in range(folds):
        held = np.isin(subject, names[k::folds])
        out[held] = fit_logistic(z[~held & near], y[~held & near], penalty).logits(z[held])
    return smooth_people(out, subject, at)[near]


def fit_chosen(z, y, subject, at, near, config: c.TrainConfig) -> tuple[Logistic, float]:
    """Penalty by people inside the training set, temperature on the same held-out and smoothed logits; fitted near the tasks."""
    inner = {p: inner_logits(z, y, subject, at, near, p, config.inner_folds) for p in config.penalties}
    y, z = y[near], z[near]
    best = max(inner, key=lambda p: uar(y, (inner[p] > 0).astype(int)))
    temperatures = np.exp(np.linspace(-1, 2, 61))
    sign = np.where(y == 1, 1, -1)
    loss = [np.logaddexp(0, -sign * inner[best] / t).mean() for t in temperatures]
    return fit_logistic(z, y, best), float(temperatures[int(np.argmin(loss))])


def shipped(data, config: c.TrainConfig) -> tuple[dict[str, np.ndarray], dict[str, object]]:
    """Out-of-person probabilities of every head over all windows, fitted near the tasks; and the heads of everybody."""
    x, y, subject, at, segment = (data[k] for k in ("x", "y", "subject", "at", "segment"))
    near = near_tasks(subject, at, y)
    out = {name: np.zeros(len(y)) for name in COLUMNS}
    for who in np.unique(subject):
        others = subject != who
        z = represent(x, subject, at, segment, spread_within(x[others], subject[others]))
        for name, columns in COLUMNS.items():
            head, temperature = fit_chosen(z[others][:, columns], y[others], subject[others], at[others], near[others], config)
            mine = subject == who
            logits = smooth(head.logits(z[mine][:, columns]), at[mine], c.SMOOTHING)
            out[name][mine] = 1 / (1 + np.exp(-logits / temperature))
    spread = spread_within(x, subject)
    z = represent(x, subject, at, segment, spread)
    fits = {name: fit_chosen(z[:, columns], y, subject, at, near, config) for name, columns in COLUMNS.items()}
    model = {"spread": spread, "heads": {k: f[0] for k, f in fits.items()}, "temperatures": {k: f[1] for k, f in fits.items()}, "seed": config.seed}
    return {**out, "y": y, "subject": subject, "at": at, "near": near}, {**model, "z": z}


def main() -> None:
    config = c.TrainConfig()
    data = np.load(RUNS / "stress_predict.npz")
    predictions, model = shipped(data, config)
    np.savez(RUNS / "shipped.npz", **predictions)
    with open(RUNS / "model.pkl", "wb") as f:
        pickle.dump(model, f)
    print("shipped", flush=True)
    near = near_tasks(data["subject"], data["at"], data["y"])
    x, y, subject, at, pulse = (data[k][near] for k in ("x", "y", "subject", "at", "pulse"))
    elapsed = np.concatenate([at[subject == s] - data["at"][data["subject"] == s].min() for s in np.unique(subject)])[:, None] / 3600
    jobs = {
        "wesad-window": lambda: wesad(config, (0.0,)), "wesad-history": lambda: wesad(config, WESAD_SHARES),
        "near": lambda: bench(x, y, subject, at, config), "near-pulse": lambda: bench(np.hstack([x, pulse]), y, subject, at, config),
        "near-time": lambda: bench(elapsed, y, subject, at, config, time_only=True),
    }
    for name, job in jobs.items():
        np.savez(RUNS / f"{name}.npz", **job())
        print(name, flush=True)


if __name__ == "__main__":
    main()
