"""A run whose averaged weights are those of the shipped file.

    python -m training.voice.restore --run-dir training/runs/voice-shipped
    python -m training.voice.train --with-dev --start training/runs/voice-shipped --noisy .8 --worst 0 --epochs 14 --rate .001 --run-dir training/runs/voice-2
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

from training.common.export import REPOSITORY, Card, Input, Output
from training.common.restore import restore, settle_norms
from training.face.prepare import DATA, RUNS
from training.voice.config import CLASSES, VoiceConfig
from training.voice.evaluate import ExportedVoiceNet
from training.voice.model import VoiceNet
from training.voice.prepare import CACHE, load
from training.voice.train import levels

FRAMES = 125
"""Of the clips that the norms are settled on: 2 s of speech."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--folder", type=Path, default=REPOSITORY / "models" / "voice-emotion")
    parser.add_argument("--run-dir", type=Path, default=RUNS / "voice-shipped")
    chosen = parser.parse_args()
    arrays, config = load(chosen.data, chosen.cache), VoiceConfig()
    rows = np.flatnonzero((arrays["split"] == "train") & (arrays["length"] >= FRAMES))[::8]
    mel = levels(arrays["mel"][rows, :FRAMES]).transpose(1, 2).contiguous()
    profile = torch.from_numpy(arrays["profile"][rows])
    net = VoiceNet(config)
    card = Card(
        name="voice-emotion", version="0.0.0", task="emotion", licence={}, metrics=[], script="", seed=0,
        inputs=[Input("mel", (-1, -1, VoiceConfig.bands)), Input("profile", (-1, VoiceConfig.bands))],
        outputs=[Output("logits", (-1, len(CLASSES)), "none"), Output("affect", (-1, 2), "tanh")],
    )
    missing = restore(net, [mel[:2].numpy(), profile[:2].numpy()], card, chosen.folder)
    settle_norms(net, list(zip(mel.split(64), profile.split(64), strict=True)))
    with torch.no_grad():
        gap = float((net(mel[:64], profile[:64])[0] - ExportedVoiceNet(chosen.folder)(mel[:64], profile[:64])[0]).abs().max())
    print(f"not in the file: {', '.join(missing) or 'nothing'}; largest difference of a logit on 64 clips {gap:.1e}")
    if gap > 1e-2:
        raise SystemExit("the weights do not compute what the file computes")
    chosen.run_dir.mkdir(parents=True, exist_ok=True)
    state = {"average": net.state_dict(), "step": 0, "epoch": 0, "elapsed": 0.0, "config": asdict(config)}
    torch.save(state, chosen.run_dir / "final.pt")


if __name__ == "__main__":
    main()
