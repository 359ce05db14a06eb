"""How much the last minutes may say about now: three numbers of src/fusion/memory.ts, learned on made-up minutes of real clips.

A sequence is one person's: every three seconds another clip of the same emotion, until the emotion changes. How long an emotion holds is an
assumption (DWELL), so the numbers are only as good as it is; clips, persons and answers are real.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from training.common.metrics import accuracy, bootstrap, negative_log_likelihood, softmax

Array = np.ndarray
STEP = 3.0  # s
STEPS = 60
DWELL = 60.0  # s, mean of a geometric distribution
SPAN = 180.0  # s that are remembered
TAUS = (5.0, 10.0, 20.0, 40.0, 80.0)
LIKENESSES = (0.0, 1.0, 2.0, 4.0, 8.0)
GAINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
PER_PERSON = 12


@dataclass(frozen=True)
class Memory:
    tau: float  # s in which the say of a moment falls by 63 %
    likeness: float  # how much more moments count that resemble now
    gain: float  # the past's factor beside now


def sequences(logits: Array, y: Array, person: Array, chance: np.random.Generator) -> tuple[Array, Array, Array]:
    """(n, STEPS, classes) answers, (n, STEPS) truths, (n,) persons."""
    told, truth, who = [], [], []
    for one in np.unique(person):
        for _ in range(PER_PERSON):
            classes = np.unique(y[person == one])
            now = chance.choice(classes)
            line = []
            for _ in range(STEPS):
                if chance.random() < STEP / DWELL:
                    now = chance.choice(classes[classes != now])
                line.append(chance.choice(np.flatnonzero((person == one) & (y == now))))
            told.append(logits[line])
            truth.append(y[line])
            who.append(one)
    return np.stack(told), np.stack(truth), np.array(who)


def with_past(z: Array, memory: Memory) -> Array:
    """(n, STEPS, classes) -> the same with what is remembered added: `recall` of src/fusion/memory.ts."""
    length = np.linalg.norm(z, axis=-1)
    alike = np.einsum("nik,njk->nij", z, z) / np.maximum(length[:, :, None] * length[:, None], 1e-12)
    age = (np.arange(z.shape[1])[:, None] - np.arange(z.shape[1])[None]) * STEP
    power = np.exp(-age / memory.tau + memory.likeness * (alike - 1)) * ((age > 0) & (age < SPAN))
    share = power / np.maximum(power.sum(-1, keepdims=True), 1e-30)
    return z + memory.gain * np.einsum("nij,njk->nik", share, z)


def learn(z: Array, truth: Array) -> Memory:
    """The numbers of least log loss."""

    def cost(memory: Memory) -> float:
        return negative_log_likelihood(truth.ravel(), softmax(with_past(z, memory).reshape(-1, z.shape[-1])))

    return min((Memory(*numbers) for numbers in product(TAUS, LIKENESSES, GAINS)), key=cost)


def lag(said: Array, truth: Array) -> float:
    """Mean seconds from a change of the emotion until the answer follows it for the first time, changes that are never followed left out."""
    waits = []
    for line, true in zip(said, truth, strict=True):
        for at in np.flatnonzero(np.diff(true)) + 1:
            until = next((k for k in range(at, len(true)) if true[k] != true[at]), len(true))
            followed = np.flatnonzero(line[at:until] == true[at])
            if len(followed):
                waits.append(followed[0] * STEP)
    return float(np.mean(waits))


def evaluate_memory(logits: Array, y: Array, person: Array, fold: Array) -> dict[str, object]:
    """Learned on four folds' people, scored on the fifth's; and the numbers learned on all, which ship."""
    chance = np.random.default_rng(0)
    z, truth, who = sequences(logits, y, person, chance)
    home = np.array([fold[person == one][0] for one in who])
    out = np.zeros(z.shape)
    for one in np.unique(home):
        out[home == one] = with_past(z[home == one], learn(z[home != one], truth[home != one]))
    before, after = z.argmax(-1), out.argmax(-1)
    people = np.repeat(who, z.shape[1])
    change = (after == truth).ravel().astype(float) - (before == truth).ravel()
    shipped = learn(z, truth)
    return {
        "dwell": DWELL, "now alone": accuracy(truth.ravel(), before.ravel()), "with the past": accuracy(truth.ravel(), after.ravel()),
        "gain": [float(change.mean()), *bootstrap(lambda r: float(r.mean()), change, groups=people, rounds=500)],
        "lag now alone": lag(before, truth), "lag with the past": lag(after, truth),
        "shipped": {"tau": shipped.tau, "likeness": shipped.likeness, "gain": shipped.gain}, "n": int(truth.size),
    }
