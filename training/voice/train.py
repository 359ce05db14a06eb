"""Trains the voice model; seeded, and resumable after any epoch.

    python -m training.voice.train --seed 1 --run-dir training/runs/voice-1
    python -m training.voice.train --seed 1 --hold 3 --run-dir training/runs/voice-1-fold3    # RAVDESS and EmoDB fold 3 unseen
    python -m training.voice.train --teachers training/runs/voice-{1,2,3,4} --epochs 60 --run-dir training/runs/voice-student
    python -m training.voice.train --smoke
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import random
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
    return put(np.stack(rows))


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


def levels(steps: np.ndarray) -> Tensor:
    """(n, 188, 64) half-decibel steps -> (n, 64, 188) dB."""
    return put(steps).float().transpose(1, 2) / 2 - 80


@torch.no_grad()
def answer(net: VoiceNet, arrays: Arrays, speaker: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """logits (n, 8) and affect (n, 2), each clip at its own length; with its speaker's average spectrum or its own."""
    net.eval()
    logits, affect = np.zeros((len(arrays["mel"]), len(CLASSES)), np.float32), np.zeros((len(arrays["mel"]), 2), np.float32)
    for length in np.unique(arrays["length"]):
        rows = np.flatnonzero(arrays["length"] == length)
        mel = levels(arrays["mel"][rows, :length]).transpose(1, 2).contiguous()
        profile = put(arrays["profile"][rows]) if speaker else mel.mean(1)
        out = net(mel, profile)
        logits[rows], affect[rows] = out[0].cpu().numpy(), out[1].cpu().numpy()
    return logits, affect


def dev_scores(net: VoiceNet, arrays: Arrays) -> dict[str, float]:
    """Accuracy among the classes each corpus has."""
    logits, _ = answer(net, arrays)
    chosen = (logits + asked_classes(arrays["corpus"]).cpu().numpy()).argmax(1)
    right = np.array(CLASSES)[chosen] == arrays["label"]
    return {c: round(float(right[arrays["corpus"] == c].mean()), 4) for c in CORPORA if (arrays["corpus"] == c).any()}


def load_net(run_dir: Path) -> tuple[VoiceNet, dict[str, object]]:
    """The averaged weights of a run, the unfinished one's where it is still training."""
    path = run_dir / "final.pt"
    state = torch.load(path if path.exists() else run_dir / "last.pt", weights_only=False, map_location="cpu")
    known = {field.name for field in fields(VoiceConfig)}
    net = VoiceNet(VoiceConfig(**{key: value for key, value in state["config"].items() if key in known}))
    net.load_state_dict(state["average"])
    return net.eval(), state


def load_mean(run_dirs: list[Path]) -> tuple[VoiceNet, dict[str, object]]:
    """One net with the mean of all weights and statistics: for cycles of one run, which lie in one valley (Izmailov et al. 2018)."""
    loaded = [load_net(run_dir) for run_dir in run_dirs]
    states = [net.state_dict() for net, _ in loaded]
    net, state = loaded[-1]
    net.load_state_dict({
        name: torch.stack([each[name] for each in states]).mean(0) if value.dtype.is_floating_point else value for name, value in states[0].items()
    })
    return net, state


