"""Trains the face model; seeded, and resumable after any epoch.

    python -m training.face.train --seed 1
    python -m training.face.train --teachers training/runs/face-{1,2,3} --epochs 60 --run-dir training/runs/face-student
    python -m training.face.train --smoke
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import time
from dataclasses import asdict, fields, replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.common.device import Follower, light, put, short_floats, use_device
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
    return put(rows)


def rate_at(config: FaceConfig, done: float) -> float:
    """Learning rate at a fraction of the schedule: short linear rise, then half a cosine to zero."""
    if done < config.warmup:
        return config.rate * max(0.02, done / config.warmup)
    return config.rate * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def make_optimiser(net: nn.Module, config: FaceConfig) -> torch.optim.Optimizer:
    heavy = [p for p in net.parameters() if p.ndim > 1]
    plain = [p for p in net.parameters() if p.ndim <= 1]
    groups = [{"params": heavy, "weight_decay": config.decay}, {"params": plain, "weight_decay": 0.0}]
    return torch.optim.SGD(groups, lr=config.rate, momentum=0.9, nesterov=True, foreach=True)


@torch.no_grad()
def dev_scores(net: nn.Module, images: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Accuracy over the seven kept classes (contempt always wrong) and cross-entropy over all eight."""
    net.eval()
    logits = []
    for part in put(images).split(512):
        x = normalise(part.unsqueeze(1).float() / 255).contiguous(memory_format=torch.channels_last)
        with short_floats():
            logits.append(net(x)[0].float())
    out, truth = torch.cat(logits), put(labels)
    right = out[:, :7].argmax(1) == truth
    return float(right.float().mean()), float(F.cross_entropy(out, truth))


def load_run(run_dir: Path, name: str = "final.pt") -> tuple[FaceNet, dict[str, object]]:
    """The averaged weights of a run, the unfinished one's where it is still training."""
    path = run_dir / name
    state = torch.load(path if path.exists() else run_dir / "last.pt", weights_only=False, map_location="cpu")
    known = {field.name for field in fields(FaceConfig)}
    net = FaceNet(FaceConfig(**{key: value for key, value in state["config"].items() if key in known}))
    net.load_state_dict(state["average"])
    return net.eval(), state


