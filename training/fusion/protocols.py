"""What is measured of fusion, on people whom no learned part ever met. Returns numbers; evaluate.py prints them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from training.common.labels import CIRCUMPLEX, canonical
from training.common.metrics import accuracy, bootstrap, ece, fit_temperature, softmax, uar
from training.fusion.augment import Tokens, plain, with_age, with_noise
from training.fusion.config import HYBRID, KINDS, PEOPLE, FusionConfig
from training.fusion.model import Net
from training.fusion.train import FOLDS, REAL, Arrays, ask, fit, held_out, temperature_of, train

Array = np.ndarray
RAVDESS = ("angry", "calm", "disgust", "fear", "happy", "neutral", "sad", "surprise")
FACE, VOICE = 0, 1
BOTH = (FACE, VOICE)
ROWS = 2304  # of an epoch of RAVDESS alone: each of a fold's 1,152 clips twice
Told = dict[str, Array]
"""Log-odds (n, classes) by kind of fusion or by single sense."""


def described(logits: list[Array], y: Array, person: Array) -> dict[str, object]:
    """Mean and deviation over the seeds; the interval redraws whole persons."""
    each = [accuracy(y, z.argmax(1)) for z in logits]
    right = np.mean([z.argmax(1) == y for z in logits], 0)
    return {
        "accuracy": float(np.mean(each)), "sd": float(np.std(each, ddof=1)) if len(each) > 1 else 0.0, "seeds": [round(a, 4) for a in each],
        "interval": bootstrap(lambda r: float(r.mean()), right, groups=person), "uar": float(np.mean([uar(y, z.argmax(1)) for z in logits])),
        "ece": float(np.mean([ece(y, softmax(z)) for z in logits])), "n": len(y),
    }


def gain(better: list[Array], worse: list[Array], y: Array, person: Array) -> tuple[float, float, float]:
    """Points that one gains over the other, with the interval of the paired difference over persons."""
    right = np.mean([z.argmax(1) == y for z in better], 0) - np.mean([z.argmax(1) == y for z in worse], 0)
    return float(right.mean()), *bootstrap(lambda r: float(r.mean()), right, groups=person)


def all_kinds(tokens: Tokens, learned: dict[str, tuple[Net, float]]) -> Told:
    """Log-odds of every kind of fusion; learned: networks with their temperatures."""
    told = {kind: ask(net, tokens) / temperature for kind, (net, temperature) in learned.items()}
    return {**told, "late": tokens.late(), "hybrid": HYBRID * told["attention"] + (1 - HYBRID) * told["early"]}


def eight_fold(p: Array, y: Array, fold: Array, config: FusionConfig) -> Told:
    """All kinds on every fold's actors, learned on the other folds' only."""
    table = np.array([CIRCUMPLEX[canonical(name) or ""] for name in RAVDESS])
    nobody = np.zeros(2)
    out: Told = {}
    for one in np.unique(fold):
        inside, train_rows = fold == one, np.flatnonzero(fold != one)

        def draw(chance: np.random.Generator, rows: Array = train_rows) -> tuple[Array, Array, Array]:
            taken = chance.choice(rows, ROWS)
            return p[taken], y[taken], np.zeros((ROWS, 2))

        learned = {}
        for kind in KINDS:
            net = fit(kind, config, draw, None, table)
            learned[kind] = net, fit_temperature(y[train_rows], ask(net, plain(p[train_rows], nobody, None, table)))
        for kind, z in all_kinds(plain(p[inside], nobody, None, table), learned).items():
            out.setdefault(kind, np.zeros((len(y), len(RAVDESS))))[inside] = z
    return out


def ravdess_eight(arrays: Arrays, config: FusionConfig, seeds: list[int]) -> dict[str, object]:
    """RAVDESS, its own eight classes, five folds by actor; without and with the person's own level taken out."""
    out: dict[str, object] = {}
    for way, name in enumerate(("plain", "own level")):
        told: dict[str, list[Array]] = {}
        for at, seed in enumerate(seeds):
            rows = (arrays["ravdess/way"] == way) & (arrays["ravdess/seed"] == at % (arrays["ravdess/seed"].max() + 1))
            p, y, fold, person = (arrays[f"ravdess/{key}"][rows] for key in ("eight", "eight-label", "fold", "person"))
            single = {"face": np.log(p[:, FACE]), "voice": np.log(p[:, VOICE])}
            for key, z in {**single, **eight_fold(p, y, fold, replace(config, seed=seed))}.items():
                told.setdefault(key, []).append(z)
        scores = {key: described(z, y, person) for key, z in told.items()}
        best = max(("face", "voice"), key=lambda key: scores[key]["accuracy"])
        out[name] = {"scores": scores, "gain over best single": {key: gain(told[key], told[best], y, person) for key in ("attention", "early", "hybrid", "late")},
                     "over late": {key: gain(told[key], told["late"], y, person) for key in (*KINDS, "hybrid")}}
    return out


