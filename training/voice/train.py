"""Trains the voice model; seeded, and resumable after any epoch.

    python -m training.voice.train --seed 1 --run-dir training/runs/voice-1
    python -m training.voice.train --seed 1 --hold 3 --run-dir training/runs/voice-1-fold3    # RAVDESS and EmoDB fold 3 unseen
    python -m training.voice.train --smoke
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

from training.common.labels import EMOTIONS, canonical, circumplex_table
from training.common.seed import chance_state, restore_chance, seed_everything
from training.face.prepare import DATA, RUNS
from training.voice.augment import mask, mixing, sometimes, view, widths
from training.voice.config import CLASSES, CORPORA, VoiceConfig
from training.voice.model import VoiceNet, channels_of
from training.voice.prepare import CACHE, load

Arrays = dict[str, np.ndarray]


def class_coordinates() -> Tensor:
    """(8, 2): valence and arousal of each class."""
    table = circumplex_table()
    rows = [table[EMOTIONS.index(canonical(name) or "neutral")] for name in CLASSES]
    return torch.from_numpy(np.stack(rows))


def asked_classes(corpora: np.ndarray) -> Tensor:
    """(n, 8): 0 for the classes a clip's corpus has, -inf for the others."""
    table = {corpus: [0.0 if name in names else -math.inf for name in CLASSES] for corpus, names in CORPORA.items()}
    return torch.tensor([table[str(corpus)] for corpus in corpora])


def part_of(arrays: Arrays, chosen: np.ndarray) -> Arrays:
    return {name: value if name == "noise" else value[chosen] for name, value in arrays.items()}


def training_rows(arrays: Arrays, hold: int, with_dev: bool) -> np.ndarray:
    """hold 0: the splits' own training parts; 1 to 5: all of RAVDESS and EmoDB but that fold. CREMA-D and TESS as split."""
    train = np.isin(arrays["split"], ("train", "dev") if with_dev else ("train",))
    if hold == 0:
        return train
    folded = np.isin(arrays["corpus"], ("ravdess", "emodb"))
    return np.where(folded, arrays["fold"] != hold, train)


def rate_at(config: VoiceConfig, done: float) -> float:
    """Learning rate at a fraction of the schedule: short linear rise, then half a cosine to zero."""
    if done < config.warmup:
        return config.rate * max(0.02, done / config.warmup)
    return config.rate * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


@torch.no_grad()
def follow(average: nn.Module, net: nn.Module, decay: float) -> None:
    """Moves the averaged weights and statistics towards the trained ones."""
    for slow, fast in zip(average.state_dict().values(), net.state_dict().values(), strict=True):
        if slow.dtype.is_floating_point:
            slow.lerp_(fast, 1 - decay)
        else:
            slow.copy_(fast)


def levels(steps: np.ndarray) -> Tensor:
    """(n, 188, 64) half-decibel steps -> (n, 64, 188) dB."""
    return torch.from_numpy(steps).float().transpose(1, 2) / 2 - 80


