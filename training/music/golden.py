"""Golden numbers for the TypeScript front end: synthetic signals both languages can make, and 20 clips by name.

    python -m training.music.golden --data ../shared/data/music/panda4q
"""
import argparse
import json
from pathlib import Path

import numpy as np
import scipy

from . import config as c
from .frontend import decode, describe_frames, patch_pictures, power_frames, resample
from .prepare import read_rows
from .segment import segment_features

FOLDER = Path("tests/golden")
ABOUT = {"tool": f"numpy {np.__version__}, scipy {scipy.__version__}", "script": "training/music/golden.py",
         "licence": "numbers only; the clips themselves are not part of the repository"}


def noise(count, seed):
    """Numerical Recipes' linear congruential generator, [-1, 1)."""
    out, state = np.empty(count), seed
    for i in range(count):
        state = (1664525 * state + 1013904223) % 2 ** 32
        out[i] = state / 2 ** 31 - 1
    return out


def signal(name, rate):
    """The formulas of tests/unit/library/features/signals.ts."""
    t = np.arange(int(rate * {"short": 0.2, "six": 6.5}.get(name, 15))) / rate
    if name == "chords":
        roots = np.array([261.6256, 220.0, 174.6141, 195.9977])[(t // 1).astype(int) % 4]
        fade = np.exp(-2 * (t % 1))
        return 0.2 * fade * sum(np.sin(2 * np.pi * roots * r * t) for r in (1, 1.25, 1.5, 2))
    if name == "beats":
        return 0.5 * np.exp(-30 * (t % 0.5)) * noise(len(t), 1) + 0.1 * np.sin(2 * np.pi * 110 * t)
    if name == "chirp":
        return 0.4 * np.sin(2 * np.pi * (100 * t + (3000 - 100) / 30 * t ** 2))
    if name == "swell":
        return 0.3 * np.sin(2 * np.pi * 4 * t) ** 2 * noise(len(t), 7) * (t > 3)
    if name == "offset":
        return 0.3 + 0.2 * np.sign(np.sin(2 * np.pi * 330 * t))
    return 0.3 * np.sin(2 * np.pi * 440 * t) + 0.05 * noise(len(t), 3)     # short, six


def describe(x):
    return segment_features(describe_frames(power_frames(x)[:c.SEGMENT_FRAMES]))[0]


def significant(values):
    return [float(f"{v:.6g}") for v in values]


def case(name, x):
    """The 301 features and every 211th byte of the listener's pictures."""
    segment = x[:c.SEGMENT_FRAMES * c.HOP]
    return {"name": name, "features": significant(describe(x)), "picture": patch_pictures(segment).ravel()[::211].tolist()}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default="../shared/data/music/panda4q")
    args = parser.parse_args()
    cases = [case(n, signal(n, c.SAMPLE_RATE).astype(np.float32).astype(float)) for n in ("chords", "beats", "chirp", "swell", "offset", "six", "short")]
    resampled = {str(rate): significant(resample(signal("chords", rate)[:rate].astype(np.float32), rate)[1000:1200]) for rate in (44_100, 48_000, 16_000, 37_800)}
    write("music-signals.json", {**ABOUT, "cases": cases, "resampled": resampled})
    table = read_rows(args.data)[::45]
    write("music-clips.json", {**ABOUT, "cases": [case(r["file"], resample(decode(r["path"]), 48_000)) for r in table]})


def write(name, content):
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / name).write_text(json.dumps(content, allow_nan=False) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
