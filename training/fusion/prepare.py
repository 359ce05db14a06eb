"""Gathers tokens: what single senses say about clips whose label is known, each from a model that never met the person.

    python -m training.fusion.prepare     -> training/runs/fusion-tokens.npz
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from training.common.labels import EMOTIONS, canonical
from training.common.metrics import fit_temperature, softmax
from training.face.evaluate import KEPT as FACE_KEPT
from training.face.evaluate import LABELS as FACE_LABELS
from training.face.prepare import CACHE as FACE_CACHE
from training.face.prepare import DATA, REPOSITORY, RUNS, reader
from training.fusion.config import SOURCES
from training.fusion.readouts import face_features, face_readouts, log_softmax, pooled
from training.text.evaluate import load_run as load_text
from training.text.prepare import ekman_matrix
from training.text.prepare import load as load_texts
from training.text.train import answer as answer_text
from training.voice.config import CLASSES as VOICE_CLASSES
from training.voice.prepare import load as load_voices
from training.voice.train import answer as answer_voice
from training.voice.train import load_net, part_of

Array = np.ndarray
CACHE = RUNS / "fusion-tokens.npz"
VOICE_FOLDS = RUNS / "voice-folds.npz"
VOTES = ("anger", "disgust", "fear", "happiness", "neutral", "sadness")
"""What the letters A D F H N S of CREMA-D's votes stand for."""
DOUBT = 1.0  # added to every count of votes: ten raters who agree are not certain
MODELS = REPOSITORY / "models"


def label_of(spelling: str) -> int:
    """Index in EMOTIONS; -1 for a class that is folded away."""
    name = canonical(spelling)
    return -1 if name is None else EMOTIONS.index(name)


def fold_classes(p: Array, names: tuple[str | None, ...]) -> Array:
    """(n, classes of a corpus) -> (n, 7): kinds of neutral add up, classes folded away are left out, the rest sums to 1 again."""
    out = np.zeros((len(p), len(EMOTIONS)))
    for column, name in enumerate(names):
        if name is not None:
            out[:, EMOTIONS.index(name)] += p[:, column]
    return out / out.sum(1, keepdims=True)


def ravdess_units(data: Path) -> tuple[list[dict[str, str]], Array]:
    """Rows of the manifest and their (n, 35) action units."""
    read = reader(data)
    rows, units = list(read.iterate("voice/ravdess")), read.load_ravdess_au()
    return rows, np.stack([units[row["file"]] for row in rows])


def voice_order() -> list[int]:
    """Columns of the voice net's logits in alphabetical order of the classes, as RAVDESS's labels are sorted here."""
    return [VOICE_CLASSES.index(name) for name in sorted(VOICE_CLASSES)]


def out_of_fold(models: object, x: Array, y: Array, fold: Array, seed: int) -> Array:
    """(n, classes) log-probabilities, each row from models that never met its person."""
    out = np.zeros((len(y), y.max() + 1))
    for one in np.unique(fold):
        out[fold == one] = pooled(models(seed), x[fold != one], y[fold != one], x[fold == one])
    return out


def own_level(logits: Array, person: Array) -> Array:
    """Each person's own mean answer taken out: who always sounds angry is not always angry. Over all of that person's clips, without a label."""
    out = logits - logits.mean(0)
    for one in np.unique(person):
        out[person == one] -= out[person == one].mean(0)
    return out + logits.mean(0)


def calibrated(logits: Array, y: Array, fold: Array) -> Array:
    """(n, classes) log-probabilities, each fold at the temperature that fits the others."""
    out = np.zeros(logits.shape)
    for one in np.unique(fold):
        out[fold == one] = log_softmax(logits[fold == one] / fit_temperature(y[fold != one], logits[fold != one]))
    return out


def ravdess(data: Path) -> dict[str, Array]:
    """1,440 clips x seeds x 2 ways: as they are, and against the person's own. The same clips again and again, so weigh them accordingly.
    eight: of RAVDESS's own classes; p: of ours."""
    rows, units = ravdess_units(data)
    names = sorted({row["label"] for row in rows})
    y = np.array([names.index(row["label"]) for row in rows])
    fold, person = (np.array([int(row[key]) for row in rows]) for key in ("fold", "speaker"))
    folded = tuple(canonical(name) for name in names)
    with np.load(VOICE_FOLDS) as stored:
        voice = {key: stored[key] for key in stored.files}
    order = [list(voice["name"]).index(row["file"]) for row in rows]
    parts = []
    for seed in range(len(voice["logits_own"])):
        for way, normalised in enumerate((False, True)):
            face = calibrated(out_of_fold(face_readouts, face_features(units, person, normalised), y, fold, seed), y, fold)
            told = voice["logits_speaker" if normalised else "logits_own"][seed][order][:, voice_order()]
            heard = calibrated(own_level(told, person) if normalised else told, y, fold)
            eight = np.stack([np.exp(face), np.exp(heard)], 1)
            p = np.full((len(rows), len(SOURCES), len(EMOTIONS)), np.nan)
            p[:, 0], p[:, 1] = fold_classes(eight[:, 0], folded), fold_classes(eight[:, 1], folded)
            parts.append({"p": p, "eight": eight, "label": np.array([label_of(row["label"]) for row in rows]), "eight-label": y, "person": person,
                          "fold": fold, "seed": np.full(len(rows), seed), "way": np.full(len(rows), way)})
    return {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}


