"""Scores a voice run. Temperature and everything else is chosen on dev; test is opened with --test.

    python -m training.voice.evaluate --run-dir training/runs/voice-1 --test
    python -m training.voice.evaluate --run-dir training/runs/voice-1d training/runs/voice-1e --temperature-from training/runs/voice-1 --test
    python -m training.voice.evaluate --folds training/runs/voice-1-fold{1,2,3,4,5}
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from training.common import metrics
from training.face.prepare import DATA, RUNS
from training.voice.config import CLASSES, CORPORA, VoiceConfig
from training.voice.model import VoiceNet
from training.voice.prepare import CACHE, load, reader
from training.voice.train import answer, load_mean, load_net, part_of

Array = np.ndarray
Arrays = dict[str, Array]


class ExportedVoiceNet:
    """The shipped file through ONNX Runtime, to be called like the net."""

    def __init__(self, folder: Path) -> None:
        self.session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])

    def eval(self) -> ExportedVoiceNet:
        return self

    def __call__(self, mel: torch.Tensor, profile: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        logits, affect = self.session.run(["logits", "affect"], {"mel": mel.numpy(), "profile": profile.numpy()})
        return torch.from_numpy(logits), torch.from_numpy(affect)


def among(corpus: str) -> list[int]:
    return [CLASSES.index(name) for name in CORPORA[corpus]]


def probabilities_of(logits: Array, corpus: str, temperature: float) -> Array:
    """(n, 8): softmax among the classes the corpus has, zero for the others."""
    out = np.zeros(logits.shape)
    out[:, among(corpus)] = metrics.softmax(logits[:, among(corpus)], temperature)
    return out


def truth_of(arrays: Arrays) -> Array:
    return np.array([CLASSES.index(str(label)) for label in arrays["label"]])


def score(logits: Array, arrays: Arrays, corpus: str, temperature: float) -> dict[str, object]:
    truth, odds = truth_of(arrays), probabilities_of(logits, corpus, temperature)
    said = odds.argmax(1)
    recall = metrics.recalls(truth, said)
    return {
        "n": len(truth), "speakers": len(np.unique(arrays["speaker"])),
        "accuracy": metrics.accuracy(truth, said),
        "accuracy_interval": metrics.bootstrap(metrics.accuracy, truth, said, groups=arrays["speaker"]),
        "accuracy_free": metrics.accuracy(truth, logits.argmax(1)),
        "uar": metrics.uar(truth, said), "macro_f1": metrics.macro_f1(truth, said),
        "ece": metrics.ece(truth, odds), "ece_before": metrics.ece(truth, probabilities_of(logits, corpus, 1.0)),
        "recall": {CLASSES[c]: round(r, 4) for c, r in recall.items()},
        "confusion": [[int(((truth == t) & (said == a)).sum()) for a in among(corpus)] for t in among(corpus)],
    }


def by_group(logits: Array, arrays: Arrays, corpus: str, groups: Array) -> dict[str, dict[str, float]]:
    truth, said = truth_of(arrays), probabilities_of(logits, corpus, 1.0).argmax(1)
    return {
        str(g): {"n": int((groups == g).sum()), "accuracy": metrics.accuracy(truth[groups == g], said[groups == g]),
                 "uar": metrics.uar(truth[groups == g], said[groups == g])}
        for g in np.unique(groups)
    }


def cremad_groups(arrays: Arrays, data: Path) -> dict[str, Array]:
    """Sex, age in three bands, race and ethnicity of each clip's actor."""
    actors = {row["speaker"]: row for row in reader(data).rows("voice/cremad/actors.csv")}
    rows = [actors[str(speaker)] for speaker in arrays["speaker"]]
    ages = np.array([int(row["age"]) for row in rows])
    return {
        "sex": np.array([row["sex"] for row in rows]),
        "age": np.where(ages < 30, "20-29", np.where(ages < 45, "30-44", "45-74")),
        "race": np.array([row["race"] for row in rows]), "ethnicity": np.array([row["ethnicity"] for row in rows]),
    }


def inside(arrays: Arrays, corpus: str, split: str) -> Arrays:
    return part_of(arrays, (arrays["corpus"] == corpus) & (arrays["split"] == split))


