"""Scores a text run. Thresholds and temperature are chosen on dev; test is opened with --test.

    python -m training.text.evaluate --run-dir training/runs/text-1 --test
    python -m training.text.evaluate --run-dir training/runs/text-1 --model models/text-emotion --test   # the shipped file
"""

from __future__ import annotations

import argparse
import json
from dataclasses import fields
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from training.common import metrics
from training.face.prepare import DATA, RUNS
from training.text.config import EKMAN, TextConfig
from training.text.model import TextNet
from training.text.prepare import CACHE, Part, load
from training.text.train import Found, answer, best_thresholds, ekman_of, macro_f1, pad, sigmoid

Array = np.ndarray


def load_run(run_dir: Path, found: Found) -> tuple[TextNet, dict[str, object]]:
    """The averaged weights of a run, the unfinished one's where it is still training."""
    path = run_dir / "final.pt"
    state = torch.load(path if path.exists() else run_dir / "last.pt", weights_only=False, map_location="cpu")
    known = {field.name for field in fields(TextConfig)}
    net = TextNet(TextConfig(**{key: value for key, value in state["config"].items() if key in known}), len(found["kept"]))
    net.load_state_dict(state["average"])
    return net.eval(), state


def answer_exported(folder: Path, part: Part) -> dict[str, Array]:
    """The shipped file through ONNX Runtime; its sigmoids are already applied and shifted so that .5 is the threshold."""
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    order, out = np.argsort([len(ids) for ids in part.ids], kind="stable"), {}
    for start in range(0, len(order), 64):
        rows = order[start : start + 64]
        told = session.run(["logits", "present", "fine", "affect"], {"ids": pad([part.ids[i] for i in rows])[0].numpy().astype(np.float32)})
        for name, value in zip(("emotion", "ekman", "go", "affect"), told, strict=True):
            out.setdefault(name, np.zeros((len(order), value.shape[1]), np.float32))[rows] = value
    return out


def mean_rate(odds: Array, truth: Array) -> float:
    """Expected calibration error over all labels of a multi-label answer, each label a yes or no question."""
    yes, said = truth.ravel() > 0, odds.ravel()
    which, error = np.minimum((said * 15).astype(int), 14), 0.0
    for b in range(15):
        inside = which == b
        if inside.any():
            error += inside.mean() * abs(yes[inside].mean() - said[inside].mean())
    return float(error)


def choose(told: dict[str, Array], part: Part, groups: Array) -> dict[str, object]:
    """What dev decides: thresholds of both multi-label heads and the temperature of the seven-way answer."""
    seven = ekman_of(part.target, groups)
    single = seven.sum(1) == 1
    return {
        "go": best_thresholds(part.target, sigmoid(told["go"])).tolist(),
        "ekman": best_thresholds(seven, sigmoid(told["ekman"])).tolist(),
        "temperature": metrics.fit_temperature(seven[single].argmax(1), told["emotion"][single]),
    }


def score_go(present: dict[str, Array], odds: Array, part: Part, groups: Array) -> dict[str, object]:
    """present: yes or no of each fine and each of the seven labels; odds: the seven-way distribution."""
    seven = ekman_of(part.target, groups)
    single = seven.sum(1) == 1
    truth, said = seven[single].argmax(1), odds[single].argmax(1)
    return {
        "n": len(seven), "macro_f1_28": macro_f1(part.target, present["go"]), "macro_f1_ekman": macro_f1(seven, present["ekman"]),
        "f1_ekman": {name: round(macro_f1(seven[:, k : k + 1], present["ekman"][:, k : k + 1]), 4) for k, name in enumerate(EKMAN)},
        "single_n": int(single.sum()), "accuracy_single": metrics.accuracy(truth, said),
        "accuracy_single_interval": metrics.bootstrap(metrics.accuracy, truth, said), "uar_single": metrics.uar(truth, said),
        "ece_single": metrics.ece(truth, odds[single]),
    }


def score_affect(told: Array, part: Part) -> dict[str, object]:
    out: dict[str, object] = {"n": len(part.target)}
    for k, name in enumerate(("valence", "arousal", "dominance")):
        truth, said = part.target[:, k], told[:, k]
        out[name] = {"r": float(np.corrcoef(truth, said)[0, 1]), "ccc": metrics.ccc(truth, said), "sd": float(np.std(truth - said))}
    return out


def evaluate(net: TextNet, found: Found, with_test: bool, shipped: Path | None) -> dict[str, object]:
    parts, groups = found["parts"], found["ekman"]
    chosen = choose(answer(net, parts["go", "dev"]), parts["go", "dev"], groups)
    result: dict[str, object] = {"chosen": chosen}
    for split in ("dev", "test") if with_test else ("dev",):
        for corpus in ("go", "emobank"):
            part = parts[corpus, split]
            told = answer_exported(shipped, part) if shipped else answer(net, part)
            if corpus == "emobank":
                result[f"emobank-{split}"] = score_affect(told["affect"], part)
                continue
            present = {
                name: told[name] > (0.5 if shipped else np.log(np.array(chosen[name]) / (1 - np.array(chosen[name])))) for name in ("go", "ekman")
            }
            result[f"go-{split}"] = score_go(present, metrics.softmax(told["emotion"], float(chosen["temperature"])), part, groups)
            if not shipped:
                result[f"go-{split}"]["ece_ekman"] = mean_rate(sigmoid(told["ekman"]), ekman_of(part.target, groups))
    return result


def score_dair(net: TextNet, found: Found, with_test: bool) -> dict[str, object]:
    out = {}
    for split in ("dev", "test") if with_test else ("dev",):
        part = found["parts"]["dair", split]
        truth, logits = part.target.argmax(1), answer(net, part)["dair"]
        said = logits.argmax(1)
        out[split] = {"n": len(truth), "accuracy": metrics.accuracy(truth, said), "macro_f1": metrics.macro_f1(truth, said),
                      "interval": metrics.bootstrap(metrics.accuracy, truth, said)}
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--run-dir", type=Path, default=RUNS / "text")
    parser.add_argument("--out", type=Path, help="metrics.json; by default in the run's folder")
    parser.add_argument("--model", type=Path, help="score the shipped file of this folder instead of the checkpoint")
    parser.add_argument("--dair", action="store_true", help="score the variant that was trained on dair-ai/emotion")
    parser.add_argument("--test", action="store_true")
    chosen = parser.parse_args()
    torch.set_num_threads(TextConfig.threads)
    found = load(chosen.data, None, chosen.cache)
    net, state = load_run(chosen.run_dir, found)
    result = score_dair(net, found, chosen.test) if chosen.dair else evaluate(net, found, chosen.test, chosen.model)
    config = state["config"]
    assert isinstance(config, dict)
    result["run"] = {"seed": config["seed"], "epochs": state["epoch"], "minutes": round(float(state["elapsed"]) / 60, 1)}
    text = json.dumps(result, indent=2, allow_nan=False)
    (chosen.out or chosen.run_dir / "metrics.json").write_text(text + "\n", encoding="utf8")
    print(text)


if __name__ == "__main__":
    main()
