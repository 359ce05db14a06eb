"""Writes models/text-emotion from an evaluated run: the net, its tokenizer and the names of emoji.

    python -m training.text.export --run-dir training/runs/text-1
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from training.common.export import REPOSITORY, Card, Input, Output, export
from training.common.labels import canonical
from training.face.prepare import DATA, RUNS
from training.text.config import EKMAN, TextConfig
from training.text.evaluate import load_run
from training.text.model import TextNet
from training.text.prepare import CACHE, load
from training.text.train import pad

TOLERANCE = 0.02

LICENCE = {
    "spdx": "Apache-2.0 AND CC-BY-4.0 AND CC-BY-SA-4.0",
    "source": "Fine-tuned for SyncIn from all-MiniLM-L6-v2 (Apache-2.0) on GoEmotions (CC BY 4.0), XED (CC BY 4.0) and EmoBank (CC BY-SA 4.0; "
    "whether weights learnt from it are a derived work is for the user to judge).",
    "trainedOn": ["GoEmotions (CC BY 4.0)", "XED (CC BY 4.0)", "EmoBank (CC BY-SA 4.0)"],
}


class ShippedTextNet(nn.Module):
    """One input for the browser: numbers as floats, 0 where there is no more text. Thresholds are moved to .5."""

    def __init__(self, net: TextNet, thresholds: dict[str, list[float]]) -> None:
        super().__init__()
        self.net = net
        for name in ("go", "ekman"):
            odds = torch.tensor(thresholds[name])
            self.register_buffer(name, torch.log(odds / (1 - odds)))

    def forward(self, ids: Tensor) -> tuple[Tensor, ...]:
        numbers = ids.long()
        told = self.net(numbers, (numbers > 0).long())
        present, fine = torch.sigmoid(told["ekman"] - self.ekman), torch.sigmoid(told["go"] - self.go)
        return told["emotion"], present, fine, told["affect"].clamp(-1, 1), told["weight"]


def metrics_of(result: dict[str, dict[str, object]]) -> list[dict[str, object]]:
    rows = []
    for split in ("test", "dev"):
        go = result.get(f"go-{split}")
        if not go:
            continue
        for dataset, name, value, n in (
            ("GoEmotions, 28 labels", "macro-f1", go["macro_f1_28"], go["n"]), ("GoEmotions, Ekman", "macro-f1", go["macro_f1_ekman"], go["n"]),
            ("GoEmotions, one Ekman label", "accuracy", go["accuracy_single"], go["single_n"]),
            ("GoEmotions, one Ekman label", "ece", go["ece_single"], go["single_n"]),
        ):
            rows.append({"dataset": dataset, "split": split, "name": name, "value": round(float(value), 4), "n": n})
        for name in ("valence", "arousal"):
            part = result[f"emobank-{split}"]
            rows.append({"dataset": "EmoBank", "split": split, "name": f"ccc-{name}", "value": round(float(part[name]["ccc"]), 4), "n": part["n"]})
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--run-dir", type=Path, default=RUNS / "text")
    parser.add_argument("--folder", type=Path, default=REPOSITORY / "models" / "text-emotion")
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--bits", type=int, choices=(8, 16, 32), default=8, help="how the weights are stored")
    chosen = parser.parse_args()
    torch.set_num_threads(TextConfig.threads)
    result = json.loads((chosen.run_dir / "metrics.json").read_text(encoding="utf8"))
    found = load(chosen.data, None, chosen.cache)
    net, _ = load_run(chosen.run_dir, found)
    card = Card(
        name="text-emotion", version=chosen.version, task="emotion", licence=LICENCE, inputs=[Input("ids", (-1, -1))],
        outputs=[Output("logits", (-1, len(EKMAN)), "none"), Output("present", (-1, len(EKMAN)), "sigmoid"), Output("fine", (-1, 28), "sigmoid"),
                 Output("affect", (-1, 3), "none"), Output("attention", (-1, -1), "softmax")],
        metrics=metrics_of(result), script="training/text/train.py", seed=result["run"]["seed"],
        labels=[canonical(name) for name in EKMAN], temperature=float(result["chosen"]["temperature"]), tolerance=TOLERANCE, storing=0.3,
        assets={"tokenizer.json": str(found["tokenizer"])},
    )
    rows = [ids for ids in found["parts"]["go", "dev"].ids[:200] if 12 <= len(ids) <= 40][:16]
    worst = export(ShippedTextNet(net, result["chosen"]), card, [pad(rows)[0].numpy().astype(np.float32)], chosen.folder, chosen.bits)
    size = (chosen.folder / "model.onnx").stat().st_size
    print(f"{chosen.folder}: {size} bytes, largest difference to PyTorch {worst:.1e}")


if __name__ == "__main__":
    main()
