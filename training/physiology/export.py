"""models/physiology-arousal/ from the heads of everybody and the out-of-person figures.

    python -m training.physiology.export
"""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import numpy as np

from training.common.export import Card, Input, Output, export

from . import config as c
from .model import StressModel
from .prepare import RUNS

LICENCE = {
    "spdx": "MIT",
    "source": "trained in this repository by training/physiology; WESAD was used for a benchmark only, never for these weights",
    "trainedOn": ["Stress-Predict (Iqbal et al. 2022), 34 people, MIT, Copyright (c) 2022 Talha Iqbal"],
}
NAMES = {"accuracy": "accuracy", "balanced": "uar", "ece": "ece"}
SCOPES = {
    "shipped-both-near": "leave one person out, within 5 min of the tasks, heart and skin", "shipped-heart-near": "the same, heart only",
    "shipped-skin-near": "the same, skin only", "shipped-both-tasks": "the same from the first task on, heart and skin", "shipped-both-all": "leave one person out, whole sessions, heart and skin",
}


def main() -> None:
    with open(RUNS / "model.pkl", "rb") as f:
        run = pickle.load(f)
    result = json.loads((RUNS / "metrics.json").read_text(encoding="utf8"))
    metrics = [
        {"dataset": "stress_predict", "split": split, "name": NAMES[key], "value": round(result[scope][key], 4), "n": result[scope]["n"]}
        for scope, split in SCOPES.items() for key in NAMES
    ]
    card = Card(
        name="physiology-arousal", version="2.1.0", task="affect", licence=LICENCE,
        inputs=[Input("features", (-1, 2 * c.FEATURES + 2))], outputs=[Output("stress", (-1, 1), "sigmoid")], metrics=metrics,
        script="training/physiology/train.py", seed=run["seed"],
        preprocess={"sampleRate": c.EDA_RATE, "std": [round(float(v), 6) for v in run["spread"]]},
        tolerance=1e-4)   # the temperatures are inside the graph: a reader must not apply them again
    z = run["z"][::40]
    known = np.array([[1, 1], [1, 0], [0, 1]])[np.arange(len(z)) % 3]
    worst = export(StressModel(run["heads"], run["temperatures"]), card, [np.hstack([z, known])], Path("models/physiology-arousal"), bits=32)
    print(f"ONNX and PyTorch differ by {worst:.1e}")


if __name__ == "__main__":
    main()
