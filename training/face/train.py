"""Trains the face model; seeded, and resumable after any epoch.

    python -m training.face.train --seed 1
    python -m training.face.train --smoke
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
from training.face.augment import normalise, view_calm, view_votes
from training.face.config import FaceConfig
from training.face.model import FaceNet
from training.face.prepare import CACHE, DATA, RUNS, VOTES, load


def vote_coordinates() -> Tensor:
    """(8, 2): valence and arousal of each vote class; contempt has none and gets the origin."""
    table, rows = circumplex_table(), np.zeros((len(VOTES), 2), np.float32)
    for index, name in enumerate(VOTES):
        emotion = canonical(name)
        if emotion:
            rows[index] = table[EMOTIONS.index(emotion)]
    return torch.from_numpy(rows)


def rate_at(config: FaceConfig, done: float) -> float:
    """Learning rate at a fraction of the schedule: short linear rise, then half a cosine to zero."""
    if done < config.warmup:
        return config.rate * max(0.02, done / config.warmup)
    return config.rate * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def make_optimiser(net: nn.Module, config: FaceConfig) -> torch.optim.Optimizer:
    heavy = [p for p in net.parameters() if p.ndim > 1]
    light = [p for p in net.parameters() if p.ndim <= 1]
    groups = [{"params": heavy, "weight_decay": config.decay}, {"params": light, "weight_decay": 0.0}]
    return torch.optim.SGD(groups, lr=config.rate, momentum=0.9, nesterov=True)


@torch.no_grad()
def follow(average: nn.Module, net: nn.Module, decay: float) -> None:
    """Moves the averaged weights and statistics towards the trained ones."""
    for slow, fast in zip(average.state_dict().values(), net.state_dict().values(), strict=True):
        if slow.dtype.is_floating_point:
            slow.lerp_(fast, 1 - decay)
        else:
            slow.copy_(fast)


@torch.no_grad()
def dev_scores(net: nn.Module, images: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Accuracy over the seven kept classes (contempt always wrong) and cross-entropy over all eight."""
    net.eval()
    logits = []
    for part in torch.from_numpy(images).split(512):
        x = normalise(part.unsqueeze(1).float() / 255).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            logits.append(net(x)[0].float())
    out, truth = torch.cat(logits), torch.from_numpy(labels)
    right = out[:, :7].argmax(1) == truth
    return float(right.float().mean()), float(F.cross_entropy(out, truth))


class Trainer:
    def __init__(self, config: FaceConfig, arrays: dict[str, np.ndarray], run_dir: Path) -> None:
        self.config, self.arrays, self.run_dir = config, arrays, run_dir
        self.net = FaceNet(config).to(memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.net)
        self.optimiser = make_optimiser(self.net, config)
        self.images = torch.from_numpy(arrays["train_images"])
        self.targets = torch.from_numpy(arrays["train_targets"])
        self.coordinates = vote_coordinates()
        self.steps_per_epoch = len(self.images) // config.batch
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

    def save(self, name: str, **extra: object) -> None:
        state = {
            "net": self.net.state_dict(), "average": self.average.state_dict(), "optimiser": self.optimiser.state_dict(),
            "step": self.step, "epoch": self.epoch, "elapsed": self.elapsed, "chance": chance_state(),
            "config": asdict(self.config), **extra,
        }
        partial = self.run_dir / f"{name}.partial"
        torch.save(state, partial)
        partial.replace(self.run_dir / name)

    def loss(self, rows: Tensor) -> Tensor:
        """Cross-entropy with the raters' votes, and their circumplex projection."""
        view = view_calm if self.done >= self.config.calm_from else view_votes
        targets = self.targets[rows]  # (B, 8)
        x = normalise(view(self.images[rows])).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            votes, where = self.net(x)
        by_affect = F.mse_loss(where.float(), targets @ self.coordinates)
        return F.cross_entropy(votes.float(), targets) + self.config.affect_weight * by_affect

    def run_epoch(self) -> float:
        self.net.train()
        total = 0.0
        order = torch.randperm(len(self.images))[: self.steps_per_epoch * self.config.batch]
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
            accuracy, entropy = dev_scores(self.average, self.arrays["dev_images"], self.arrays["dev_targets"])
            seconds = time.monotonic() - started
            self.elapsed += seconds
            self.save("last.pt", dev=accuracy)
            line = {
                "epoch": self.epoch, "step": self.step, "done": round(self.done, 4), "loss": round(loss, 4),
                "dev_accuracy": round(accuracy, 4), "dev_entropy": round(entropy, 4),
                "rate": round(rate_at(self.config, self.done), 5), "seconds": round(seconds, 1),
            }
            print(json.dumps(line), flush=True)
        self.save("final.pt", dev=accuracy)


def smoke(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: array[:256] for name, array in arrays.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--run-dir", type=Path, default=RUNS / "face")
    parser.add_argument("--epochs", type=int, default=FaceConfig.epochs)
    parser.add_argument("--seed", type=int, default=FaceConfig.seed)
    parser.add_argument("--rate", type=float, default=FaceConfig.rate)
    parser.add_argument("--start", type=Path, help="another run whose averaged weights this one starts from: a further cycle")
    parser.add_argument("--smoke", action="store_true", help="two epochs on 256 images")
    chosen = parser.parse_args()
    config = replace(FaceConfig(), epochs=2 if chosen.smoke else chosen.epochs, seed=chosen.seed, rate=chosen.rate)
    torch.set_num_threads(config.threads)
    seed_everything(config.seed)
    chosen.run_dir.mkdir(parents=True, exist_ok=True)
    arrays = load(chosen.data, chosen.cache)
    trainer = Trainer(config, smoke(arrays) if chosen.smoke else arrays, chosen.run_dir)
    if chosen.start:
        trainer.start_from(chosen.start)
    trainer.resume()
    print(f"{sum(p.numel() for p in trainer.net.parameters())} parameters, {len(trainer.images)} images", flush=True)
    trainer.run()


if __name__ == "__main__":
    main()
