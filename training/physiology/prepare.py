"""Windows of Stress-Predict and WESAD with their features, once; and labelled folders for `npm run evaluate -- physiology`.

    python -m training.physiology.prepare --data ../shared/data/physiology [--recordings FOLDER]
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from pathlib import Path

import numpy as np

from . import config as c
from .features import heart_features, skin_features

RUNS = Path(__file__).resolve().parents[1] / "runs" / "physiology"
SETTLING = 5.0            # s at the start of a skin conductance recording that hold the sensor's own start
PULSE_WAVE = ("b_rmssd", "b_sdnn", "b_pnn50", "b_sd2", "b_ibi_mean", "b_ibi_n")


def series(part: dict[str, object], settle: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Times (unix s) and values of an evenly sampled signal."""
    values = np.asarray(part["x"], float)
    times = part["t0"] + np.arange(len(values)) / part["fs"]
    keep = times >= part["t0"] + settle
    return times[keep], values[keep]


def between(times: np.ndarray, values: np.ndarray, start: float, end: float) -> np.ndarray:
    return values[np.searchsorted(times, start) : np.searchsorted(times, end)]


def signals(person: dict[str, object], at: float) -> tuple[np.ndarray, np.ndarray] | None:
    """Heart rates and conductance of the context that ends at `at`; None when the last minute is not 90 % there."""
    hr, eda = series(person["hr_bpm"]), series(person["eda_uS"], SETTLING)
    if len(between(*hr, at - c.WINDOW, at)) < 0.9 * c.WINDOW or len(between(*eda, at - c.WINDOW, at)) < 0.9 * c.WINDOW * c.EDA_RATE:
        return None
    return between(*hr, at - c.CONTEXT, at), between(*eda, at - c.CONTEXT, at)


def moments_of(person: dict[str, object]) -> list[tuple[float, int, int]]:
    """(end, segment, stress) of the windows whose last minute lies inside one labelled segment, and of those between, with -1 and -1.

    The product cannot know which minutes somebody labelled: rest, memory and filter go on through all of them.
    """
    labelled = [
        (float(at), index, int(stress))
        for index, (start, end, stress) in enumerate(person["segments_t0_t1_stress"])
        for at in np.arange(start + c.WINDOW, end + 1e-6, c.STEP)
    ]
    found = labelled[:1]
    for moment in labelled[1:]:
        found += [(float(at), -1, -1) for at in np.arange(found[-1][0] + c.STEP, moment[0] - c.STEP / 2, c.STEP)] + [moment]
    return found


def windows_of(person: dict[str, object]) -> list[tuple[float, int, int, np.ndarray]]:
    """(end, segment, stress, features) of every window of moments_of() whose signals are there."""
    found = []
    for at, index, stress in moments_of(person):
        both = signals(person, at)
        if both is not None:
            found.append((at, index, stress, np.concatenate([heart_features(both[0]), skin_features(both[1])])))
    return found


def people(folder: Path) -> dict[str, dict[str, object]]:
    """The 34 people with labels."""
    read = {path.name[:3]: json.loads(gzip.decompress(path.read_bytes())) for path in sorted(folder.glob("S*.json.gz"))}
    return {name: person for name, person in read.items() if person["segments_t0_t1_stress"]}


def pulse_wave(folder: Path, keys: list[tuple[str, int, float]]) -> np.ndarray:
    """(n, 6) variability of the beats of the pulse wave as the data set's own table has it; the wave itself is not there."""
    with open(folder / "features_win60_step30.csv", encoding="utf8") as f:
        table = {(int(r["sub"]), int(r["seg"]), float(r["t"])): r for r in csv.DictReader(f)}
    rows = [table.get((int(name[1:]), segment, at - c.WINDOW), {}) for name, segment, at in keys]
    values = np.array([[float(row.get(name) or "nan") for name in PULSE_WAVE] for row in rows])
    values[:, [0, 1, 3]] = np.log(values[:, [0, 1, 3]] + 1)
    return np.where(np.isnan(values), np.nanmedian(values, 0), values)


def stress_predict(folder: Path) -> None:
    rows = [(name, *window) for name, person in people(folder).items() for window in windows_of(person)]
    np.savez(
        RUNS / "stress_predict.npz", subject=[r[0] for r in rows], at=[r[1] for r in rows], segment=[r[2] for r in rows],
        y=[r[3] for r in rows], x=np.array([r[4] for r in rows]), pulse=pulse_wave(folder, [(r[0], r[2], r[1]) for r in rows]),
    )
    print(f"Stress-Predict: {sum(r[3] >= 0 for r in rows)} labelled windows of {len({r[0] for r in rows})} people")