class Trainer:
    def __init__(self, config: FaceConfig, arrays: dict[str, np.ndarray], run_dir: Path, teachers: list[FaceNet]) -> None:
        self.config, self.arrays, self.run_dir, self.teachers = config, arrays, run_dir, teachers
        self.net = FaceNet(config).to(memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.net)
        self.follower = Follower(self.average, self.net)
        self.optimiser = make_optimiser(self.net, config)
        self.images = put(arrays["train_images"])
        self.targets = put(arrays["train_targets"])
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
        state = torch.load(path, weights_only=False, map_location=torch.get_default_device())
        self.net.load_state_dict(state["net"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.epoch, self.elapsed = state["step"], state["epoch"], state["elapsed"]
        restore_chance(state["chance"])

    def start_from(self, run_dir: Path) -> None:
        weights = torch.load(run_dir / "final.pt", weights_only=False, map_location="cpu")["average"]
        self.net.load_state_dict(weights)
        self.average.load_state_dict(weights)

    def save(self, name: str, state: dict[str, object]) -> None:
        about = {"step": self.step, "epoch": self.epoch, "elapsed": self.elapsed, "config": asdict(self.config)}
        partial = self.run_dir / f"{name}.partial"
        torch.save(state | about, partial)
        partial.replace(self.run_dir / name)

    def save_all(self, dev: float) -> None:
        """Everything that a killed run needs to go on."""
        self.save("last.pt", {"net": self.net.state_dict(), "average": self.average.state_dict(), "optimiser": self.optimiser.state_dict(),
                              "chance": chance_state(), "dev": dev})

    @torch.no_grad()
    def told(self, x: Tensor, targets: Tensor) -> tuple[Tensor, Tensor]:
        """Raters' votes and their circumplex projection; with teachers mostly what these make of the very same picture."""
        where, taught = targets @ self.coordinates, self.config.taught
        if not self.teachers:
            return targets, where
        answers = [teacher(x) for teacher in self.teachers]
        odds = torch.stack([votes.float().softmax(1) for votes, _ in answers]).mean(0)
        place = torch.stack([affect.float() for _, affect in answers]).mean(0)
        return taught * odds + (1 - taught) * targets, taught * place + (1 - taught) * where

    def loss(self, rows: Tensor) -> Tensor:
        """Cross-entropy with the votes, and their circumplex projection."""
        view = view_calm if self.done >= self.config.calm_from else view_votes
        x = normalise(view(self.images[rows])).contiguous(memory_format=torch.channels_last)
        with short_floats():
            votes, where = self.net(x)
            targets, place = self.told(x, self.targets[rows])
        return F.cross_entropy(votes.float(), targets) + self.config.affect_weight * F.mse_loss(where.float(), place.float())

    def run_epoch(self) -> float:
        self.net.train()
        total = torch.zeros(())
        order = torch.randperm(len(self.images))[: self.steps_per_epoch * self.config.batch]
        for rows in order.split(self.config.batch):
            for group in self.optimiser.param_groups:
                group["lr"] = rate_at(self.config, self.done)
            self.optimiser.zero_grad(set_to_none=True)
            loss = self.loss(rows)
            loss.backward()
            nn.utils.clip_grad_norm_(self.net.parameters(), 5.0)
            self.optimiser.step()
            self.follower.follow(min(self.config.ema, (1 + self.step) / (10 + self.step)))
            self.step += 1
            total += loss.detach()
        mean = total.item() / self.steps_per_epoch
        if not math.isfinite(mean):
            raise FloatingPointError(f"loss is {mean} in epoch {self.epoch + 1}")
        return mean

    def run(self) -> None:
        while self.epoch < self.config.epochs:
            started = time.monotonic()
            loss = self.run_epoch()
            self.epoch += 1
            accuracy, entropy = dev_scores(self.average, self.arrays["dev_images"], self.arrays["dev_targets"])
            seconds = time.monotonic() - started
            self.elapsed += seconds
            self.save_all(accuracy)
            line = {
                "epoch": self.epoch, "step": self.step, "done": round(self.done, 4), "loss": round(loss, 4),
                "dev_accuracy": round(accuracy, 4), "dev_entropy": round(entropy, 4),
                "rate": round(rate_at(self.config, self.done), 5), "seconds": round(seconds, 1),
            }
            print(json.dumps(line), flush=True)
        self.save("final.pt", {"average": light(self.average.state_dict()), "dev": accuracy})


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
    parser.add_argument("--teachers", type=Path, nargs="+", default=[], help="finished runs whose mean answer is the target")
    parser.add_argument("--widths", type=int, nargs=3, default=FaceConfig.widths, help="of the three stages; a teacher may be wider")
    parser.add_argument("--batch", type=int, default=FaceConfig.batch)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--start", type=Path, help="another run whose averaged weights this one starts from: a further cycle")
    parser.add_argument("--smoke", action="store_true", help="two epochs on 256 images")
    chosen = parser.parse_args()
    config = replace(
        FaceConfig(), epochs=2 if chosen.smoke else chosen.epochs, seed=chosen.seed, rate=chosen.rate, batch=chosen.batch,
        widths=tuple(chosen.widths),
    )
    use_device(chosen.device, config.threads)
    seed_everything(config.seed)
    chosen.run_dir.mkdir(parents=True, exist_ok=True)
    arrays = load(chosen.data, chosen.cache)
    teachers = [load_run(run_dir)[0].to(memory_format=torch.channels_last) for run_dir in chosen.teachers]
    trainer = Trainer(config, smoke(arrays) if chosen.smoke else arrays, chosen.run_dir, teachers)
    if chosen.start:
        trainer.start_from(chosen.start)
    trainer.resume()
    print(f"{sum(p.numel() for p in trainer.net.parameters())} parameters, {len(trainer.images)} images", flush=True)
    trainer.run()


if __name__ == "__main__":
    main()