class Trainer:
    def __init__(self, config: VoiceConfig, train: Arrays, dev: Arrays, run_dir: Path, teachers: list[VoiceNet]) -> None:
        self.config, self.train, self.dev, self.run_dir, self.teachers = config, train, dev, run_dir, teachers
        self.net = VoiceNet(config).to(memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.net)
        self.follower = Follower(self.average, self.net)
        heavy = [p for p in self.net.parameters() if p.ndim > 1]
        plain = [p for p in self.net.parameters() if p.ndim <= 1]
        self.optimiser = torch.optim.AdamW(
            [{"params": heavy, "weight_decay": config.decay}, {"params": plain, "weight_decay": 0.0}], lr=config.rate, fused=True
        )
        self.level, self.length = levels(train["mel"]), put(train["length"]).float()
        self.profile, self.bank = put(train["profile"]), put(train["noise"])
        self.target = put(train["target"])
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

    def save_all(self) -> None:
        """Everything that a killed run needs to go on."""
        self.save("last.pt", {"net": self.net.state_dict(), "average": self.average.state_dict(), "optimiser": self.optimiser.state_dict(),
                              "chance": chance_state()})

    def batch_of(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Augmented channels (n, 3, 64, frames) and which frames are speech (n, 1, frames)."""
        width = widths(112, self.config.frames)
        level, inside, profile = view(self.level[rows], self.length[rows], self.profile[rows], self.bank, width, self.config.noisy, self.config.worst)
        valid = torch.arange(width)[None, None] < inside[:, None, None]
        own = (level * valid).sum(2) / valid.sum(2)
        profile = torch.where(sometimes(len(rows), self.config.known)[:, None], profile, own)
        return mask(channels_of(level.transpose(1, 2), profile, valid)), valid

    @torch.no_grad()
    def told(self, x: Tensor, valid: Tensor) -> tuple[Tensor, Tensor]:
        """What the teachers make of the very same pictures: mean probabilities and mean affect."""
        answers = [teacher.heads(teacher.embed(x, valid)) for teacher in self.teachers]
        odds = torch.stack([logits.float().softmax(1) for logits, _ in answers]).mean(0)
        return odds, torch.stack([affect.float() for _, affect in answers]).mean(0)

    def loss(self, rows: Tensor) -> Tensor:
        """Cross-entropy among the classes the clip's corpus has, as much among all, and the circumplex projection.

        With teachers, most of it is cross-entropy with their answer (function matching: Beyer et al. 2022).
        """
        with torch.no_grad():
            x, valid = self.batch_of(rows)
            target, asked = self.target[rows] * (1 - self.config.smoothing), self.asked[rows]
            allowed = (asked == 0).float()
            target = target + self.config.smoothing * allowed / allowed.sum(1, keepdim=True)
            if random.random() < self.config.mixed:
                partner, share = mixing(len(rows))
                x = x * share[:, None, None, None] + x[partner] * (1 - share)[:, None, None, None]
                target = target * share[:, None] + target[partner] * (1 - share)[:, None]
                asked, valid = torch.maximum(asked, asked[partner]), valid | valid[partner]
            x = x.contiguous(memory_format=torch.channels_last)
        with short_floats():
            logits, where = self.net.heads(self.net.embed(x, valid))
            odds, place = self.told(x, valid) if self.teachers else (target, target @ self.coordinates)
        logits, taught = logits.float(), self.config.taught if self.teachers else 0.0
        among = -(target * (logits + asked.clamp(min=-1e4)).log_softmax(1)).sum(1).mean()
        by_label = 0.5 * among + 0.5 * F.cross_entropy(logits, target)
        by_affect = F.mse_loss(where.float(), taught * place + (1 - taught) * (target @ self.coordinates))
        return (1 - taught) * by_label + taught * F.cross_entropy(logits, odds) + self.config.affect_weight * by_affect

    def run_epoch(self) -> float:
        self.net.train()
        total, count = torch.zeros(()), self.steps_per_epoch * self.config.batch
        order = torch.multinomial(self.share, count, replacement=count > len(self.share))
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
            dev = dev_scores(self.average, self.dev) if self.epoch % self.config.look == 0 or self.epoch == self.config.epochs else {}
            seconds = time.monotonic() - started
            self.elapsed += seconds
            self.save_all()
            line = {"epoch": self.epoch, "loss": round(loss, 4), "dev": dev, "rate": round(rate_at(self.config, self.done), 5),
                    "seconds": round(seconds, 1)}
            print(json.dumps(line), flush=True)
        self.save("final.pt", {"average": light(self.average.state_dict())})


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
    parser.add_argument("--teachers", type=Path, nargs="+", default=[], help="finished runs whose mean answer is the target")
    parser.add_argument("--widths", type=int, nargs=4, default=VoiceConfig.widths, help="of the four stages; a teacher may be wider")
    parser.add_argument("--batch", type=int, default=VoiceConfig.batch)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--start", type=Path, help="another run whose averaged weights this one starts from")
    parser.add_argument("--noisy", type=float, default=VoiceConfig.noisy, help="share of the clips that get noise")
    parser.add_argument("--worst", type=float, default=VoiceConfig.worst, help="lowest signal-to-noise ratio, dB")
    parser.add_argument("--smoke", action="store_true", help="two epochs on a few clips")
    chosen = parser.parse_args()
    config = replace(
        VoiceConfig(), epochs=2 if chosen.smoke else chosen.epochs, seed=chosen.seed, rate=chosen.rate, batch=chosen.batch,
        widths=tuple(chosen.widths), noisy=chosen.noisy, worst=chosen.worst, look=2 if chosen.device == "cpu" else 10,
    )
    use_device(chosen.device, config.threads)
    seed_everything(config.seed)
    chosen.run_dir.mkdir(parents=True, exist_ok=True)
    arrays = load(chosen.data, chosen.cache)
    rows = training_rows(arrays, chosen.hold, chosen.with_dev) & np.isin(arrays["corpus"], chosen.only)
    dev = arrays["split"] == "dev"
    every = 20 if chosen.smoke else 1
    train = part_of(arrays, np.flatnonzero(rows)[::every])
    teachers = [load_net(run_dir)[0].to(memory_format=torch.channels_last) for run_dir in chosen.teachers]
    trainer = Trainer(config, train, part_of(arrays, np.flatnonzero(dev)[::every]), chosen.run_dir, teachers)
    if chosen.start:
        trainer.start_from(chosen.start)
    trainer.resume()
    print(f"{sum(p.numel() for p in trainer.net.parameters())} parameters, {len(train['mel'])} clips", flush=True)
    trainer.run()


if __name__ == "__main__":
    main()
