"""How much of the hybrid is attention and how much early, on dev people: RAVDESS's first two folds and CREMA-D's dev actors, out of fold.

    python -m training.fusion.share --seeds 1 2 3
"""

from __future__ import annotations

import argparse

import numpy as np
import torch

from training.common.metrics import accuracy
from training.fusion.augment import plain
from training.fusion.config import PEOPLE, FusionConfig
from training.fusion.prepare import load
from training.fusion.protocols import BOTH, Holding, rows_of
from training.fusion.train import REAL, Arrays

Array = np.ndarray
SHARES = (1.0, 0.8, 0.67, 0.5, 0.33, 0.0)
DEV_FOLDS = (1, 2)


def is_dev(arrays: Arrays, name: str, rows: Array) -> Array:
    return np.isin(arrays["ravdess/fold"][rows], DEV_FOLDS) if name == "ravdess" else arrays[f"{name}/split"][rows] == "dev"


def by_share(arrays: Arrays, config: FusionConfig, seeds: list[int]) -> dict[str, Array]:
    """For each set (dev, others), accuracy at each share: (2, shares), the mean over the seeds."""
    holding = [Holding(arrays, config, seed) for seed in seeds]
    out = {}
    for name in REAL:
        for part, rows in rows_of(arrays, name).items():
            p, y, dev = arrays[f"{name}/p"][rows], arrays[f"{name}/label"][rows], is_dev(arrays, name, rows)
            told = [one.answer(name, rows, lambda at, p=p, name=name: plain(p[at], np.array(PEOPLE[name]), BOTH)) for one in holding]
            out[part] = np.array([[np.mean([accuracy(y[inside], (share * t["attention"] + (1 - share) * t["early"])[inside].argmax(1)) for t in told])
                                   for share in SHARES] for inside in (dev, ~dev)])
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    chosen = parser.parse_args()
    torch.set_num_threads(FusionConfig.threads)
    found = by_share(load(), FusionConfig(), chosen.seeds)
    print("attention's share:", *(f"{share:6.2f}" for share in SHARES))
    for at, people in enumerate(("dev", "others")):
        for part, table in found.items():
            print(f"{part}, {people}:", *(f"{100 * value:6.2f}" for value in table[at]))
        print(f"mean, {people}:", *(f"{100 * value:6.2f}" for value in np.mean([table[at] for table in found.values()], 0)))


if __name__ == "__main__":
    main()