def temperature_on_dev(net: VoiceNet | ExportedVoiceNet, arrays: Arrays) -> float:
    """One temperature for all corpora: the least log loss over their dev clips, each among its own classes, each corpus alike."""
    best, chosen = np.inf, 1.0
    parts = [(c, inside(arrays, c, "dev")) for c in ("cremad", "ravdess", "emodb")]
    told = [(c, truth_of(part), answer(net, part)[0]) for c, part in parts]
    for temperature in np.exp(np.linspace(np.log(0.3), np.log(3), 120)):
        loss = np.mean([metrics.negative_log_likelihood(t, probabilities_of(z, c, float(temperature))) for c, t, z in told])
        if loss < best:
            best, chosen = loss, float(temperature)
    return chosen


def evaluate(net: VoiceNet | ExportedVoiceNet, arrays: Arrays, data: Path, with_test: bool, temperature: float) -> dict[str, object]:
    result: dict[str, object] = {"temperature": temperature}
    for split in ("dev", "test") if with_test else ("dev",):
        for corpus in ("cremad", "ravdess", "emodb"):
            part = inside(arrays, corpus, split)
            logits, _ = answer(net, part)
            known, _ = answer(net, part, speaker=True)
            scored = score(logits, part, corpus, temperature)
            scored["per_speaker"] = score(known, part, corpus, temperature)
            groups = cremad_groups(part, data) if corpus == "cremad" else {"sex": part["sex"]}
            scored["groups"] = {name: by_group(logits, part, corpus, g) for name, g in groups.items()}
            result[f"{corpus}-{split}"] = scored
    return result


def evaluate_folds(run_dirs: list[Path], arrays: Arrays) -> dict[str, object]:
    """Runs of --hold 1, 2, ...: every RAVDESS and EmoDB clip scored by the run that never heard its speaker."""
    result: dict[str, object] = {}
    nets = [load_net(run_dir)[0] for run_dir in run_dirs]
    for corpus in ("ravdess", "emodb"):
        for way, speaker in (("own", False), ("speaker", True)):
            parts = [part_of(arrays, (arrays["corpus"] == corpus) & (arrays["fold"] == fold + 1)) for fold in range(len(nets))]
            told = [answer(net, part, speaker)[0] for net, part in zip(nets, parts, strict=True)]
            each = [score(z, part, corpus, 1.0) for z, part in zip(told, parts, strict=True)]
            result[f"{corpus}-{way}"] = {
                "accuracy": float(np.average([s["accuracy"] for s in each], weights=[s["n"] for s in each])),
                "uar": float(np.average([s["uar"] for s in each], weights=[s["n"] for s in each])),
                "n": sum(int(s["n"]) for s in each), "folds": [round(float(s["accuracy"]), 4) for s in each],
            }
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--run-dir", type=Path, nargs="+", default=[RUNS / "voice"], help="several cycles of one run: the mean of their weights")
    parser.add_argument("--temperature-from", type=Path, help="an evaluated run that has not seen dev, for one that was trained with it")
    parser.add_argument("--folds", type=Path, nargs="+", help="runs of --hold 1, 2, ... in this order")
    parser.add_argument("--out", type=Path, help="metrics.json; by default in the run's folder")
    parser.add_argument("--model", type=Path, help="score the shipped file of this folder instead of the checkpoint")
    parser.add_argument("--test", action="store_true")
    chosen = parser.parse_args()
    torch.set_num_threads(VoiceConfig.threads)
    arrays = load(chosen.data, chosen.cache)
    if chosen.folds:
        print(json.dumps(evaluate_folds(chosen.folds, arrays), indent=2))
        return
    mean, state = load_mean(chosen.run_dir)
    net = ExportedVoiceNet(chosen.model) if chosen.model else mean
    if chosen.temperature_from:
        temperature = float(json.loads((chosen.temperature_from / "metrics.json").read_text(encoding="utf8"))["temperature"])
    else:
        temperature = temperature_on_dev(net, arrays)
    result = evaluate(net, arrays, chosen.data, chosen.test, temperature)
    config = state["config"]
    assert isinstance(config, dict)
    result["run"] = {"seed": config["seed"], "epochs": state["epoch"], "minutes": round(float(state["elapsed"]) / 60, 1)}
    text = json.dumps(result, indent=2, allow_nan=False)
    (chosen.out or chosen.run_dir[-1] / "metrics.json").write_text(text + "\n", encoding="utf8")
    print(text)


if __name__ == "__main__":
    main()