def vote_rows(data: Path) -> tuple[list[dict[str, str]], Array, Array]:
    """CREMA-D's rows with (n, 7) smoothed votes of those who only heard and of those who only saw."""
    with (data / "voice/cremad/votes.csv").open(encoding="utf8") as file:
        rows = list(csv.DictReader(file))

    def shares(kind: str) -> Array:
        counts = np.array([[float(row[f"{kind}_{letter}"]) for letter in "ADFHNS"] for row in rows])
        full = np.zeros((len(rows), len(EMOTIONS)))
        full[:, [EMOTIONS.index(name) for name in VOTES]] = counts
        return (full + DOUBT) / (full + DOUBT).sum(1, keepdims=True)

    return rows, shares("voice"), shares("face")


def cremad_voice(data: Path) -> tuple[list[str], Array]:
    """Clips of the dev and test actors, whom the voice model's first run never heard, and its (n, 7) answers."""
    arrays = load_voices(data)
    part = part_of(arrays, (arrays["corpus"] == "cremad") & np.isin(arrays["split"], ("dev", "test")))
    logits, _ = answer_voice(load_net(RUNS / "voice-1")[0], part)
    return [str(name) for name in part["name"]], fold_classes(softmax(logits), tuple(canonical(name) for name in VOICE_CLASSES))


def cremad(data: Path) -> dict[str, dict[str, Array]]:
    rows, heard, seen = vote_rows(data)
    label = np.array([label_of(row["intended"]) for row in rows])
    person, split = np.array([int(row["actor"]) for row in rows]), np.array([row["split"] for row in rows])
    p = np.full((len(rows), len(SOURCES), len(EMOTIONS)), np.nan)
    p[:, 0], p[:, 1] = seen, heard
    clips, told = cremad_voice(data)
    at = {row["clip"]: i for i, row in enumerate(rows)}
    chosen = np.array([at[clip] for clip in clips])
    net = p[chosen].copy()
    net[:, 1] = told
    return {
        "cremad-votes": {"p": p, "label": label, "person": person, "split": split},
        "cremad-net": {"p": net, "label": label[chosen], "person": person[chosen], "split": split[chosen]},
    }


def face_singles() -> tuple[Array, Array]:
    """The shipped face model on FER+ PublicTest, which it was chosen on and not trained on."""
    with np.load(FACE_CACHE) as arrays:
        images, majority = arrays["dev_images"], arrays["dev_targets"]
    session = onnxruntime.InferenceSession(str(MODELS / "face-emotion/model.onnx"), providers=["CPUExecutionProvider"])
    x = ((images / 255 - 0.5) / 0.25).astype(np.float32)[:, None]
    name = session.get_inputs()[0].name
    logits = np.concatenate([session.run(["logits"], {name: x[i : i + 64]})[0] for i in range(0, len(x), 64)])
    label = np.array([-1 if FACE_LABELS[k] is None else EMOTIONS.index(FACE_LABELS[k]) for k in majority])
    assert len(FACE_KEPT) == len(EMOTIONS)
    return fold_classes(softmax(logits, 0.702), FACE_LABELS)[label >= 0], label[label >= 0]


def text_singles(data: Path) -> tuple[Array, Array]:
    """The text model on GoEmotions dev comments of exactly one of the seven emotions."""
    found = load_texts(data)
    part = found["parts"]["go", "dev"]
    net, _ = load_text(RUNS / "text-1", found)
    present = (part.target @ ekman_matrix(data) > 0).astype(int)
    single = present.sum(1) == 1
    logits = answer_text(net, part)["emotion"]
    return softmax(logits)[single], present.argmax(1)[single]


def gather(data: Path) -> dict[str, Array]:
    torch.set_num_threads(1)
    out: dict[str, Array] = {}
    for name, part in (("ravdess", ravdess(data)), *cremad(data).items()):
        out.update({f"{name}/{key}": value for key, value in part.items()})
    for source, (p, label) in (("face", face_singles()), ("text", text_singles(data))):
        out[f"single-{source}/p"], out[f"single-{source}/label"] = p, label
    return out


def load(data: Path = DATA, cache: Path = CACHE) -> dict[str, Array]:
    if not cache.exists():
        np.savez(cache, **gather(data))
    with np.load(cache) as stored:
        return {name: stored[name] for name in stored.files}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cache", type=Path, default=CACHE)
    chosen = parser.parse_args()
    arrays = load(chosen.data, chosen.cache)
    for name, value in arrays.items():
        if name.endswith("/p"):
            label = arrays[name.replace("/p", "/label")]
            told = value if value.ndim == 3 else value[:, None]
            right = [f"{float((told[:, m].argmax(1) == label).mean()):.3f}" if np.isfinite(told[:, m]).all() else "-" for m in range(told.shape[1])]
            print(f"{name[:-2]}: {len(value)} rows, right alone {' '.join(right)}")


if __name__ == "__main__":
    main()
