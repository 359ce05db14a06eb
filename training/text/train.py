"""Fine-tunes the text model; seeded, and resumable after any epoch.

    python -m training.text.train --encoder DIR --seed 1 --run-dir training/runs/text-1
    python -m training.text.train --encoder DIR --corpora dair --start training/runs/text-1 --epochs 3 --run-dir training/runs/text-dair
    python -m training.text.train --encoder DIR --smoke
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import time
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.common import metrics
from training.common.device import Follower, light, put, short_floats, use_device
from training.common.seed import chance_state, restore_chance, seed_everything
from training.face.prepare import DATA, RUNS
from training.text.config import TextConfig
from training.text.model import HEADS, TextNet, pretrained
from training.text.prepare import CACHE, Part, load

Found = dict[str, object]
CLEAN = ("go", "emobank", "xed", "lines")
"""Corpora whose licence lets the weights ship; dair's does not."""


def pad(rows: list[list[int]]) -> tuple[Tensor, Tensor]:
    """Numbers and mask, (n, longest)."""
    lengths = np.array([len(row) for row in rows])
    ids = np.zeros((len(rows), lengths.max()), np.int64)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = row
    return put(ids), put((np.arange(ids.shape[1]) < lengths[:, None]).astype(np.int64))


@torch.no_grad()
def answer(net: TextNet, part: Part, longest: int = 128) -> dict[str, np.ndarray]:
    """All heads on a part, in full float32."""
    net.eval()
    order = np.argsort([len(ids) for ids in part.ids], kind="stable")
    out = {name: np.zeros((len(order), size), np.float32) for name, size in HEADS.items()}
    for start in range(0, len(order), 64):
        rows = order[start : start + 64]
        told = net(*pad([part.ids[i][:longest] for i in rows]))
        for name in HEADS:
            out[name][rows] = told[name].float().cpu().numpy()
    return out


def best_thresholds(truth: np.ndarray, odds: np.ndarray) -> np.ndarray:
    """Per label, the threshold of best F1 among twentieths."""
    grid = np.arange(0.05, 0.8, 0.025)
    chosen = []
    for k in range(truth.shape[1]):
        said = odds[:, k, None] > grid
        hit = (said & (truth[:, k, None] > 0)).sum(0)
        f1 = 2 * hit / np.maximum(said.sum(0) + truth[:, k].sum(), 1)
        chosen.append(grid[f1.argmax()])
    return np.array(chosen)


