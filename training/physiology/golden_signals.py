"""tests/golden/physiology-signals.json: what numpy and scipy make of signals that the test computes by the same formulas.

    python -m training.physiology.golden_signals
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import scipy
from scipy.interpolate import CubicSpline
from scipy.signal import butter, find_peaks, peak_prominences, sosfiltfilt, welch


def heart(beats: int) -> np.ndarray:
    """round(850 + 40 sin(0.9 i) + 25 sin(0.31 i) + 9 sin(i²)) ms"""
    i = np.arange(beats)
    return np.round(850 + 40 * np.sin(0.9 * i) + 25 * np.sin(0.31 * i) + 9 * np.sin(i * i))


def conductance(seconds: int, rate: int) -> np.ndarray:
    """Level 4 + .3 sin(t / 40); at 7 + 13 k s a rise of (.2 + .1 (k mod 4)) (e^(-s / 4) - e^(-s / .8)), microsiemens."""
    t = np.arange(seconds * rate) / rate
    x = 4 + 0.3 * np.sin(t / 40)
    for k in range(int((seconds - 7) / 13) + 1):
        s = np.maximum(t - 7 - 13 * k, 0)
        x = x + (0.2 + 0.1 * (k % 4)) * (np.exp(-s / 4) - np.exp(-s / 0.8))
    return x


def hrv(nn: np.ndarray) -> dict[str, float]:
    steps = np.diff(nn)
    t = np.cumsum(nn) / 1000
    t = t - t[0]
    even = CubicSpline(t, nn, bc_type="natural")(np.arange(0, t[-1], 0.25))
    f, p = welch(even, 4, window="hann", nperseg=256, noverlap=128, detrend="constant")
    area = {name: float(np.trapezoid(p[k], f[k])) for name, k in (("lf", (f >= 0.04) & (f < 0.15)), ("hf", (f >= 0.15) & (f < 0.4)))}
    return {
        "sdnn": float(nn.std(ddof=1)), "rmssd": float(np.sqrt((steps**2).mean())), "sdsd": float(steps.std(ddof=1)),
        "pnn50": float(100 * (np.abs(steps) > 50).mean()), "sd1": float(steps.std(ddof=1) / np.sqrt(2)),
        "sd2": float(np.sqrt(2 * nn.var(ddof=1) - steps.var(ddof=1) / 2)), **area,
    }


def skin(x: np.ndarray, rate: int) -> dict[str, object]:
    clean = sosfiltfilt(butter(4, 3, "low", fs=rate, output="sos"), x)
    phasic = sosfiltfilt(butter(2, 0.05, "high", fs=rate, output="sos"), clean)
    tonic = sosfiltfilt(butter(2, 0.05, "low", fs=rate, output="sos"), clean)
    peaks, _ = find_peaks(phasic)
    size = peak_prominences(phasic, peaks)[0]
    peaks = peaks[size >= 0.1 * size.max()]
    troughs, _ = find_peaks(-phasic)
    onsets = [int(troughs[troughs < p][-1]) if (troughs < p).any() else None for p in peaks]
    return {"peaks": peaks.tolist(), "onsets": onsets, "clean": clean[::500].tolist(), "tonic": tonic[::500].tolist(), "phasic": phasic[::500].tolist()}


def main() -> None:
    golden = {
        "tool": f"numpy {np.__version__}, scipy {scipy.__version__}", "script": "training/physiology/golden_signals.py",
        "hearts": [{"beats": n, **hrv(heart(n))} for n in (40, 300, 900)], "skin": {"seconds": 120, "rate": 50, **skin(conductance(120, 50), 50)},
    }
    Path("tests/golden/physiology-signals.json").write_text(json.dumps(golden, separators=(",", ":"), allow_nan=False) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
