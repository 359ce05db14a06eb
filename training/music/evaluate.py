"""Prints the figures of the out-of-fold predictions and writes training/runs/music/metrics.json.

    python -m training.music.evaluate
"""
import json

import numpy as np

from training.common.metrics import accuracy, bootstrap, ece, f1_scores, macro_f1, recalls, softmax

from .prepare import RUNS

HIGH_VALENCE, HIGH_AROUSAL = (0, 3), (0, 1)
TOP = 10


def auc(positive, score):
    """Area under the ROC curve: chance that a positive scores above a negative, ties count half."""
    order = np.argsort(score, kind="stable")
    rank = np.empty(len(score))
    rank[order] = np.arange(1, len(score) + 1)
    for value in np.unique(score):
        same = score == value
        rank[same] = rank[same].mean()
    n = positive.sum()
    return float((rank[positive].sum() - n * (n + 1) / 2) / (n * (len(score) - n)))


def figures(y, probabilities):
    answer = probabilities.argmax(1)
    valence = probabilities[:, HIGH_VALENCE].sum(1)
    arousal = probabilities[:, HIGH_AROUSAL].sum(1)
    return {"accuracy": accuracy(y, answer), "macro-f1": macro_f1(y, answer), "ece": ece(y, probabilities),
            "auc-valence": auc(np.isin(y, HIGH_VALENCE), valence), "auc-arousal": auc(np.isin(y, HIGH_AROUSAL), arousal),
            "accuracy-valence": accuracy(np.isin(y, HIGH_VALENCE), valence > 0.5),
            "accuracy-arousal": accuracy(np.isin(y, HIGH_AROUSAL), arousal > 0.5),
            "precision-at-10": float(np.mean([np.mean(y[np.argsort(-probabilities[:, q])[:TOP]] == q) for q in range(4)]))}


def spread(rows):
    """{figure: mean and sample standard deviation}"""
    return {k: {"mean": float(np.mean([r[k] for r in rows])), "sd": float(np.std([r[k] for r in rows], ddof=1))} for k in rows[0]}


def main():
    z = np.load(RUNS / "predictions.npz")
    y, probabilities = z["y"], softmax(z["logits"])
    result = {"n": len(y), "official": figures(y, probabilities), "withoutAttention": figures(y, softmax(z["plain"])),
              "listenerAlone": figures(y, softmax(z["alone"])), "eceBefore": ece(y, softmax(z["raw"]))}
    if (RUNS / "reseeds.npz").exists():
        result["reseeds"] = spread([figures(y, softmax(logits)) for logits in np.load(RUNS / "reseeds.npz")["logits"]])
    result["accuracyInterval"] = bootstrap(accuracy, y, probabilities.argmax(1), groups=z["artist"])
    for name, half in (("valence", HIGH_VALENCE), ("arousal", HIGH_AROUSAL)):
        result[f"{name}Interval"] = bootstrap(lambda t, s: auc(t, s), np.isin(y, half), probabilities[:, half].sum(1), rounds=200, groups=z["artist"])
    result["confusion"] = [[int(np.sum((y == a) & (probabilities.argmax(1) == b))) for b in range(4)] for a in range(4)]
    result["recall"] = list(recalls(y, probabilities.argmax(1)).values())
    result["f1"] = list(f1_scores(y, probabilities.argmax(1)).values())
    text = json.dumps(result, indent=2)
    (RUNS / "metrics.json").write_text(text + "\n", encoding="utf8")
    print(text)


if __name__ == "__main__":
    main()
