"""Tells singing from speech: voice activity calls both a voice, and a song says nothing about who hears it.

Three measures of the stretch that the model would judge, and a logistic regression; src/modalities/voice/activity/songLikeness.ts has
the same. Songs are every second clip of Panda's 900 (folds 1 to 3 train, 4 chooses the border, 5 tests) where voice activity hears a
voice; speech is the four corpora as split, 60 % of it in white noise, babble and music at 20, 10 or 5 dB.

    python -m training.voice.songs
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from types import ModuleType

import numpy as np
import onnxruntime
from sklearn.linear_model import LogisticRegression

from training.face.prepare import DATA, reader
from training.voice.frontend import BANDS, EDGE, FLOOR, MARGIN, power_mel
from training.voice.prepare import CACHE, load

Array = np.ndarray
HOP, CONTEXT, BLOCK = 512, 64, 1536
REACH, LONGEST, AROUND, FEWEST, STEP = 375, 188, 32, 38, 31
"""Frames of 16 ms, as in speechWindow.ts and estimator.ts: looked back at, judged, kept around speech, needed, between two looks."""
TREBLE = 40
FOLDS = {1: "train", 2: "train", 3: "train", 4: "dev", 5: "test"}
NOISES = {"white to brown": (0, 24), "babble": (24, 48), "music": (48, 72)}


def measures(mel: Array) -> Array:
    """(frames, 64) dB -> share of frames with less than half the mean power; mean change of the treble and of the loudness, dB per frame."""
    power = (10 ** (mel / 10)).mean(1)
    loudness = np.maximum(10 * np.log10(power + 1e-9), -50)
    return np.array([(power < power.mean() / 2).mean(), np.abs(np.diff(mel[:, TREBLE:], axis=0)).mean(), np.abs(np.diff(loudness)).mean()])


def activity(session: onnxruntime.InferenceSession, wave: Array) -> Array:
    """P(speech) of each hop of 512 samples."""
    state, before, told = np.zeros((2, 1, 128), np.float32), np.zeros(CONTEXT, np.float32), []
    for at in range(0, len(wave) - HOP + 1, HOP):
        hop = wave[at : at + HOP]
        said, state = session.run(None, {"input": np.concatenate([before, hop])[None], "state": state, "sr": np.array(16_000, np.int64)})
        before = hop[-CONTEXT:]
        told.append(float(said[0, 0]))
    return np.array(told)


def utterances(odds: Array) -> Array:
    """Which hops belong to one: as in utterances.ts."""
    inside, likely, unlikely, flags = False, 0, 0, np.zeros(len(odds), bool)
    for i, p in enumerate(odds):
        likely = likely + 1 if p >= 0.5 else 0
        if inside:
            unlikely = 0 if p >= 0.35 else unlikely + 1
            inside = unlikely < 14
        elif likely >= 2:
            inside, unlikely = True, 0
        flags[i] = inside
    return flags


def stretches(wave: Array, session: onnxruntime.InferenceSession) -> list[Array]:
    """(frames, 64) dB of every stretch that the product would judge while it hears this."""
    wave = wave[: len(wave) // BLOCK * BLOCK].astype(np.float32)
    odds = activity(session, wave)
    voice, fine = np.repeat(utterances(odds) & (odds >= 0.35), 2), power_mel(wave)
    found: list[Array] = []
    for now in range(STEP, min(len(fine), len(voice)), STEP):
        first = max(0, now - REACH)
        spoken = np.flatnonzero(voice[first:now]) + first
        if len(spoken) < FEWEST or now - spoken[-1] > LONGEST:
            continue
        near = np.zeros(now, bool)
        for frame in spoken:
            near[max(first, frame - AROUND) : frame + AROUND + 1] = True
        power = fine[np.flatnonzero(near)[-LONGEST:]]
        pooled = power.reshape(len(power), BANDS, 2).mean(2)
        level = np.maximum(10 * np.log10(np.maximum(pooled, 1e-30) / max(float(power.max()), 1e-12)), FLOOR)
        loud = np.flatnonzero(level.max(1) > EDGE)
        if len(loud) > FEWEST:
            found.append(level[max(0, loud[0] - MARGIN) : loud[-1] + MARGIN + 1])
    return found


def songs(read: ModuleType, path: Path) -> dict[str, list[list[Array]]]:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    found: dict[str, list[list[Array]]] = {"train": [], "dev": [], "test": []}
    for row in list(read.iterate("music/panda4q"))[::2]:
        told = [measures(mel) for mel in stretches(read.decode_audio(row["path"]), session)]
        if told:
            found[FOLDS[int(row["fold"])]].append(told)
    return found


def speech(arrays: dict[str, Array], split: str, count: int, chance: np.random.Generator) -> dict[str, list[Array]]:
    """Measures by kind of noise; half of the stretches are two clips of one speaker in a row."""
    found: dict[str, list[Array]] = {"clean": [], **{name: [] for name in NOISES}}
    bank = 10 ** (arrays["noise"].astype(np.float64) / 10)

    def power_of(i: int) -> Array:
        return 10 ** ((arrays["mel"][i, : arrays["length"][i]].astype(np.float64) / 2 - 80) / 10)

    rows = np.flatnonzero((arrays["split"] == split) & (arrays["length"] >= FEWEST))
    for i in chance.choice(rows, min(count, len(rows)), replace=False):
        power = power_of(i)
        if chance.random() < 0.5:
            same = (arrays["speaker"] == arrays["speaker"][i]) & (arrays["corpus"] == arrays["corpus"][i])
            pause = np.full((chance.integers(25), BANDS), 1e-8)
            power = np.concatenate([power, pause, power_of(chance.choice(np.flatnonzero(same)))])[-LONGEST:]
        kind = str(chance.choice(list(found), p=[0.4, 0.2, 0.15, 0.25]))
        if kind != "clean":
            noise = bank[chance.integers(*NOISES[kind])]
            at = chance.integers(len(noise) - len(power) + 1)
            power = power + noise[at : at + len(power)] * power.mean() * 10 ** (-chance.choice([20, 10, 5]) / 10)
        if chance.random() < 0.5:
            response = np.interp(np.arange(BANDS), np.linspace(0, BANDS - 1, 6), 2.5 * chance.standard_normal(6))
            power = power * 10 ** (response / 10)
        level = 10 * np.log10(np.maximum(power, 1e-12))
        found[kind].append(measures(np.maximum(level - level.max(), FLOOR)))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--activity", type=Path, default=Path("public/vendor/silero_vad.onnx"))
    parser.add_argument("--kept", type=float, default=0.98, help="share of the dev speakers' speech without music that the border keeps")
    chosen = parser.parse_args()
    sung, chance = songs(reader(chosen.data), chosen.activity), np.random.default_rng(0)
    said = {split: speech(load(chosen.data, chosen.cache), split, 2500 if split == "train" else 900, chance) for split in sung}
    windows = {split: np.concatenate([np.stack(song) for song in each]) for split, each in sung.items()}
    spoken = {split: {kind: np.stack(each) for kind, each in kinds.items()} for split, kinds in said.items()}
    speech_rows = np.concatenate(list(spoken["train"].values()))
    fit = LogisticRegression(C=100, max_iter=5000).fit(
        np.concatenate([windows["train"], speech_rows]), np.r_[np.ones(len(windows["train"])), np.zeros(len(speech_rows))]
    )
    border = np.quantile(np.concatenate([fit.decision_function(rows) for kind, rows in spoken["dev"].items() if kind != "music"]), chosen.kept)
    result: dict[str, object] = {"weights": fit.coef_[0].round(3).tolist(), "offset": round(float(fit.intercept_[0]), 3), "border": round(float(border), 3)}
    for split in ("dev", "test"):
        result[split] = {
            "songs": len(sung[split]), "stretches": len(windows[split]),
            "stretches told as songs": round(float((fit.decision_function(windows[split]) >= border).mean()), 3),
            "songs never taken for speech": round(float(np.mean([(fit.decision_function(np.stack(s)) >= border).all() for s in sung[split]])), 3),
            "speech kept": {kind: round(float((fit.decision_function(rows) < border).mean()), 3) for kind, rows in spoken[split].items()},
        }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
