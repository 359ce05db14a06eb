"""Writes models/face-emotion from an evaluated run.

    python -m training.face.export --run-dir training/runs/face-1 training/runs/face-11 training/runs/face-12 --run-dir training/runs/face-s --bits 8
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from training.common.export import REPOSITORY, Card, Input, Output, export
from training.face.augment import MEAN, STD
from training.face.config import FaceConfig
from training.face.evaluate import LABELS, add_run_dirs, load_shipped, prepare_faces
from training.face.prepare import CACHE, DATA, load

TOLERANCE = 0.02
"""Of a logit. Half-precision weights and a GPU's own order of sums stay well below it; a wrong layout is off by whole units."""

LICENCE = {
    "spdx": "LicenseRef-research-data",
    "source": "Trained for SyncIn. FER2013 pixels were scraped from the web for research, without a licence to pass them on; the votes "
    "are MIT. Whether the weights may be used beyond research is for the user to judge; the code is Apache-2.0.",
    "trainedOn": ["FER+ (votes MIT, FER2013 pixels research use)"],
}


def metric(dataset: str, split: str, name: str, value: float, count: int) -> dict[str, object]:
    return {"dataset": dataset, "split": split, "name": name, "value": round(value, 4), "n": count}


def manifest_metrics(result: dict[str, dict[str, object]]) -> list[dict[str, object]]:
    """The headline figures of metrics.json; only those that were measured."""
    rows = []
    for key, dataset, split in (
        ("test", "FER+", "PrivateTest"), ("dev", "FER+", "PublicTest"), ("affect64", "affect64", "test"),
    ):
        if key not in result:
            continue
        part = result[key]
        for name, field in (
            ("accuracy", "accuracy"), ("macro-f1", "macro_f1"), ("uar", "uar"), ("ece", "ece"),
            ("ccc-valence", "ccc_valence"), ("ccc-arousal", "ccc_arousal"),
        ):
            if field in part:
                rows.append(metric(dataset, split, name, part[field], part["n"]))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cache", type=Path, default=CACHE)
    add_run_dirs(parser)
    parser.add_argument("--metrics", type=Path, help="metrics.json; by default in the first run's folder")
    parser.add_argument("--folder", type=Path, default=REPOSITORY / "models" / "face-emotion")
    parser.add_argument("--version", default="3.0.0")
    parser.add_argument("--bits", type=int, choices=(8, 16, 32), default=16, help="how the weights are stored")
    chosen = parser.parse_args()
    result = json.loads((chosen.metrics or chosen.run_dir[0][0] / "metrics.json").read_text(encoding="utf8"))
    net, _ = load_shipped(chosen.run_dir)
    torch.set_num_threads(FaceConfig.threads)
    card = Card(
        name="face-emotion", version=chosen.version, task="emotion", licence=LICENCE,
        inputs=[Input("face", (-1, 1, FaceConfig.size, FaceConfig.size))],
        outputs=(Output("logits", (-1, len(LABELS)), "none"), Output("affect", (-1, 2), "tanh")),
        metrics=manifest_metrics(result), script="training/face/train.py", seed=result["runs"][0]["seed"],
        preprocess={"mean": [MEAN], "std": [STD], "layout": "NCHW", "colour": "gray"},
        labels=LABELS, temperature=result["temperature"], tolerance=TOLERANCE,
    )
    inputs = prepare_faces(load(chosen.data, chosen.cache)["dev_images"][:64])
    worst = export(net, card, [inputs], chosen.folder, chosen.bits)
    size = (chosen.folder / "model.onnx").stat().st_size
    print(f"{chosen.folder}: {size} bytes, largest difference to PyTorch {worst:.1e}")


if __name__ == "__main__":
    main()
