"""tests/golden/physiology-windows.json: real windows with the trainer's features and answers, for the TypeScript twin.

    python -m training.physiology.golden
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import scipy

from .config import CONTEXT, EDA_RATE
from .features import heart_features, skin_features
from .model import adapt, beside_memory
from .prepare import people, signals, windows_of

CASES = 24


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("../shared/data/physiology"))
    everybody = people(parser.parse_args().data / "stress_predict")
    cases = []
    for k, name in enumerate(list(everybody)[:CASES]):
        person = everybody[name]
        start = person["segments_t0_t1_stress"][0][0]
        rates, conductance = signals(person, start + 120 + 90 * k)
        cases.append({
            "name": f"{name} at {120 + 90 * k} s", "rates": np.round(rates, 2).tolist(), "conductance": np.round(conductance, 4).tolist(),
            "heart": np.round(heart_features(np.round(rates, 2)), 9).tolist(), "skin": np.round(skin_features(np.round(conductance, 4)), 9).tolist(),
        })
    windows = windows_of(everybody["S02"])[:40]
    rows = np.round(np.array([w[3] for w in windows]), 6)
    at = np.array([w[0] for w in windows]) - windows[0][0]
    spread = np.round(rows.std(0) + 0.05, 6)
    z = adapt(rows, np.arange(len(rows)) < 3, spread)
    beside = beside_memory(z, at)
    golden = {
        "tool": f"numpy {np.__version__}, scipy {scipy.__version__}", "script": "training/physiology/golden.py",
        "licence": "windows of Stress-Predict (Iqbal et al. 2022), MIT, Copyright (c) 2022 Talha Iqbal, rounded",
        "about": f"up to {CONTEXT} s: heart rate once a second, skin conductance at {EDA_RATE:g} Hz; adaptation of one person's features, and their distance from the last minutes",
        "cases": cases, "adaptation": {"rows": rows.tolist(), "spread": spread.tolist(), "z": np.round(z, 9).tolist(), "seconds": at.tolist(), "beside": np.round(beside, 9).tolist()},
    }
    Path("tests/golden/physiology-windows.json").write_text(json.dumps(golden, separators=(",", ":"), allow_nan=False) + "\n", encoding="utf8")
    print(f"{len(cases)} windows")


if __name__ == "__main__":
    main()
