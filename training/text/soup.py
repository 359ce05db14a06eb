"""The mean of the weights of several runs that started from the same encoder (Wortsman et al. 2022), where dev says that it pays.

    python -m training.text.soup --run-dir training/runs/text-{1,2,3} --out training/runs/text
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from training.common.device import light, use_device
from training.face.prepare import DATA, RUNS
from training.text.config import TextConfig
from training.text.evaluate import load_run
from training.text.prepare import CACHE, load
from training.text.train import CLEAN, dev_scores

State = dict[str, torch.Tensor]


def mean_of(states: list[State]) -> State:
    return {name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--run-dir", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, default=RUNS / "text")
    parser.add_argument("--device", default="cpu")
    chosen = parser.parse_args()
    use_device(chosen.device, TextConfig.threads)
    found = load(chosen.data, None, chosen.cache)
    runs = [load_run(run_dir, found) for run_dir in chosen.run_dir]
    named = {run_dir.name: state["average"] for run_dir, (_, state) in zip(chosen.run_dir, runs, strict=True)}
    named["mean"] = mean_of(list(named.values()))
    net, best = runs[0][0], ("", -1.0)
    for name, weights in named.items():
        net.load_state_dict(weights)
        scores = dev_scores(net, found, CLEAN)
        total = sum(scores.values())
        print(json.dumps({"run": name, "dev": scores, "sum": round(total, 4)}), flush=True)
        best = max(best, (name, total), key=lambda pair: pair[1])
    chosen.out.mkdir(parents=True, exist_ok=True)
    about = next((state for run_dir, (_, state) in zip(chosen.run_dir, runs, strict=True) if run_dir.name == best[0]), runs[0][1])
    torch.save(about | {"average": light(named[best[0]]), "chosen": best[0]}, chosen.out / "final.pt")
    print(f"{best[0]} into {chosen.out}")


if __name__ == "__main__":
    main()