def macro_f1(truth: np.ndarray, said: np.ndarray) -> float:
    """Mean over the labels of F1, each label on its own."""
    hit = (said & (truth > 0)).sum(0)
    return float(np.mean(2 * hit / np.maximum(said.sum(0) + truth.sum(0), 1)))


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def ekman_of(target: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """(n, 28) -> (n, 7): a group is present when one of its labels is."""
    return (target @ groups > 0).astype(np.float32)


def dev_scores(net: TextNet, found: Found, corpora: tuple[str, ...]) -> dict[str, float]:
    """With thresholds fitted on the same dev texts: for following a run, not for reporting."""
    parts, scores = found["parts"], {}
    if "go" in corpora:
        part = parts["go", "dev"]
        told, seven = answer(net, part), ekman_of(part.target, found["ekman"])
        for name, truth in (("go", part.target), ("ekman", seven)):
            odds = sigmoid(told[name])
            scores[name] = macro_f1(truth, odds > best_thresholds(truth, odds))
        single = seven.sum(1) == 1
        scores["single"] = metrics.accuracy(seven[single].argmax(1), told["emotion"][single].argmax(1))
    if "emobank" in corpora:
        part = parts["emobank", "dev"]
        told = answer(net, part)["affect"]
        scores.update({name: float(np.corrcoef(part.target[:, k], told[:, k])[0, 1]) for k, name in enumerate(("valence", "arousal"))})
    if "lines" in corpora:
        part = parts["lines", "dev"]
        single = part.target.sum(1) == 1
        said = answer(net, part)["emotion"][single].argmax(1)
        scores["lines"] = metrics.accuracy(part.target[single].argmax(1), said)
    if "dair" in corpora:
        part = parts["dair", "dev"]
        scores["dair"] = metrics.accuracy(part.target.argmax(1), answer(net, part)["dair"].argmax(1))
    return {name: round(value, 4) for name, value in scores.items()}


def parameter_groups(net: TextNet, config: TextConfig) -> list[dict[str, object]]:
    found: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in net.named_parameters():
        if name.startswith("layers."):
            rate = config.rate * config.layer_decay ** (config.layers - 1 - int(name.split(".")[1]))
        elif name.startswith(("questions", "weigh")):
            rate = config.head_rate
        else:
            rate = config.rate * config.layer_decay**config.layers
        decay = config.decay if parameter.ndim > 1 else 0.0
        found.setdefault((rate, decay), []).append(parameter)
    return [{"params": members, "lr": rate, "top": rate, "weight_decay": decay} for (rate, decay), members in found.items()]


class Trainer:
    def __init__(self, config: TextConfig, found: Found, net: TextNet, corpora: tuple[str, ...], run_dir: Path) -> None:
        self.config, self.found, self.net, self.corpora, self.run_dir = config, found, net, corpora, run_dir
        self.average = copy.deepcopy(net)
        self.follower = Follower(self.average, net)
        self.optimiser = torch.optim.AdamW(parameter_groups(net, config), betas=(0.9, 0.98), fused=True)
        self.groups = put(found["ekman"])
        self.parts = {corpus: found["parts"][corpus, "train"] for corpus in corpora}
        self.total = len(self.batches()) * config.epochs
        self.step, self.epoch, self.elapsed = 0, 0, 0.0

    def resume(self) -> None:
        path = self.run_dir / "last.pt"
        if not path.exists():
            return
        state = torch.load(path, weights_only=False, map_location=torch.get_default_device())
        self.net.load_state_dict(state["net"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.epoch, self.elapsed = state["step"], state["epoch"], state["elapsed"]
        restore_chance(state["chance"])

    def save(self, name: str, state: dict[str, object]) -> None:
        about = {"step": self.step, "epoch": self.epoch, "elapsed": self.elapsed, "config": asdict(self.config)}
        partial = self.run_dir / f"{name}.partial"
        torch.save(state | about, partial)
        partial.replace(self.run_dir / name)

    def save_all(self) -> None:
        """Everything that a killed run needs to go on."""
        self.save("last.pt", {"net": self.net.state_dict(), "average": self.average.state_dict(), "optimiser": self.optimiser.state_dict(),
                              "chance": chance_state()})

    def batches(self) -> list[tuple[str, np.ndarray]]:
        """Texts of similar length together, batches of all corpora in random order."""
        out = []
        for corpus, part in self.parts.items():
            order = np.random.permutation(np.tile(np.arange(len(part.ids)), self.config.repeats if corpus == "lines" else 1))
            if corpus != "lines":
                order = order[: round(self.config.share * len(order))]
            for start in range(0, len(order), 50 * self.config.batch):
                chunk = order[start : start + 50 * self.config.batch]
                chunk = chunk[np.argsort([len(part.ids[i]) for i in chunk], kind="stable")]
                out += [(corpus, rows) for rows in np.split(chunk, range(self.config.batch, len(chunk), self.config.batch))]
        return [out[i] for i in np.random.permutation(len(out))]

    def loss(self, corpus: str, rows: np.ndarray) -> Tensor:
        part = self.parts[corpus]
        target = put(part.target[rows])
        with short_floats():
            told = self.net(*pad([part.ids[i][: self.config.longest] for i in rows]))
        if corpus == "go":
            seven = (target @ self.groups > 0).float()
            one = seven / seven.sum(1, keepdim=True)
            return (
                F.binary_cross_entropy_with_logits(told["go"].float(), target) * 4
                + F.binary_cross_entropy_with_logits(told["ekman"].float(), seven)
                + 0.5 * F.cross_entropy(told["emotion"].float(), one)
            )
        if corpus == "emobank":
            return self.config.affect * F.mse_loss(told["affect"].float(), target) * 4
        if corpus == "lines":
            one = target / target.sum(1, keepdim=True)
            return self.config.lines * (
                F.binary_cross_entropy_with_logits(told["ekman"].float(), target) + F.cross_entropy(told["emotion"].float(), one)
            )
        if corpus == "xed":
            return self.config.xed * F.binary_cross_entropy_with_logits(told["xed"].float(), target)
        return F.cross_entropy(told["dair"].float(), target)

    def run_epoch(self) -> float:
        self.net.train()
        total, batches = torch.zeros(()), self.batches()
        for corpus, rows in batches:
            done = self.step / self.total
            scale = done / self.config.warmup if done < self.config.warmup else (1 - done) / (1 - self.config.warmup)
            for group in self.optimiser.param_groups:
                group["lr"] = group["top"] * max(scale, 0.0)
            self.optimiser.zero_grad(set_to_none=True)
            loss = self.loss(corpus, rows)
            loss.backward()
            nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
            self.optimiser.step()
            self.step += 1
            if self.step % 5 == 0:
                self.follower.follow(min(self.config.ema, (1 + self.step) / (50 + self.step)) ** 5)
            if self.step % 200 == 0:
                print(json.dumps({"step": self.step, "of": self.total, "loss": round(loss.item(), 3)}), flush=True)
            total += loss.detach()
        mean = total.item() / len(batches)
        if not math.isfinite(mean):
            raise FloatingPointError(f"loss is {mean} in epoch {self.epoch + 1}")
        return mean

    def run(self) -> None:
        while self.epoch < self.config.epochs:
            started = time.monotonic()
            loss = self.run_epoch()
            self.epoch += 1
            self.elapsed += time.monotonic() - started
            self.save_all()
            line = {"epoch": self.epoch, "loss": round(loss, 4), "dev": dev_scores(self.average, self.found, self.corpora),
                    "last": dev_scores(self.net, self.found, self.corpora), "minutes": round(self.elapsed / 60, 1)}
            print(json.dumps(line), flush=True)
        self.save("final.pt", {"average": light(self.average.state_dict())})


def smoke(found: Found) -> None:
    for part in found["parts"].values():
        part.texts, part.target, part.ids = part.texts[:96], part.target[:96], part.ids[:96]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--run-dir", type=Path, default=RUNS / "text")
    parser.add_argument("--epochs", type=int, default=TextConfig.epochs)
    parser.add_argument("--seed", type=int, default=TextConfig.seed)
    parser.add_argument("--rate", type=float, default=TextConfig.rate)
    parser.add_argument("--affect", type=float, default=TextConfig.affect, help="loss weight of EmoBank")
    parser.add_argument("--share", type=float, default=TextConfig.share, help="of the corpora of others that an epoch shows")
    parser.add_argument("--repeats", type=int, default=TextConfig.repeats, help="how often an epoch shows our own sentences")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--corpora", nargs="+", choices=("go", "emobank", "xed", "lines", "dair"), default=CLEAN)
    parser.add_argument("--start", type=Path, help="another run whose averaged weights this one starts from")
    parser.add_argument("--smoke", action="store_true", help="two epochs on a few texts")
    chosen = parser.parse_args()
    config = replace(TextConfig(), epochs=2 if chosen.smoke else chosen.epochs, seed=chosen.seed, rate=chosen.rate, affect=chosen.affect,
                     share=chosen.share, repeats=chosen.repeats)
    use_device(chosen.device, config.threads)
    seed_everything(config.seed)
    chosen.run_dir.mkdir(parents=True, exist_ok=True)
    found = load(chosen.data, chosen.encoder, chosen.cache)
    if chosen.smoke:
        smoke(found)
    net = pretrained(config, found["kept"], chosen.encoder)
    if chosen.start:
        net.load_state_dict(torch.load(chosen.start / "final.pt", weights_only=False, map_location="cpu")["average"])
    trainer = Trainer(config, found, net, tuple(chosen.corpora), chosen.run_dir)
    trainer.resume()
    print(f"{sum(p.numel() for p in net.parameters())} parameters, {trainer.total} steps", flush=True)
    trainer.run()


if __name__ == "__main__":
    main()