def wesad(path: Path) -> None:
    """Baseline and stress windows in the order of the file, which is that of time inside each condition."""
    with open(path, encoding="utf8") as f:
        rows = [row for row in csv.DictReader(f) if row["label"] in "12"]
    x = np.array([[float(v) for k, v in row.items() if k not in ("subject", "label")] for row in rows])
    x[:, :4], x[:, 6] = np.log(x[:, :4] + 1e-3), np.log(x[:, 6] + 1e-3)
    x[:, 4], x[:, 5] = np.log(np.abs(x[:, 4]) + 1e-3), np.log(np.abs(x[:, 5]) + 1e-3)
    subject = np.array([row["subject"] for row in rows])
    np.savez(RUNS / "wesad.npz", x=x, y=[int(row["label"] == "2") for row in rows], subject=subject)
    print(f"WESAD: {len(rows)} windows of {len(set(subject))} people")


def write_recordings(folder: Path, target: Path, near_only: bool) -> None:
    """One CSV per window, holding the rows of its person's recording since the window before, and manifest.csv.

    A recording starts with its first label, so that the product takes its baseline from the first two minutes.
    """
    target.mkdir(parents=True, exist_ok=True)
    z = np.load(RUNS / "stress_predict.npz")
    keep = near_tasks(z["subject"], z["at"], z["y"]) if near_only else z["y"] >= 0
    lines = ["file,label,group"]
    for name, person in people(folder).items():
        start, rows = recording(person)
        done = 0.0
        for i in np.flatnonzero((z["subject"] == name) & keep):
            end = float(z["at"][i]) - start
            part = [f"{time:g},{','.join(values)}" for time, values in rows if done <= time < end]
            file = f"{name}-{end:05.0f}.csv"
            (target / file).write_text("\n".join(["time,hr,eda,temp", *part]) + "\n", encoding="utf8")
            lines.append(f"{file},{'stress' if z['y'][i] else 'rest'},{name}")
            done = end
    (target / "manifest.csv").write_text("\n".join(lines) + "\n", encoding="utf8")
    print(f"{len(lines) - 1} windows of {len(people(folder))} recordings")


def recording(person: dict[str, object]) -> tuple[float, list[tuple[float, list[str]]]]:
    """Unix time of the first label, and readings by seconds since it: hr, eda, temp, empty where a sensor said nothing."""
    start = float(person["segments_t0_t1_stress"][0][0])
    rows: dict[float, list[str]] = {}
    for column, key in enumerate(("hr_bpm", "eda_uS", "temp_C")):
        times, values = series(person[key], SETTLING if key == "eda_uS" else 0)
        for time, value in zip(times - start, values, strict=True):
            rows.setdefault(round(float(time), 2), ["", "", ""])[column] = f"{value:.6g}"
    return start, sorted(item for item in rows.items() if item[0] >= 0)


def near_tasks(subject: np.ndarray, at: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(n,) True for the labelled windows from c.NEAR s before a person's first stress window to as long after the last one."""
    keep = np.zeros(len(y), bool)
    for name in np.unique(subject):
        mine = subject == name
        tasks = at[mine & (y == 1)]
        keep |= mine & (at >= tasks.min() - c.NEAR) & (at <= tasks.max() + c.NEAR)
    return keep & (y >= 0)


def from_first_task(subject: np.ndarray, at: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(n,) True from the start of a person's first stress window on: without the rest before it, which a clock knows as well."""
    first = {name: at[(subject == name) & (y == 1)].min() - c.WINDOW for name in np.unique(subject)}
    return at >= np.array([first[name] for name in subject])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("../shared/data/physiology"))
    parser.add_argument("--recordings", type=Path, help="folder to write for npm run evaluate -- physiology")
    parser.add_argument("--near", action="store_true", help="only the windows near the tasks")
    options = parser.parse_args()
    RUNS.mkdir(parents=True, exist_ok=True)
    stress_predict(options.data / "stress_predict")
    wesad(options.data / "wesad_features" / "wesad_wrist_10s_features.csv")
    if options.recordings:
        write_recordings(options.data / "stress_predict", options.recordings, options.near)


if __name__ == "__main__":
    main()
