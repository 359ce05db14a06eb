"""Prints the tables of docs/models/voice-emotion.md from the shipped weights and the spectrograms of the four corpora.

CREMA-D can be had as spectrograms only, so that its figures cannot come from the product's own path; RAVDESS and EmoDB have both.

    python -m evaluation.voice.card [--model models/voice-emotion] [--split test]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from training.common import metrics
from training.common.labels import EMOTIONS, canonical
from training.face.prepare import DATA
from training.voice.config import CLASSES, CORPORA
from training.voice.evaluate import ExportedVoiceNet, among, cremad_groups, inside, probabilities_of, truth_of
from training.voice.prepare import CACHE, load
from training.voice.train import answer

Array = np.ndarray
Arrays = dict[str, Array]
TITLES = {"cremad": "CREMA-D", "ravdess": "RAVDESS", "emodb": "EmoDB"}

HEARD = {"neutral": 0.749, "happiness": 0.018, "sadness": 0.067, "anger": 0.038, "fear": 0.049, "disgust": 0.059, "surprise": 0.02}
"""As in src/modalities/voice/profile/calmVoice.ts, like the two numbers below."""
TRUST, LEAST = 0.4, 1e-4
READING_FRAMES = 1250
"""Twenty seconds."""
ROUNDS = 2000


def percent(share: float) -> str:
    return f"{100 * share:.1f}"


def span(low_high: tuple[float, float]) -> str:
    return f"{percent(low_high[0])}–{percent(low_high[1])}"


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def calibrated_ece(odds: Array) -> tuple[float, tuple[float, float]]:
    """ECE that answers with these odds show when they are calibrated, for so few clips alone: mean and the middle 90 % of drawn truths."""
    chance = np.random.default_rng(1)
    edges = odds.cumsum(1)
    each = [metrics.ece((chance.random((len(odds), 1)) > edges).sum(1).clip(max=odds.shape[1] - 1), odds) for _ in range(ROUNDS // 4)]
    low, high = np.quantile(each, [0.05, 0.95])
    return float(np.mean(each)), (float(low), float(high))


def results(told: dict[str, Array], parts: dict[str, Arrays], temperature: float) -> str:
    rows = []
    for corpus, part in parts.items():
        truth, odds = truth_of(part), probabilities_of(told[corpus], corpus, temperature)
        said = odds.argmax(1)
        by_chance, (low, high) = calibrated_ece(odds)
        interval = metrics.bootstrap(metrics.accuracy, truth, said, groups=part["speaker"])
        rows.append([
            f"{TITLES[corpus]}, {len(CORPORA[corpus])} classes", str(len(np.unique(part["speaker"]))), str(len(truth)),
            f"**{percent(metrics.accuracy(truth, said))}** ({span(interval)})", percent(metrics.uar(truth, said)),
            percent(metrics.macro_f1(truth, said)), f"{metrics.ece(truth, odds):.3f}", f"{by_chance:.3f} ({low:.3f}–{high:.3f})",
        ])
    return table(["set", "speakers", "clips", "accuracy, % (95 %, by speaker)", "UAR, %", "macro-F1, %", "ECE", "ECE if calibrated (90 %)"], rows)


def gap(right: Array, speakers: Array, isin: Array) -> tuple[float, tuple[float, float]]:
    """Accuracy of a group minus that of the others, with its interval from drawing speakers of either side."""
    chance, each = np.random.default_rng(1), []
    sides = [[right[(speakers == s)] for s in np.unique(speakers[side])] for side in (isin, ~isin)]
    for _ in range(ROUNDS):
        drawn = [np.concatenate([side[i] for i in chance.integers(len(side), size=len(side))]).mean() for side in sides]
        each.append(drawn[0] - drawn[1])
    low, high = np.quantile(each, [0.025, 0.975])
    return float(right[isin].mean() - right[~isin].mean()), (float(low), float(high))


def groups(logits: Array, part: Arrays, data: Path) -> str:
    truth, said = truth_of(part), probabilities_of(logits, "cremad", 1.0).argmax(1)
    rows = []
    for name, values in cremad_groups(part, data).items():
        for value in np.unique(values):
            isin = values == value
            few = len(np.unique(part["speaker"][isin]))
            away = "–"
            if few < len(np.unique(part["speaker"])):
                distance, (low, high) = gap(said == truth, part["speaker"], isin)
                away = f"{100 * distance:+.1f} ({100 * low:+.1f} to {100 * high:+.1f})"
            rows.append([
                name, str(value), str(few), str(int(isin.sum())), percent(metrics.accuracy(truth[isin], said[isin])),
                percent(metrics.uar(truth[isin], said[isin])), away,
            ])
    return table(["", "group", "speakers", "clips", "accuracy, %", "UAR, %", "gap to the others, points (95 %, by speaker)"], rows)


def folded(logits: Array, temperature: float) -> Array:
    """(n, 7): probabilities of the emotions in canonical order, calm folded into neutral."""
    odds, out = metrics.softmax(logits, temperature), np.zeros((len(logits), len(EMOTIONS)))
    for index, name in enumerate(CLASSES):
        out[:, EMOTIONS.index(canonical(name))] += odds[:, index]
    return out


def beside_calm(odds: Array, part: Arrays, is_calm: Array) -> Array:
    """What the product says once each speaker has read calmly for twenty seconds."""
    out, heard = odds.copy(), np.log([HEARD[name] for name in EMOTIONS])
    for speaker in np.unique(part["speaker"]):
        theirs = part["speaker"] == speaker
        rows = np.flatnonzero(theirs & is_calm)
        enough = int(np.searchsorted(np.cumsum(part["length"][rows]), READING_FRAMES)) + 1
        calm = np.log(np.maximum(LEAST, odds[rows[:enough]])).mean(0)
        out[theirs] = odds[theirs] * np.exp(TRUST * (heard - calm))
    return out


def acquaintance(net: ExportedVoiceNet, told: dict[str, Array], parts: dict[str, Arrays], temperature: float) -> str:
    """What it is worth to know the speaker, on clips that are not calm."""
    rows, counts = [], np.zeros(5)
    for corpus, part in parts.items():
        names = [canonical(name) for name in part["label"]]
        truth = np.array([EMOTIONS.index(name) for name in names])
        is_calm = truth == EMOTIONS.index("neutral")
        classes = sorted({EMOTIONS.index(canonical(CLASSES[index])) for index in among(corpus)})
        own, known = folded(told[corpus], temperature), folded(answer(net, part, speaker=True)[0], temperature)
        ways = [own, known, beside_calm(own, part, is_calm), beside_calm(known, part, is_calm)]
        right = [(np.array(classes)[odds[:, classes].argmax(1)] == truth)[~is_calm] for odds in ways]
        counts += [len(right[0]), *(r.sum() for r in right)]
        rows.append([TITLES[corpus], str(len(np.unique(part["speaker"]))), str(len(right[0])), *(percent(r.mean()) for r in right)])
    total = sum(int(row[1]) for row in rows)
    rows.append(["together", str(total), str(int(counts[0])), *(percent(count / counts[0]) for count in counts[1:])])
    return table(["set", "speakers", "clips", "stranger", "average spectrum known", "calm voice read", "both"], rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--model", type=Path, default=Path("models/voice-emotion"))
    parser.add_argument("--split", choices=("dev", "test"), default="test")
    chosen = parser.parse_args()
    manifest = json.loads((chosen.model / "manifest.json").read_text(encoding="utf8"))
    temperature = float(manifest["calibration"]["temperature"])
    net, arrays = ExportedVoiceNet(chosen.model), load(chosen.data, chosen.cache)
    parts = {corpus: inside(arrays, corpus, chosen.split) for corpus in TITLES}
    told = {corpus: answer(net, part)[0] for corpus, part in parts.items()}
    print(f"{manifest['name']} {manifest['version']}, {chosen.split} speakers\n")
    print(results(told, parts, temperature), "\n\nGroups, CREMA-D\n\n" + groups(told["cremad"], parts["cremad"], chosen.data), sep="")
    print("\nRight answers to clips that are not calm, %\n\n" + acquaintance(net, told, parts, temperature))


if __name__ == "__main__":
    main()
