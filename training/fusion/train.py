"""Trains the fusion networks on tokens; seeded. Minutes on one core.

    python -m training.fusion.train --seed 1 --run-dir training/runs/fusion-1
    python -m training.fusion.train --hold 3 --run-dir training/runs/fusion-1-fold3   # a fifth of the people of every set unseen
"""

from __future__ import annotations

import argparse
import copy
import json
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from training.common.metrics import fit_temperature
from training.common.seed import seed_everything
from training.face.prepare import RUNS
from training.fusion.augment import Tokens, plain, spoil
from training.fusion.config import KINDS, PEOPLE, SOURCES, FusionConfig
from training.fusion.model import Net, create
from training.fusion.prepare import CACHE, load

Array = np.ndarray
Arrays = dict[str, Array]
REAL = ("ravdess", "cremad-votes", "cremad-net")
FOLDS = 5
EPOCH = 3000
"""Rows of a set whose share is 1."""


def held_out(arrays: Arrays, name: str, hold: int) -> Array:
    """Rows of people whom a run with this hold never meets; hold 0 keeps RAVDESS's last fold and CREMA-D's test actors apart."""
    if name == "ravdess":
        return arrays["ravdess/fold"] == (hold or FOLDS)
    if name.startswith("cremad"):
        return arrays[f"{name}/split"] == "test" if hold == 0 else arrays[f"{name}/person"] % FOLDS == hold - 1
    return np.zeros(len(arrays[f"{name}/label"]), bool)


def pairs(arrays: Arrays, count: int, hold: int, chance: np.random.Generator) -> tuple[Array, Array]:
    """Synthetic: a face, a voice and a text that share nothing but the label, each answered by a model that ships."""
    voice = ~held_out(arrays, "cremad-net", hold)
    pools = (
        (arrays["single-face/p"], arrays["single-face/label"]),
        (arrays["cremad-net/p"][voice][:, 1], arrays["cremad-net/label"][voice]),
        (arrays["single-text/p"], arrays["single-text/label"]),
    )
    label = chance.integers(0, 7, count)
    p = np.full((count, len(SOURCES), 7), np.nan)
    for sense, (told, truth) in enumerate(pools):
        for one in np.unique(truth):
            rows = np.flatnonzero(label == one)
            p[rows, sense] = told[chance.choice(np.flatnonzero(truth == one), len(rows))]
    return p, label


def epoch_rows(arrays: Arrays, config: FusionConfig, hold: int, chance: np.random.Generator) -> tuple[Array, Array, Array]:
    """One epoch's clips, their labels and who spoke, shuffled: of each set as often as its share says, the real ones leaving out whom the run never meets."""
    parts = []
    for name, share in config.shares:
        if name == "pairs":
            p, label = pairs(arrays, int(EPOCH * share), hold, chance)
        else:
            rows = chance.choice(np.flatnonzero(~held_out(arrays, name, hold)), int(EPOCH * share))
            p, label = arrays[f"{name}/p"][rows], arrays[f"{name}/label"][rows]
        parts.append((p, label, np.broadcast_to(PEOPLE[name], (len(label), len(SOURCES)))))
    p, label, people = (np.concatenate(both) for both in zip(*parts, strict=True))
    order = chance.permutation(len(label))
    return p[order], label[order], people[order]


Epoch = Callable[[np.random.Generator], tuple[Array, Array, Array]]


def fit(kind: str, config: FusionConfig, draw: Epoch, kept: tuple[int, ...] | None = None, table: Array | None = None) -> Net:
    """A network after config.epochs of what draw gives (distributions (n, senses, classes), labels, who spoke (n, senses)): the averaged weights
    of the second half of the run. kept: senses that it is to know at all; table: where the classes lie on the mood plane."""
    seed_everything(config.seed)
    chance = np.random.default_rng(config.seed)
    p, label, _ = draw(chance)
    net = create(kind, config, p.shape[1], p.shape[2])
    average, seen = copy.deepcopy(net), 0
    kept = tuple(range(p.shape[1])) if kept is None else kept
    steps = config.epochs * (len(label) // config.batch)
    decay = (config.early_shrink if kind == "early" else config.shrink) / (config.rate * steps / 2)
    optimiser = torch.optim.AdamW(net.parameters(), lr=config.rate, weight_decay=decay)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    for epoch in range(config.epochs):
        p, label, people = draw(chance)
        for start in range(0, len(label) - config.batch + 1, config.batch):
            rows = slice(start, start + config.batch)
            logits, _, _ = net(*spoil(p[rows], people[rows], chance, config, kept, table).tensors())
            loss = F.cross_entropy(logits, torch.from_numpy(label[rows]), label_smoothing=config.smoothing)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            if epoch >= config.epochs // 2:
                seen += 1
                with torch.no_grad():
                    for slow, fast in zip(average.parameters(), net.parameters(), strict=True):
                        slow.lerp_(fast, 1 / seen)
    return average.eval()


def train(arrays: Arrays, config: FusionConfig, kind: str, hold: int = 0, kept: tuple[int, ...] | None = None) -> Net:
    """The network of the seven emotions on all sets."""
    return fit(kind, config, lambda chance: epoch_rows(arrays, config, hold, chance), kept)


@torch.no_grad()
def ask(net: Net, tokens: Tokens) -> Array:
    """(n, classes) logits."""
    return net(*tokens.tensors())[0].numpy().astype(np.float64)


def temperature_of(net: Net, arrays: Arrays, hold: int) -> float:
    """By the real pairs the run was trained on, each set and each subset of senses alike: the net is small and does not learn them by heart."""
    logits, labels = [], []
    for name in REAL:
        rows = np.flatnonzero(~held_out(arrays, name, hold))
        rows = rows[:: max(1, len(rows) // 1500)]
        for kept in ((0, 1), (0,), (1,)):
            logits.append(ask(net, plain(arrays[f"{name}/p"][rows], np.array(PEOPLE[name]), kept)))
            labels.append(arrays[f"{name}/label"][rows])
    return fit_temperature(np.concatenate(labels), np.concatenate(logits))


def config_of(state: dict[str, object]) -> FusionConfig:
    """Of a saved run."""
    known = {field.name for field in fields(FusionConfig)}
    return FusionConfig(**{key: value for key, value in state["config"].items() if key in known})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--run-dir", type=Path, default=RUNS / "fusion-1")
    parser.add_argument("--seed", type=int, default=FusionConfig.seed)
    parser.add_argument("--hold", type=int, default=0, choices=range(FOLDS + 1))
    parser.add_argument("--epochs", type=int, default=FusionConfig.epochs)
    chosen = parser.parse_args()
    torch.set_num_threads(FusionConfig.threads)
    config = replace(FusionConfig(), seed=chosen.seed, epochs=chosen.epochs)
    arrays = load(cache=chosen.cache)
    state: dict[str, object] = {"config": asdict(config), "hold": chosen.hold}
    for kind in KINDS:
        net = train(arrays, config, kind, chosen.hold)
        state[kind] = net.state_dict()
        state[f"{kind}-temperature"] = temperature_of(net, arrays, chosen.hold)
        print(json.dumps({"kind": kind, "temperature": round(float(state[f"{kind}-temperature"]), 3)}))
    chosen.run_dir.mkdir(parents=True, exist_ok=True)
    torch.save(state, chosen.run_dir / "final.pt")


if __name__ == "__main__":
    main()
