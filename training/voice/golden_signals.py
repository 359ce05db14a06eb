"""tests/golden/voice-signals.json: f0 and slopes of synthetic signals, f0 of three acted clips by librosa, for src/dsp/voice.

    python -m training.voice.golden_signals
"""

from __future__ import annotations

import json
from pathlib import Path

import librosa
import numpy as np

from training.common.golden import rounded
from training.face.prepare import DATA

RATE, HOP, FRAME = 16_000, 256, 1024


def harmonics(f0: np.ndarray, count: int) -> np.ndarray:
    """A voice-like tone: harmonics that fall by 1 / k."""
    phase = 2 * np.pi * np.cumsum(f0) / RATE
    return sum(np.sin(k * phase) / k for k in range(1, count + 1)) * 0.2


def signals() -> dict[str, np.ndarray]:
    """The formulas of tests/unit/dsp/voice/signals.ts."""
    t = np.arange(2 * RATE) / RATE
    return {
        "glide": harmonics(100 * 2 ** (t / 1.0), 8),
        "vibrato": harmonics(220 * 2 ** (np.sin(2 * np.pi * 5 * t) / 12), 6),
        "pause": np.where((t > 0.6) & (t < 1.2), 0, 1) * harmonics(np.full(len(t), 150.0), 10),
    }


def main() -> None:
    cases = []
    framed = {"sr": RATE, "frame_length": FRAME, "hop_length": HOP, "fmin": 65, "fmax": 600}
    for name, wave in signals().items():
        f0, _, probability = librosa.pyin(wave, **framed, fill_na=0.0)
        cases.append({
            "name": name, "yin": rounded(librosa.yin(wave, **framed), 3), "pyin": rounded(f0, 3), "voiced": rounded(probability, 3),
        })
    clips = []
    for path in sorted((DATA / "reference/cremad_frontend").glob("*.wav")):
        wave, _ = librosa.load(path, sr=RATE)
        clips.append({"name": path.name, "pyin": rounded(librosa.pyin(wave, **framed, fill_na=0.0)[0], 2)})
    rows = np.round(np.sin(np.arange(40)[:, None] * np.array([0.1, 0.7, 1.9]) + np.arange(3)), 6)
    slopes = librosa.feature.delta(rows, width=9, axis=0)
    golden = {
        "tool": f"librosa {librosa.__version__}, numpy {np.__version__}", "script": "training/voice/golden_signals.py",
        "about": "yin and pyin: frames of 1024 every 256 samples at 16 kHz, centred, 65 to 600 Hz; 0 is unvoiced. delta: width 9",
        "cases": cases, "clips": clips, "delta": {"rows": rounded(rows), "slopes": rounded(slopes)},
    }
    Path("tests/golden/voice-signals.json").write_text(json.dumps(golden, separators=(",", ":"), allow_nan=False) + "\n", encoding="utf8")
    print(f"{len(cases)} signals, {len(clips)} clips")


if __name__ == "__main__":
    main()
