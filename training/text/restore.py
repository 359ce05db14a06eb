"""A run whose averaged weights are those of the shipped file; the heads that do not ship are new.

    python -m training.text.restore --encoder DIR --run-dir training/runs/text-shipped
    python -m training.text.train --encoder DIR --start training/runs/text-shipped --epochs 2 --rate 4e-5 --run-dir training/runs/text-2
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

from training.common.export import REPOSITORY, Card, Input, Output
from training.common.restore import restore
from training.face.prepare import DATA, RUNS
from training.text.config import EKMAN, TextConfig
from training.text.evaluate import answer_exported
from training.text.export import ShippedTextNet
from training.text.model import pretrained
from training.text.prepare import CACHE, load
from training.text.train import answer, pad


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--folder", type=Path, default=REPOSITORY / "models" / "text-emotion")
    parser.add_argument("--run-dir", type=Path, default=RUNS / "text-shipped")
    chosen = parser.parse_args()
    found, config = load(chosen.data, chosen.encoder, chosen.cache), TextConfig()
    if (chosen.folder / "tokenizer.json").read_text(encoding="utf8") != found["tokenizer"]:
        raise SystemExit("the word pieces of the shipped file are not those of the corpora")
    net = pretrained(config, found["kept"], chosen.encoder)
    part = found["parts"]["go", "dev"]
    part.ids, part.texts = part.ids[:400], part.texts[:400]
    card = Card(
        name="text-emotion", version="0.0.0", task="emotion", licence={}, inputs=[Input("ids", (-1, -1))],
        outputs=[Output("logits", (-1, len(EKMAN)), "none"), Output("present", (-1, len(EKMAN)), "sigmoid"), Output("fine", (-1, 28), "sigmoid"),
                 Output("affect", (-1, 3), "none"), Output("attention", (-1, -1), "softmax")],
        metrics=[], script="", seed=0,
    )
    marked = ShippedTextNet(net, {"go": [0.5] * 28, "ekman": [0.5] * len(EKMAN)})
    missing = restore(marked, [pad(part.ids[:4])[0].numpy().astype(np.float32)], card, chosen.folder)
    gap = float(np.abs(answer(net, part)["emotion"] - answer_exported(chosen.folder, part)["emotion"]).max())
    print(f"not in the file: {', '.join(missing)}; largest difference of a logit on 400 texts {gap:.1e}")
    if gap > 1e-2:
        raise SystemExit("the weights do not compute what the file computes")
    chosen.run_dir.mkdir(parents=True, exist_ok=True)
    state = {"average": net.state_dict(), "step": 0, "epoch": 0, "elapsed": 0.0, "config": asdict(config)}
    torch.save(state, chosen.run_dir / "final.pt")


if __name__ == "__main__":
    main()
