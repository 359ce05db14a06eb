"""Writes models/voice-emotion from an evaluated run.

    python -m training.voice.export --run-dir training/runs/voice-1
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from training.common.export import REPOSITORY, Card, Input, Output, export
from training.common.labels import canonical
from training.face.prepare import DATA, RUNS
from training.voice.config import CLASSES, VoiceConfig
from training.voice.evaluate import inside
from training.voice.prepare import CACHE, load
from training.voice.train import levels, load_mean

FRAMES = 125
"""Of the samples the file is compared on: 2 s of speech."""
TOLERANCE = 0.02
"""Of a logit: rounding of another runtime stays well below, a wrong layout is off by whole units."""

LICENCE = {
    "spdx": "LicenseRef-research-data",
    "source": "Trained for SyncIn. RAVDESS is CC BY-NC-SA 4.0 and TESS CC BY-NC-ND 4.0: whether weights learnt from them may be used "
    "commercially is for the user to judge; CREMA-D is ODbL 1.0 with attribution; EmoDB is offered as free to use. The code is Apache-2.0.",
    "trainedOn": ["CREMA-D (ODbL 1.0)", "RAVDESS (CC BY-NC-SA 4.0)", "EmoDB (free to use)", "TESS (CC BY-NC-ND 4.0)"],
}


def manifest_metrics(result: dict[str, dict[str, object]]) -> list[dict[str, object]]:
    """The headline figures of metrics.json; only those that were measured."""
    rows = []
    for corpus, dataset in (("cremad", "CREMA-D voice"), ("ravdess", "RAVDESS speech"), ("emodb", "EmoDB")):
        for split in ("test", "dev"):
            part = result.get(f"{corpus}-{split}")
            for name, key in (("accuracy", "accuracy"), ("uar", "uar"), ("macro-f1", "macro_f1"), ("ece", "ece")):
                if part:
                    rows.append({"dataset": dataset, "split": split, "name": name, "value": round(float(part[key]), 4), "n": part["n"]})
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--run-dir", type=Path, nargs="+", default=[RUNS / "voice"], help="several cycles of one run: the mean of their weights")
    parser.add_argument("--folder", type=Path, default=REPOSITORY / "models" / "voice-emotion")
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--bits", type=int, choices=(8, 16, 32), default=8, help="how the weights are stored")
    chosen = parser.parse_args()
    torch.set_num_threads(VoiceConfig.threads)
    result = json.loads((chosen.run_dir[-1] / "metrics.json").read_text(encoding="utf8"))
    net, _ = load_mean(chosen.run_dir)
    card = Card(
        name="voice-emotion", version=chosen.version, task="emotion", licence=LICENCE,
        inputs=[Input("mel", (-1, -1, VoiceConfig.bands)), Input("profile", (-1, VoiceConfig.bands))],
        outputs=[Output("logits", (-1, len(CLASSES)), "none"), Output("affect", (-1, 2), "tanh")],
        metrics=manifest_metrics(result), script="training/voice/train.py", seed=result["run"]["seed"],
        preprocess={"sampleRate": 16_000}, labels=[canonical(name) for name in CLASSES],
        temperature=result["temperature"], tolerance=TOLERANCE,
    )
    part = inside(load(chosen.data, chosen.cache), "cremad", "dev")
    long = part["length"] >= FRAMES
    mel = levels(part["mel"][long][:32, :FRAMES]).transpose(1, 2).numpy()
    worst = export(net, card, [np.ascontiguousarray(mel), part["profile"][long][:32]], chosen.folder, chosen.bits)
    size = (chosen.folder / "model.onnx").stat().st_size
    print(f"{chosen.folder}: {size} bytes, largest difference to PyTorch {worst:.1e}")


if __name__ == "__main__":
    main()