@torch.no_grad()
def answer(net: VoiceNet, arrays: Arrays, speaker: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """logits (n, 8) and affect (n, 2), each clip at its own length; with its speaker's average spectrum or its own."""
    net.eval()
    logits, affect = np.zeros((len(arrays["mel"]), len(CLASSES)), np.float32), np.zeros((len(arrays["mel"]), 2), np.float32)
    for length in np.unique(arrays["length"]):
        rows = np.flatnonzero(arrays["length"] == length)
        mel = levels(arrays["mel"][rows, :length]).transpose(1, 2).contiguous()
        profile = torch.from_numpy(arrays["profile"][rows]) if speaker else mel.mean(1)
        out = net(mel, profile)
        logits[rows], affect[rows] = out[0].numpy(), out[1].numpy()
    return logits, affect


def dev_scores(net: VoiceNet, arrays: Arrays) -> dict[str, float]:
    """Accuracy among the classes each corpus has."""
    logits, _ = answer(net, arrays)
    chosen = (torch.from_numpy(logits) + asked_classes(arrays["corpus"])).argmax(1).numpy()
    right = np.array(CLASSES)[chosen] == arrays["label"]
    return {c: round(float(right[arrays["corpus"] == c].mean()), 4) for c in CORPORA if (arrays["corpus"] == c).any()}


class Trainer:
    def __init__(self, config: VoiceConfig, train: Arrays, dev: Arrays, run_dir: Path) -> None:
        self.config, self.train, self.dev, self.run_dir = config, train, dev, run_dir
        self.net = VoiceNet(config).to(memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.net)
        heavy = [p for p in self.net.parameters() if p.ndim > 1]
        light = [p for p in self.net.parameters() if p.ndim <= 1]
        self.optimiser = torch.optim.AdamW(
            [{"params": heavy, "weight_decay": config.decay}, {"params": light, "weight_decay": 0.0}], lr=config.rate
        )
        self.level, self.length = levels(train["mel"]), torch.from_numpy(train["length"]).float()
        self.profile, self.bank = torch.from_numpy(train["profile"]), torch.from_numpy(train["noise"])
        self.target = torch.from_numpy(train["target"])
        self.asked, self.coordinates = asked_classes(train["corpus"]), class_coordinates()
        share = dict(config.shares)
        self.share = torch.tensor([share[str(corpus)] for corpus in train["corpus"]])
        self.steps_per_epoch = int(self.share.sum()) // config.batch
        self.step, self.epoch, self.elapsed = 0, 0, 0.0

    @property
    def done(self) -> float:
        return self.step / (self.config.epochs * self.steps_per_epoch)

    def resume(self) -> None:
        path = self.run_dir / "last.pt"
        if not path.exists():
            return
        state = torch.load(path, weights_only=False)
        self.net.load_state_dict(state["net"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.epoch, self.elapsed = state["step"], state["epoch"], state["elapsed"]
        restore_chance(state["chance"])

    def start_from(self, run_dir: Path) -> None:
        weights = torch.load(run_dir / "final.pt", weights_only=False)["average"]
        self.net.load_state_dict(weights)
        self.average.load_state_dict(weights)

    def save(self, name: str) -> None:
        state = {
            "net": self.net.state_dict(), "average": self.average.state_dict(), "optimiser": self.optimiser.state_dict(),
            "step": self.step, "epoch": self.epoch, "elapsed": self.elapsed, "chance": chance_state(), "config": asdict(self.config),
        }
        partial = self.run_dir / f"{name}.partial"
        torch.save(state, partial)
        partial.replace(self.run_dir / name)

    def batch_of(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Augmented channels (n, 3, 64, frames) and which frames are speech (n, 1, frames)."""
        width = widths(112, self.config.frames)
        level, inside, profile = view(self.level[rows], self.length[rows], self.profile[rows], self.bank, width)
        valid = torch.arange(width)[None, None] < inside[:, None, None]
        own = (level * valid).sum(2) / valid.sum(2)
        profile = torch.where(sometimes(len(rows), self.config.known)[:, None], profile, own)
        return mask(channels_of(level.transpose(1, 2), profile, valid)), valid

    def loss(self, rows: Tensor) -> Tensor:
        """Cross-entropy among the classes the clip's corpus has, as much among all, and the circumplex projection."""
        with torch.no_grad():
            x, valid = self.batch_of(rows)
            target, asked = self.target[rows] * (1 - self.config.smoothing), self.asked[rows]
            allowed = (asked == 0).float()
            target = target + self.config.smoothing * allowed / allowed.sum(1, keepdim=True)
            if float(torch.rand(())) < self.config.mixed:
                partner, share = mixing(len(rows))
                x = x * share[:, None, None, None] + x[partner] * (1 - share)[:, None, None, None]
                target = target * share[:, None] + target[partner] * (1 - share)[:, None]
                asked, valid = torch.maximum(asked, asked[partner]), valid | valid[partner]
        with torch.autocast("cpu", torch.bfloat16):
            logits, where = self.net.heads(self.net.embed(x.contiguous(memory_format=torch.channels_last), valid))
        logits = logits.float()
        among = -(target * (logits + asked.clamp(min=-1e4)).log_softmax(1)).sum(1).mean()
        by_affect = F.mse_loss(where.float(), target @ self.coordinates)
        return 0.5 * among + 0.5 * F.cross_entropy(logits, target) + self.config.affect_weight * by_affect

    def run_epoch(self) -> float:
        self.net.train()
        total, count = 0.0, self.steps_per_epoch * self.config.batch
        order = torch.multinomial(self.share, count, replacement=count > len(self.share))
        for rows in order.split(self.config.batch):
            for group in self.optimiser.param_groups:
                group["lr"] = rate_at(self.config, self.done)
            self.optimiser.zero_grad(set_to_none=True)
            loss = self.loss(rows)
            if not torch.isfinite(loss):
                raise FloatingPointError(f"loss is {loss.item()} at step {self.step}")
            loss.backward()
            nn.utils.clip_grad_norm_(self.net.parameters(), 5.0)
            self.optimiser.step()
            follow(self.average, self.net, min(self.config.ema, (1 + self.step) / (10 + self.step)))
            self.step += 1
            total += loss.item()
        return total / self.steps_per_epoch

    def run(self) -> None:
        while self.epoch < self.config.epochs:
            started = time.monotonic()
            loss = self.run_epoch()
            self.epoch += 1
            dev = dev_scores(self.average, self.dev) if self.epoch % 2 == 0 or self.epoch == self.config.epochs else {}
            seconds = time.monotonic() - started
            self.elapsed += seconds
            self.save("last.pt")
            line = {"epoch": self.epoch, "loss": round(loss, 4), "dev": dev, "rate": round(rate_at(self.config, self.done), 5),
                    "seconds": round(seconds, 1)}
            print(json.dumps(line), flush=True)
        self.save("final.pt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--run-dir", type=Path, default=RUNS / "voice")
    parser.add_argument("--epochs", type=int, default=VoiceConfig.epochs)
    parser.add_argument("--seed", type=int, default=VoiceConfig.seed)
    parser.add_argument("--rate", type=float, default=VoiceConfig.rate)
    parser.add_argument("--hold", type=int, default=0, choices=range(6), help="fold of RAVDESS and EmoDB left out; 0: their test split")
    parser.add_argument("--with-dev", action="store_true", help="train on the dev speakers too, once nothing is left to choose")
    parser.add_argument("--only", nargs="+", choices=tuple(CORPORA), default=tuple(CORPORA), help="corpora to train on")
    parser.add_argument("--start", type=Path, help="another run whose averaged weights this one starts from")
    parser.add_argument("--smoke", action="store_true", help="two epochs on a few clips")
    chosen = parser.parse_args()
    config = replace(VoiceConfig(), epochs=2 if chosen.smoke else chosen.epochs, seed=chosen.seed, rate=chosen.rate)
    torch.set_num_threads(config.threads)
    seed_everything(config.seed)
    chosen.run_dir.mkdir(parents=True, exist_ok=True)
    arrays = load(chosen.data, chosen.cache)
    rows = training_rows(arrays, chosen.hold, chosen.with_dev) & np.isin(arrays["corpus"], chosen.only)
    dev = arrays["split"] == "dev"
    every = 20 if chosen.smoke else 1
    train = part_of(arrays, np.flatnonzero(rows)[::every])
    trainer = Trainer(config, train, part_of(arrays, np.flatnonzero(dev)[::every]), chosen.run_dir)
    if chosen.start:
        trainer.start_from(chosen.start)
    trainer.resume()
    print(f"{sum(p.numel() for p in trainer.net.parameters())} parameters, {len(train['mel'])} clips", flush=True)
    trainer.run()


if __name__ == "__main__":
    main()
