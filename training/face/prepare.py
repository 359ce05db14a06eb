"""Reads FER+ (and the test part of affect64, which is scored but not trained on) into one array file, and writes evaluation folders for the product's own evaluation.

    python -m training.face.prepare                             -> training/runs/face-data.npz
    python -m training.face.prepare --folder out --set ferplus  -> out/*.png, out/manifest.csv (PrivateTest)
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
from PIL import Image

from training.common.labels import canonical

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = REPOSITORY.parent / "shared" / "data"
RUNS = REPOSITORY / "training" / "runs"
CACHE = RUNS / "face-data.npz"
VOTES = ("neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt")
"""Order of the eight outputs: FER+'s own."""
FACES = ("angry", "disgust", "fear", "happy", "neutral", "sad", "surprise")
"""Order of the affect64 labels."""


def reader(data: Path) -> ModuleType:
    """The catalogue's read_data.py as a module."""
    spec = importlib.util.spec_from_file_location("read_data", data / "read_data.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(data / "read_data.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def soft_targets(votes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(n, 10) counts -> (n, 8) distributions and a keep mask.

    Single votes are treated as slips, as the FER+ rule does; images that most raters called unknown or not a face go.
    """
    trusted = np.where(votes <= 1, 0, votes).astype(np.float32)
    emotions = trusted[:, :8]
    total = emotions.sum(1)
    keep = (total > 0) & (total >= trusted[:, 8:].sum(1))
    return emotions / np.maximum(total, 1)[:, None], keep


def digest(names: list[str]) -> str:
    """sha256 over the sorted members of a split: equal splits have equal digests on every machine."""
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()


def gather(data: Path) -> dict[str, np.ndarray]:
    read = reader(data)
    arrays: dict[str, np.ndarray] = {}
    for split, name, clean in (("Training", "train", True), ("PublicTest", "dev", True), ("PrivateTest", "test", False)):
        images, votes, names = read.load_ferplus(split, drop_leak=clean)
        keep, label = read.ferplus_majority(votes)
        targets, usable = soft_targets(votes)
        if name == "train":
            images, targets = images[usable], targets[usable]
        else:
            arrays[f"{name}_votes"] = targets[keep]
            images, targets = images[keep], label[keep]
        arrays[f"{name}_images"], arrays[f"{name}_targets"] = images, targets
        print(f"ferplus {split}: {len(images)} images, sha256 of names {digest(names)[:16]}")
    arrays["faces_test_images"], arrays["faces_test_labels"] = read.load_affect64("test")
    print(f"affect64 test: {len(arrays['faces_test_images'])} images, scored only")
    return arrays


def load(data: Path = DATA, cache: Path = CACHE) -> dict[str, np.ndarray]:
    """All arrays, from the cache when it is there."""
    if not cache.exists():
        cache.parent.mkdir(parents=True, exist_ok=True)
        np.savez(cache, **gather(data))
    with np.load(cache) as stored:
        return {name: stored[name] for name in stored.files}


def write_folder(arrays: dict[str, np.ndarray], which: str, folder: Path) -> int:
    """PNG files and manifest.csv (file, label, group); labels keep 'contempt', which no canonical emotion stands for."""
    folder.mkdir(parents=True, exist_ok=True)
    if which == "ferplus":
        images, labels, names = arrays["test_images"], arrays["test_targets"], VOTES
    else:
        images, labels, names = arrays["faces_test_images"], arrays["faces_test_labels"], FACES
    with open(folder / "manifest.csv", "w", newline="", encoding="utf8") as file:
        table = csv.writer(file)
        table.writerow(("file", "label", "group"))
        for index, (image, label) in enumerate(zip(images, labels, strict=True)):
            name = f"{index:05d}.png"
            Image.fromarray(image).save(folder / name)
            table.writerow((name, canonical(names[label]) or names[label], which))
    return len(images)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--set", choices=("ferplus", "affect64"), default="ferplus")
    chosen = parser.parse_args()
    arrays = load(chosen.data, chosen.cache)
    if chosen.folder:
        print(f"{write_folder(arrays, chosen.set, chosen.folder)} images in {chosen.folder}")


if __name__ == "__main__":
    main()
