"""models/music-emotion/ from the model of all clips and the cross-validated figures.

    python -m training.music.export
"""
import json
import pickle
from pathlib import Path

import numpy as np

from training.common.export import Card, Output, export

from . import config as c
from .model import EMBEDDING, SongModel
from .prepare import RUNS

LICENCE = {
    "spdx": "LicenseRef-research-data",
    "source": "trained in this repository by training/music on clips of commercial previews offered for research; "
              "whether the weights may be used beyond research is for the user to judge",
    "trainedOn": ["Panda 4Q (Panda, Malheiro & Paiva 2018), 900 clips of 15 s, research use"],
}


def main():
    with open(RUNS / "model.pkl", "rb") as f:
        run = pickle.load(f)
    result = json.loads((RUNS / "metrics.json").read_text(encoding="utf8"))
    metrics = [{"dataset": "panda4q", "split": "5 folds by artist, out of fold", "name": name, "value": round(result["official"][name], 4), "n": result["n"]}
               for name in ("accuracy", "macro-f1", "ece")]
    card = Card(
        name="music-emotion", version="1.0.0", task="track-affect", licence=LICENCE,
        input_name="features", input_shape=(-1, c.FEATURES),
        outputs=[Output("logits", (-1, 4), "none"), Output("affect", (-1, 2), "none"), Output("embedding", (-1, EMBEDDING), "none")],
        metrics=metrics, script="training/music/train.py", seed=run["seed"], preprocess={"sampleRate": c.SAMPLE_RATE},
        tolerance=2e-3)   # the temperature is inside the graph: a reader must not apply it again
    clips = np.load(RUNS / "features.npz")["x"][::30]
    worst = export(SongModel(run["fitted"], run["temperature"]), card, clips, Path("models/music-emotion"), bits=32)
    print(f"ONNX and PyTorch differ by {worst:.1e}")


if __name__ == "__main__":
    main()
