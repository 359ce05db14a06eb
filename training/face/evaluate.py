"""Scores a trained run. Chooses on PublicTest (dev); PrivateTest is read only with --test.

    python -m training.face.evaluate --run-dir training/runs/face-1 training/runs/face-11 training/runs/face-12 --run-dir training/runs/face-s [--test]
    python -m training.face.evaluate --run-dir ... --model models/face-emotion --test
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from training.common import metrics
from training.common.labels import canonical
from training.face.augment import normalise
from training.face.config import FaceConfig
from training.face.model import FaceNet, ShippedFaceNet
from training.face.prepare import CACHE, DATA, FACES, VOTES, load
from training.face.train import load_run, vote_coordinates

Array = np.ndarray
LABELS = tuple(canonical(name) for name in VOTES)
"""Output index -> canonical emotion; None for contempt."""
KEPT = [index for index, name in enumerate(LABELS) if name]


def mean_weights(nets: list[FaceNet]) -> FaceNet:
    """One net with the mean of all weights and statistics: for cycles of one run, which lie in one valley."""
    states = [net.state_dict() for net in nets]
    nets[0].load_state_dict({
        name: torch.stack([state[name] for state in states]).mean(0) if value.dtype.is_floating_point else value
        for name, value in states[0].items()
    })
    return nets[0]


def load_shipped(groups: list[list[Path]]) -> tuple[ShippedFaceNet, list[dict[str, object]]]:
    """The runs as the browser will run them: the mean answer of the groups, each one net with its runs' mean weights."""
    loaded = [[load_run(run_dir) for run_dir in group] for group in groups]
    nets = [mean_weights([net for net, _ in group]) for group in loaded]
    return ShippedFaceNet(nets).eval(), [state for group in loaded for _, state in group]


def add_run_dirs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--run-dir", type=Path, nargs="+", action="append", required=True,
        help="one run, or several whose weights are averaged (cycles of one run); given again: the mean of the answers",
    )


