"""Reads the four corpora into one array file of log-mel spectrograms, and a bank of noises of the same form.

    python -m training.voice.prepare     -> training/runs/voice-data.npz
"""

from __future__ import annotations

import argparse
from pathlib import Path
from types import ModuleType

import numpy as np

from training.face.prepare import DATA, RUNS, digest, reader
from training.voice.config import CLASSES, CORPORA, VoiceConfig
from training.voice.frontend import BANDS, FFT, FLOOR, FRAMES, HOP, RATE, log_mel, power_mel

CACHE = RUNS / "voice-data.npz"
VOTES = ("angry", "disgust", "fear", "happy", "neutral", "sad")
"""What the letters A D F H N S of CREMA-D's votes stand for."""
NOISE_SECONDS, NOISES_PER_KIND, SONGS = 8, 24, 72


def pad(mel: np.ndarray) -> np.ndarray:
    """(frames, 64) -> (188, 64) uint8 half-decibel steps above the floor, floor behind the end."""
    steps = np.zeros((FRAMES, BANDS), np.uint8)
    steps[: len(mel)] = np.round((mel - FLOOR) * 2)
    return steps


def targets_of(label: str, votes: dict[str, np.ndarray] | None, config: VoiceConfig) -> np.ndarray:
    """(8,) soft target: the class asked for, with a share for what listeners heard (sound alone, and with the face)."""
    asked = np.zeros(len(CLASSES), np.float32)
    asked[CLASSES.index(label)] = 1
    if votes is None:
        return asked
    heard = np.zeros(len(CLASSES), np.float32)
    for name, count in zip(VOTES, votes["voice"] / max(votes["voice"].sum(), 1) + votes["av"] / max(votes["av"].sum(), 1), strict=True):
        heard[CLASSES.index(name)] = count
    total = heard.sum()
    return asked if total == 0 else (1 - config.votes) * asked + config.votes * heard / total


Row = dict[str, object]


def cremad(read: ModuleType, config: VoiceConfig) -> list[Row]:
    votes, found = read.cremad_votes(), []
    for split in ("train", "dev", "test"):
        mels, rows = read.load_cremad(split)
        for mel, row in zip(mels, rows, strict=True):
            if mel.max() < -4:
                continue  # one clip is silent
            found.append({
                "corpus": "cremad", "name": row["clip"], "label": row["label"], "speaker": row["speaker"], "sex": row["sex"],
                "split": split, "fold": 0, "mel": mel.T[:FRAMES], "target": targets_of(row["label"], votes.get(row["clip"]), config),
            })
    return found


def recordings(read: ModuleType, corpus: str, config: VoiceConfig) -> list[Row]:
    found = []
    for row in read.iterate(f"voice/{corpus}"):
        if row["label"] not in CORPORA[corpus]:
            continue  # EmoDB's boredom
        found.append({
            "corpus": corpus, "name": row["file"], "label": row["label"], "speaker": row["speaker"], "sex": row["sex"],
            "split": row["split"], "fold": int(row.get("fold") or 0), "mel": log_mel(read.decode_audio(row["path"])),
            "target": targets_of(row["label"], None, config),
        })
    return found


def profiles(rows: list[Row]) -> np.ndarray:
    """(n, 64) dB: average spectrum of each clip's speaker over all frames of all their clips."""
    sums: dict[tuple[object, object], np.ndarray] = {}
    frames: dict[tuple[object, object], int] = {}
    for row in rows:
        key, mel = (row["corpus"], row["speaker"]), row["mel"]
        sums[key] = sums.get(key, 0) + mel.sum(0)
        frames[key] = frames.get(key, 0) + len(mel)
    return np.stack([sums[key] / frames[key] for key in ((row["corpus"], row["speaker"]) for row in rows)]).astype(np.float32)


def coloured(chance: np.random.Generator, slope: float) -> np.ndarray:
    """Noise whose power falls with frequency to the power of slope: 0 white, 1 pink, 2 brown."""
    count = NOISE_SECONDS * RATE
    spectrum = np.fft.rfft(chance.standard_normal(count))
    spectrum /= np.maximum(np.arange(len(spectrum)), 20) ** (slope / 2)
    return np.fft.irfft(spectrum, count)


def babble(chance: np.random.Generator, voices: list[np.ndarray]) -> np.ndarray:
    """Six voices at once, each repeated to the full length."""
    count = NOISE_SECONDS * RATE
    return sum(np.roll(np.resize(voices[i], count), chance.integers(count)) for i in chance.integers(0, len(voices), 6))


def noises(read: ModuleType, chance: np.random.Generator) -> np.ndarray:
    """(120, frames, 64) float16 dB relative to each noise's mean power: white to brown, babble, and most of it music, which differs most."""
    voices = [read.decode_audio(row["path"]) for row in list(read.iterate("voice/ravdess", split="train"))[::16]]
    songs = [row["path"] for row in list(read.iterate("music/panda4q"))[:: 900 // SONGS]][:SONGS]
    waves = [coloured(chance, chance.uniform(0, 2)) for _ in range(NOISES_PER_KIND)]
    waves += [babble(chance, voices) for _ in range(NOISES_PER_KIND)]
    waves += [read.decode_audio(path)[: NOISE_SECONDS * RATE] for path in songs]
    bank = []
    for wave in waves:
        power = power_mel(wave).reshape(-1, BANDS, 2).mean(2)[FFT // HOP : NOISE_SECONDS * RATE // HOP - FFT // HOP]
        bank.append(10 * np.log10(np.maximum(power / power.mean(), 1e-8)))
    return np.stack(bank).astype(np.float16)


def gather(data: Path) -> dict[str, np.ndarray]:
    read, config = reader(data), VoiceConfig()
    rows = cremad(read, config)
    for corpus in ("ravdess", "emodb", "tess"):
        rows += recordings(read, corpus, config)
    arrays = {name: np.array([row[name] for row in rows]) for name in ("corpus", "name", "label", "speaker", "sex", "split", "fold")}
    arrays["mel"] = np.stack([pad(row["mel"]) for row in rows])
    arrays["length"] = np.array([len(row["mel"]) for row in rows])
    arrays["target"] = np.stack([row["target"] for row in rows])
    arrays["profile"] = profiles(rows)
    arrays["noise"] = noises(read, np.random.default_rng(0))
    return arrays


def load(data: Path = DATA, cache: Path = CACHE) -> dict[str, np.ndarray]:
    if not cache.exists():
        cache.parent.mkdir(parents=True, exist_ok=True)
        partial = cache.with_suffix(".partial.npz")
        np.savez(partial, **gather(data))
        partial.replace(cache)
    with np.load(cache) as stored:
        return {name: stored[name] for name in stored.files}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cache", type=Path, default=CACHE)
    chosen = parser.parse_args()
    arrays = load(chosen.data, chosen.cache)
    for corpus in CORPORA:
        inside = arrays["corpus"] == corpus
        print(f"{corpus}: {int(inside.sum())} clips, names sha256 {digest([str(n) for n in arrays['name'][inside]])[:12]}")


if __name__ == "__main__":
    main()
