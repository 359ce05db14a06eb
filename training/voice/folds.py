"""What the fold runs make of speakers they never heard: answers and embeddings for the training of fusion.

    python -m training.voice.folds --seeds 1 2 3        # reads training/runs/voice-fold<fold>-<seed>, writes training/runs/voice-folds.npz
    python -m training.voice.folds --saved              # the figures of what was written
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from scipy.optimize import minimize
from torch import Tensor

from training.common import metrics
from training.common.device import put, use_device
from training.face.prepare import DATA, RUNS
from training.voice.config import VoiceConfig
from training.voice.evaluate import score, truth_of
from training.voice.model import VoiceNet, channels_of
from training.voice.prepare import CACHE, load
from training.voice.train import Arrays, levels, load_net, part_of

FOLDS = 5
CORPORA_FOLDED = ("ravdess", "emodb")


@torch.no_grad()
def answer_whole(net: VoiceNet, arrays: Arrays, speaker: bool) -> tuple[np.ndarray, np.ndarray]:
    """Logits (n, 8) and embeddings (n, 2 pooled) of whole clips; speaker: told the speaker's average spectrum."""
    net.eval()
    logits = np.zeros((len(arrays["mel"]), 8), np.float32)
    pooled = np.zeros((len(logits), 2 * net.gather[0].out_channels), np.float32)
    for length in np.unique(arrays["length"]):
        rows = np.flatnonzero(arrays["length"] == length)
        mel: Tensor = levels(arrays["mel"][rows, :length]).transpose(1, 2).contiguous()
        deep = net.embed(channels_of(mel, put(arrays["profile"][rows]) if speaker else mel.mean(1), None))
        pooled[rows], logits[rows] = deep.cpu().numpy(), net.heads(deep)[0].cpu().numpy()
    return logits, pooled


def gather(arrays: Arrays, runs: Path, seeds: list[int]) -> dict[str, np.ndarray]:
    """Of every folded clip: names, truth, fold, and per seed the held-out answers, (seeds, n, ...)."""
    rows = np.flatnonzero(np.isin(arrays["corpus"], CORPORA_FOLDED) & (arrays["fold"] > 0))
    part = part_of(arrays, rows)
    out = {name: part[name] for name in ("corpus", "name", "label", "speaker", "sex", "fold")}
    for way, speaker in (("own", False), ("speaker", True)):
        logits = np.zeros((len(seeds), len(rows), 8), np.float32)
        pooled = None
        for s, seed in enumerate(seeds):
            for fold in range(1, FOLDS + 1):
                inside = np.flatnonzero(part["fold"] == fold)
                net, _ = load_net(runs / f"voice-fold{fold}-{seed}")
                told, deep = answer_whole(net.to(torch.get_default_device()), part_of(part, inside), speaker)
                if pooled is None:
                    pooled = np.zeros((len(seeds), len(rows), deep.shape[1]), np.float16)
                logits[s, inside], pooled[s, inside] = told, deep
        assert pooled is not None
        out |= {f"logits_{way}": logits, f"pooled_{way}": pooled}
    return out


def rescaled(logits: np.ndarray, truth: np.ndarray, fold: np.ndarray, bound: float = 0.01) -> np.ndarray:
    """Logits (n, 8) of each fold with one scale and an offset per class, fitted on the held-out answers of the other folds.

    bound: weight of the squared parameters. (Their nets have heard this fold's speakers: nine numbers learn little from that.)
    """
    out = np.zeros(logits.shape)

    def moved(x: np.ndarray, rows: np.ndarray) -> np.ndarray:
        return logits[rows] * np.exp(x[0]) + x[1:]

    for left_out in np.unique(fold):
        others = np.flatnonzero(fold != left_out)

        def loss(x: np.ndarray, rows: np.ndarray = others) -> float:
            return metrics.negative_log_likelihood(truth[rows], metrics.softmax(moved(x, rows))) + bound * float(x @ x)

        out[fold == left_out] = moved(minimize(loss, np.zeros(1 + logits.shape[1])).x, np.flatnonzero(fold == left_out))
    return out


def describe(found: dict[str, np.ndarray]) -> dict[str, object]:
    """Accuracy and UAR of each seed over all folds, and their mean and deviation over the seeds."""
    result: dict[str, object] = {}
    for corpus in CORPORA_FOLDED:
        rows = found["corpus"] == corpus
        part = {name: found[name][rows] for name in ("label", "speaker", "fold")}
        told = {way: [logits[rows] for logits in found[f"logits_{way}"]] for way in ("own", "speaker")}
        told |= {f"{way}-rescaled": [rescaled(logits, truth_of(part), part["fold"]) for logits in each] for way, each in told.items()}
        for way, answers in told.items():
            each = [score(logits, part, corpus, 1.0) for logits in answers]
            result[f"{corpus}-{way}"] = {
                name: {"mean": float(np.mean([s[name] for s in each])), "sd": float(np.std([s[name] for s in each], ddof=1 if len(each) > 1 else 0)),
                       "seeds": [round(float(s[name]), 4) for s in each]}
                for name in ("accuracy", "uar", "ece")
            } | {"n": int(rows.sum())}
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--runs", type=Path, default=RUNS)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--out", type=Path, default=RUNS / "voice-folds.npz")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--saved", action="store_true", help="only describe --out as it is")
    chosen = parser.parse_args()
    if chosen.saved:
        with np.load(chosen.out) as stored:
            print(json.dumps(describe({name: stored[name] for name in stored.files}), indent=2, allow_nan=False))
        return
    use_device(chosen.device, VoiceConfig.threads)
    found = gather(load(chosen.data, chosen.cache), chosen.runs, chosen.seeds)
    np.savez_compressed(chosen.out, **found)
    text = json.dumps(describe(found), indent=2, allow_nan=False)
    chosen.out.with_suffix(".json").write_text(text + "\n", encoding="utf8")
    print(text)


if __name__ == "__main__":
    main()