class ExportedFaceNet:
    """The shipped file through ONNX Runtime, to be called like the net."""

    def __init__(self, folder: Path) -> None:
        self.session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])

    def __call__(self, faces: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        logits, affect = self.session.run(["logits", "affect"], {"face": faces.numpy()})
        return torch.from_numpy(logits), torch.from_numpy(affect)


Net = ShippedFaceNet | ExportedFaceNet


def prepare_faces(images: Array) -> Array:
    """(n, 48, 48) uint8 -> (n, 1, 48, 48) float32, normalised as the manifest says."""
    return normalise(torch.from_numpy(images).unsqueeze(1).float() / 255).numpy()


def shrink(faces: Array) -> Array:
    """(n, 64, 64) -> (n, 48, 48) by area, as the product shrinks a crop."""
    x = torch.from_numpy(faces).unsqueeze(1).float()
    fine = torch.nn.functional.interpolate(x, scale_factor=3, mode="nearest")  # (n, 1, 192, 192)
    return torch.nn.functional.avg_pool2d(fine, 4).squeeze(1).round().to(torch.uint8).numpy()


def six_views(faces: torch.Tensor) -> list[torch.Tensor]:
    """As it is, a pixel to the left and to the right (the edge repeated), and their mirror images."""
    wide = torch.nn.functional.pad(faces, (1, 1, 0, 0), mode="replicate")
    shifted = [wide[..., first:first + faces.shape[-1]] for first in range(3)]
    return [view.contiguous() for one in shifted for view in (one, one.flip(3))]


@torch.no_grad()
def answers(net: Net, images: Array) -> tuple[Array, Array]:
    """logits (n, 8), affect (n, 2) in full float32: the mean over six views of each face, as the product reads stills."""
    faces = torch.from_numpy(prepare_faces(images))
    views = [[net(part) for part in view.split(256)] for view in six_views(faces)]
    logits, affect = (torch.stack([torch.cat([part[k] for part in view]) for view in views]).mean(0) for k in (0, 1))
    return logits.numpy(), affect.numpy()


def seven_way(logits: Array, temperature: float = 1.0) -> Array:
    """(n, 8) logits -> (n, 7) distribution in FER+ order: contempt folded away, the rest renormalised."""
    return metrics.softmax(logits[:, KEPT], temperature)


def folded_truth(labels: Array) -> Array:
    """Labels in FER+ order; contempt becomes -1: no answer can be right."""
    return np.where(np.isin(labels, KEPT), labels, -1)


def score(logits: Array, labels: Array, temperature: float) -> dict[str, object]:
    """Contempt stays among the classes: nothing can answer it, so its recall and F1 are 0."""
    truth, answer = folded_truth(labels), seven_way(logits).argmax(1)
    recall, f1 = metrics.recalls(labels, answer), metrics.f1_scores(labels, answer)
    return {
        "n": len(truth),
        "accuracy": metrics.accuracy(truth, answer),
        "accuracy_interval": metrics.bootstrap(metrics.accuracy, truth, answer),
        "accuracy_without_folding": metrics.accuracy(labels, logits.argmax(1)),
        "macro_f1": metrics.macro_f1(labels, answer),
        "macro_f1_interval": metrics.bootstrap(metrics.macro_f1, labels, answer),
        "macro_f1_named": float(np.mean([f1[c] for c in KEPT])),
        "uar": metrics.uar(labels, answer),
        "uar_named": float(np.mean([recall[c] for c in KEPT])),
        "ece_before": metrics.ece(truth, seven_way(logits)),
        "ece": metrics.ece(truth, seven_way(logits, temperature)),
        "classes": {VOTES[c]: {"n": int((labels == c).sum()), "recall": recall[c], "f1": f1[c]} for c in sorted(recall)},
        "confusion": [[int(((labels == t) & (answer == a)).sum()) for a in KEPT] for t in range(len(VOTES))],
    }


def score_affect(affect: Array, votes: Array) -> dict[str, float]:
    """Against the circumplex projection of the raters' votes: the head learnt nothing else."""
    target = votes @ vote_coordinates().numpy()
    result: dict[str, float] = {}
    for column, name in enumerate(("valence", "arousal")):
        result[f"ccc_{name}"] = metrics.ccc(target[:, column], affect[:, column])
        result[f"sd_{name}"] = float(np.std(target[:, column] - affect[:, column]))
    return result


def score_faces(logits: Array, labels: Array, temperature: float) -> dict[str, object]:
    """affect64 through the seven kept outputs of the vote head."""
    order = [VOTES.index(canonical(name) or name) for name in FACES]
    truth = np.array(order)[labels]
    probabilities = seven_way(logits, temperature)
    answer = probabilities.argmax(1)
    return {
        "n": len(truth),
        "accuracy": metrics.accuracy(truth, answer),
        "accuracy_interval": metrics.bootstrap(metrics.accuracy, truth, answer),
        "macro_f1": metrics.macro_f1(truth, answer),
        "ece": metrics.ece(truth, probabilities),
        "recall": {VOTES[c]: r for c, r in metrics.recalls(truth, answer).items()},
    }


def evaluate(net: Net, arrays: dict[str, Array], with_test: bool) -> dict[str, object]:
    dev_logits, dev_affect = answers(net, arrays["dev_images"])
    truth = folded_truth(arrays["dev_targets"])
    temperature = metrics.fit_temperature(truth, dev_logits[:, KEPT])
    result: dict[str, object] = {
        "temperature": temperature,
        "dev": {**score(dev_logits, arrays["dev_targets"], temperature), **score_affect(dev_affect, arrays["dev_votes"])},
    }
    if with_test:
        logits, affect = answers(net, arrays["test_images"])
        test = score(logits, arrays["test_targets"], temperature)
        result["test"] = {**test, **score_affect(affect, arrays["test_votes"])}
        faces, _ = answers(net, shrink(arrays["faces_test_images"]))
        result["affect64"] = score_faces(faces, arrays["faces_test_labels"], temperature)
    return result


def describe(state: dict[str, object]) -> dict[str, object]:
    config = state["config"]
    assert isinstance(config, dict)
    return {"seed": config["seed"], "epochs": state["epoch"], "steps": state["step"], "minutes": state["elapsed"] / 60}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cache", type=Path, default=CACHE)
    add_run_dirs(parser)
    parser.add_argument("--out", type=Path, help="metrics.json; by default in the first run's folder")
    parser.add_argument("--model", type=Path, help="score the shipped file of this folder instead of the checkpoints")
    parser.add_argument("--test", action="store_true")
    chosen = parser.parse_args()
    torch.set_num_threads(FaceConfig.threads)
    net, states = load_shipped(chosen.run_dir)
    scored = ExportedFaceNet(chosen.model) if chosen.model else net
    result = evaluate(scored, load(chosen.data, chosen.cache), chosen.test)
    result["runs"] = [describe(state) for state in states]
    text = json.dumps(result, indent=2, allow_nan=False)
    (chosen.out or chosen.run_dir[0][0] / "metrics.json").write_text(text + "\n", encoding="utf8")
    print(text)


if __name__ == "__main__":
    main()