class Holding:
    """For each fold of people, the networks of the seven emotions that never met them; trained when first asked for."""

    def __init__(self, arrays: Arrays, config: FusionConfig, seed: int) -> None:
        self.arrays, self.config = arrays, replace(config, seed=seed)
        self.nets: dict[tuple[str, int, tuple[int, ...] | None], tuple[Net, float]] = {}

    def get(self, kind: str, hold: int, kept: tuple[int, ...] | None = None) -> tuple[Net, float]:
        key = kind, hold, kept
        if key not in self.nets:
            net = train(self.arrays, self.config, kind, hold, kept)
            self.nets[key] = net, temperature_of(net, self.arrays, hold)
        return self.nets[key]

    def answer(self, name: str, rows: Array, make: Callable[[Array], Tokens], matched: tuple[int, ...] | None = None) -> Told:
        """All kinds on rows of a set, each row from networks that never met its person; make: tokens of some of those rows.
        matched: from networks trained for that subset of senses."""
        out: Told = {}
        for hold in range(1, FOLDS + 1):
            inside = np.flatnonzero(held_out(self.arrays, name, hold)[rows])
            for kind, z in all_kinds(make(inside), {kind: self.get(kind, hold, matched) for kind in KINDS}).items():
                out.setdefault(kind, np.zeros((len(rows), z.shape[1])))[inside] = z
        return out


def rows_of(arrays: Arrays, name: str) -> dict[str, Array]:
    """The parts of a set that are scored apart: RAVDESS without and with the person's own level, the first seed of the voice."""
    if name != "ravdess":
        return {name: np.arange(len(arrays[f"{name}/label"]))}
    first = arrays["ravdess/seed"] == 0
    return {f"ravdess, {told}": np.flatnonzero(first & (arrays["ravdess/way"] == way)) for way, told in enumerate(("plain", "own level"))}


def seven(arrays: Arrays, config: FusionConfig, seeds: list[int]) -> dict[str, object]:
    """The network that ships, on people held out: every kind and every subset of senses."""
    holding = [Holding(arrays, config, seed) for seed in seeds]
    out: dict[str, object] = {}
    for name in REAL:
        for part, rows in rows_of(arrays, name).items():
            p, y, person = (arrays[f"{name}/{key}"][rows] for key in ("p", "label", "person"))
            who = np.array(PEOPLE[name])
            subsets: dict[str, object] = {}
            over: dict[str, object] = {}
            for kept, label in ((BOTH, "face + voice"), ((FACE,), "face"), ((VOICE,), "voice")):
                told = [one.answer(name, rows, lambda at, kept=kept: plain(p[at], who, kept)) for one in holding]
                subsets[label] = {kind: described([t[kind] for t in told], y, person) for kind in told[0]}
                over[label] = gain([t["hybrid"] for t in told], [t["attention"] for t in told], y, person)
            out[part] = {"subsets": subsets, "hybrid over attention": over, "robust": robust(holding[0], name, rows)}
    return out


def robust(holding: Holding, name: str, rows: Array) -> dict[str, object]:
    """What the hybrid loses: a sense gone, beside a network trained for the rest; a sense telling of another clip with a poor signal,
    beside that sense gone; a sense past its time, beside that sense gone (must be nothing)."""
    p, y, person = (holding.arrays[f"{name}/{key}"][rows] for key in ("p", "label", "person"))
    who, out = np.array(PEOPLE[name]), {}
    for sense, label in ((FACE, "face"), (VOICE, "voice")):
        rest = tuple(one for one in BOTH if one != sense)

        def scored(make: Callable[[Array], Tokens], matched: tuple[int, ...] | None = None) -> list[Array]:
            return [holding.answer(name, rows, make, matched)["hybrid"]]

        gone = scored(lambda at, rest=rest: plain(p[at], who, rest))
        matched = scored(lambda at, rest=rest: plain(p[at], who, rest), rest)
        noisy = scored(lambda at, sense=sense: with_noise(plain(p[at], who), sense, 0.1, np.random.default_rng(0)))
        old = scored(lambda at, sense=sense: with_age(plain(p[at], who), sense, 0.0))
        out[label] = {
            "gone, against a network for the rest": gain(gone, matched, y, person), "noise at quality .1, against gone": gain(noisy, gone, y, person),
            "past its time, against gone": gain(old, gone, y, person), "largest difference in log-odds then": float(np.abs(old[0] - gone[0]).max()),
        }
    return out
