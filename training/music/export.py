"""models/music-listener/ and models/music-emotion/ from the model of all clips and the cross-validated figures.

    python -m training.music.export --package DIR/musicnn
"""
import argparse
import json
import pickle
from pathlib import Path

import numpy as np

from training.common.export import Card, Input, Output, export

from . import config as c
from .checkpoint import load_checkpoint
from .frontend import decode, patch_pictures, resample
from .model import EMBEDDING, SongModel
from .musicnn import EMBEDDING as TIMBRE
from .musicnn import TAGS, Listener
from .prepare import RUNS, read_rows
from .train import read_timbre

LISTENER_LICENCE = {
    "spdx": "ISC",
    "source": "MSD-MusiCNN (Pons & Serra 2019) from the package musicnn 0.1.0, (c) Music Technology Group, Universitat Pompeu Fabra 2019; "
              "its live filters only, every second place in frequency",
    "trainedOn": ["Million Song Dataset with last.fm tags, by its authors"],
}
EMOTION_LICENCE = {
    "spdx": "LicenseRef-research-data",
    "source": "trained in this repository by training/music on clips of commercial previews offered for research; "
              "whether the weights may be used beyond research is for the user to judge",
    "trainedOn": ["Panda 4Q (Panda, Malheiro & Paiva 2018), 900 clips of 15 s, research use"],
}
VERSION = "2.0.0"


def metrics_of(result, part):
    return [{"dataset": "panda4q", "split": "5 folds by artist, out of fold", "name": name, "value": round(result[part][name], 4), "n": result["n"]}
            for name in ("accuracy", "macro-f1", "ece")]


def export_listener(package, data, result, folder):
    card = Card(
        name="music-listener", version="1.1.0", task="embed-audio", licence=LISTENER_LICENCE,
        inputs=[Input("mel", (-1, c.PATCH_FRAMES, c.PATCH_MELS))],
        outputs=[Output("timbre", (-1, TIMBRE), "none"), Output("tags", (-1, TAGS), "sigmoid")],
        metrics=metrics_of(result, "listenerAlone"), script="training/music/musicnn.py", seed=0, preprocess={"sampleRate": c.SAMPLE_RATE},
        tolerance=1e-2, storing=0.1)
    pictures = [patch_pictures(resample(decode(row["path"]), 48_000))[2] for row in read_rows(data)[::90]]
    mel = np.stack(pictures).astype(np.float32) / 255 * c.PATCH_TOP
    return export(Listener(load_checkpoint(f"{package}/MSD_musicnn")).eval(), card, [mel], folder / card.name, bits=16)


def export_emotion(run, result, folder):
    z = np.load(RUNS / "features.npz")
    evidence = np.concatenate([z["x"], read_timbre(z)[:, 2]], 1)[::30]
    card = Card(
        name="music-emotion", version=VERSION, task="track-affect", licence=EMOTION_LICENCE,
        inputs=[Input("evidence", (-1, evidence.shape[1]))],
        outputs=[Output("logits", (-1, 4), "none"), Output("affect", (-1, 2), "none"), Output("embedding", (-1, EMBEDDING), "none"),
                 Output("attention", (-1, 1), "none")],
        metrics=metrics_of(result, "official"), script="training/music/train.py", seed=run["seed"], preprocess={"sampleRate": c.SAMPLE_RATE},
        tolerance=2e-3, storing=0.02)   # the temperature is inside the graph: a reader must not apply it again
    return export(SongModel(run["opinions"], run["temperature"], c.FEATURES).eval(), card, [evidence], folder / card.name, bits=16)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="../shared/data/music/panda4q")
    parser.add_argument("--package", required=True)
    args = parser.parse_args()
    with open(RUNS / "model.pkl", "rb") as f:
        run = pickle.load(f)
    result = json.loads((RUNS / "metrics.json").read_text(encoding="utf8"))
    print(f"listener: ONNX and PyTorch differ by {export_listener(args.package, args.data, result, Path('models')):.1e}")
    print(f"emotion: ONNX and PyTorch differ by {export_emotion(run, result, Path('models')):.1e}")


if __name__ == "__main__":
    main()
