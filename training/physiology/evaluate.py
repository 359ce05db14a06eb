"""Prints the figures of the out-of-person predictions and writes training/runs/physiology/metrics.json.

    python -m training.physiology.evaluate
"""

from __future__ import annotations

import json
from collections import Counter

import numpy as np

from training.common.metrics import accuracy, bootstrap, ece, uar

from .prepare import RUNS, from_first_task

BENCHMARKS = ("wesad-window", "wesad-history", "near", "near-pulse", "near-time")


def auc(positive: np.ndarray, score: np.ndarray) -> float:
    """Chance that a positive scores above a negative; ties count half."""
    values, place = np.unique(score, return_inverse=True)
    count = np.bincount(place, minlength=len(values))
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    n = positive.sum()
    return float((rank[positive == 1].sum() - n * (n + 1) / 2) / (n * (len(positive) - n)))


def figures(y: np.ndarray, score: np.ndarray, subject: np.ndarray, threshold: float) -> dict[str, object]:
    answer = (score > threshold).astype(int)
    people = {s: (accuracy(y[subject == s], answer[subject == s]), uar(y[subject == s], answer[subject == s])) for s in np.unique(subject)}
    return {
        "n": len(y), "people": len(people), "accuracy": accuracy(y, answer), "balanced": uar(y, answer), "auc": auc(y, score),
        "accuracyInterval": bootstrap(accuracy, y, answer, groups=subject), "balancedInterval": bootstrap(uar, y, answer, groups=subject),
        "aucInterval": bootstrap(auc, y, score, groups=subject, rounds=300),
        "meanOfPeople": float(np.mean([b for _, b in people.values()])), "sdOfPeople": float(np.std([b for _, b in people.values()], ddof=1)),
        "bySubject": {s: [round(a, 3), round(b, 3), int((subject == s).sum())] for s, (a, b) in people.items()},
    }


def sure(y: np.ndarray, p: np.ndarray) -> list[float]:
    """Share of windows whose answer is beyond .3 and .7, and its accuracy."""
    keep = np.abs(p - 0.5) > 0.2
    return [float(keep.mean()), float(((p > 0.5) == y)[keep].mean())]


def main() -> None:
    result: dict[str, object] = {}
    for name in BENCHMARKS:
        z = np.load(RUNS / f"{name}.npz")
        result[name] = {**figures(z["y"], z["score"], z["subject"], 0), "chosen": Counter(z["chosen"].tolist()).most_common(4)}
    z = np.load(RUNS / "shipped.npz")
    tasks = z["near"] & from_first_task(z["subject"], z["at"], z["y"])
    for head in ("heart", "skin", "both"):
        for scope, keep in (("near", z["near"]), ("tasks", tasks), ("all", z["y"] >= 0)):
            y, p = z["y"][keep], z[head][keep]
            result[f"shipped-{head}-{scope}"] = {**figures(y, p, z["subject"][keep], 0.5), "ece": ece(y, np.c_[1 - p, p])}
    before = z["near"] & ~tasks
    result["calmBeforeTasks"] = {head: [int(before.sum()), float((z[head][before] <= 0.5).mean())] for head in ("heart", "skin", "both")}
    result["calmBeforeTasks"]["beyond.3.7"] = sure(z["y"][z["near"]], z["both"][z["near"]])
    (RUNS / "metrics.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf8")
    print("called calm before the tasks", result.pop("calmBeforeTasks"))
    for name, r in result.items():
        low, high = r["balancedInterval"]
        print(f"{name:20} n {r['n']} people {r['people']} accuracy {r['accuracy']:.3f} balanced {r['balanced']:.3f} ({low:.3f}-{high:.3f}) auc {r['auc']:.3f}"
              f" people {r['meanOfPeople']:.3f}+-{r['sdOfPeople']:.3f}" + (f" ece {r['ece']:.3f}" if "ece" in r else "") + f" {r.get('chosen', '')}")


if __name__ == "__main__":
    main()
