"""The same networks where words are one of three senses: CMU-MOSI, sentiment of what film critics say, official split by video."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from training.common.metrics import fit_temperature, softmax
from training.face.prepare import reader
from training.fusion.augment import plain
from training.fusion.config import KINDS, FusionConfig
from training.fusion.protocols import all_kinds, described
from training.fusion.train import ask, fit

Array = np.ndarray
SENSES = ("text", "audio", "video")
TABLE = np.array([[-0.6, 0.0], [0.6, 0.0]])  # negative and positive on the mood plane
ROWS = 2304
STRENGTH = {"text": 0.03, "audio": 0.003, "video": 0.003}


def single(sense: str) -> object:
    return make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH[sense], max_iter=500))


def posteriors(data: Path) -> tuple[dict[str, Array], dict[str, Array]]:
    """Of train, out of fold by video, and of test, by all of train: p (n, 3, 2), label, video."""
    read = reader(data)
    parts = []
    for split in ("train", "test"):
        arrays, rows = read.load_mosi(split)
        arrays["video-name"] = np.array([row["video"] for row in rows])
        parts.append(arrays)
    (known, asked), out = parts, []
    y = known["label"].astype(int)
    told = np.zeros((len(y), len(SENSES), 2)), np.zeros((len(asked["label"]), len(SENSES), 2))
    for at, sense in enumerate(SENSES):
        for inside, outside in GroupKFold(5).split(y, y, known["video-name"]):
            told[0][outside, at] = single(sense).fit(known[sense][inside], y[inside]).predict_proba(known[sense][outside])
        told[1][:, at] = single(sense).fit(known[sense], y).predict_proba(asked[sense])
        temperature = fit_temperature(y, np.log(told[0][:, at]))
        for p in told:
            p[:, at] = softmax(np.log(p[:, at]), temperature)
    for part, p in zip(parts, told, strict=True):
        out.append({"p": p, "label": part["label"].astype(int), "video": part["video-name"]})
    return out[0], out[1]


def mosi(data: Path, config: FusionConfig) -> dict[str, object]:
    """Accuracy on test for every subset of senses and every kind of fusion."""
    known, asked = posteriors(data)
    nobody = np.zeros(len(SENSES))

    def draw(chance: np.random.Generator) -> tuple[Array, Array, Array]:
        rows = chance.choice(len(known["label"]), ROWS)
        return known["p"][rows], known["label"][rows], np.zeros((ROWS, len(SENSES)))

    learned = {}
    for kind in KINDS:
        net = fit(kind, config, draw, None, TABLE)
        learned[kind] = net, fit_temperature(known["label"], ask(net, plain(known["p"], nobody, None, TABLE)))
    out: dict[str, object] = {}
    for count in (3, 2, 1):
        for kept in combinations(range(len(SENSES)), count):
            told = all_kinds(plain(asked["p"], nobody, kept, TABLE), learned)
            out[" + ".join(SENSES[one] for one in kept)] = {kind: described([z], asked["label"], asked["video"]) for kind, z in told.items()}
    return out
