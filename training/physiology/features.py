"""Features of heart rate and skin conductance: numpy twin of src/modalities/physiology/features.ts."""

from __future__ import annotations

import numpy as np
from scipy.signal import butter, find_peaks, periodogram, sosfiltfilt

from . import config as c

SPLIT = butter(2, c.PHASIC_HZ, "high", fs=c.EDA_RATE, output="sos")


def slope(values: np.ndarray, step: float) -> float:
    """Least-squares slope per minute of values `step` seconds apart; 0 for fewer than two."""
    if len(values) < 2:
        return 0.0
    t = np.arange(len(values)) * step / 60
    t = t - t.mean()
    return float((t * (values - values.mean())).sum() / (t * t).sum())


def band_power(values: np.ndarray, rate: float, band: tuple[float, float]) -> float:
    """Log power between two frequencies, Hann window, mean removed; 0 for fewer than 20 values, which know no such waves."""
    if len(values) < 20:
        return 0.0
    frequencies, power = periodogram(values, rate, window="hann", detrend="constant")
    inside = (frequencies >= band[0]) & (frequencies < band[1])
    return float(np.log(power[inside].sum() * (frequencies[1] - frequencies[0]) + 1e-6))


def heart_features(rates: np.ndarray) -> np.ndarray:
    """(n,) beats per minute, one a second, oldest first, to (42,)."""
    found = []
    for span in c.HEART_SPANS:
        part = rates[-span:]
        high, low = np.percentile(part, [95, 5])
        restless = np.abs(np.diff(part)).mean() if len(part) > 1 else 0.0
        found += [part.mean(), np.log(part.std() + 0.3), slope(part, 1), np.log(restless + 0.05), high, low]
    return np.array(found + [band_power(rates[-span:], 1, band) for span in c.BAND_SPANS for band in c.HEART_BANDS])


def scr_amplitudes(phasic: np.ndarray) -> np.ndarray:
    """Rise from the trough before each peak of the phasic component, microsiemens; a peak without a trough is none."""
    peaks, _ = find_peaks(phasic)
    troughs, _ = find_peaks(-phasic)
    place = np.searchsorted(troughs, peaks) - 1
    known = place >= 0
    rise = phasic[peaks[known]] - phasic[troughs[place[known]]]
    return rise[rise >= c.SCR_AMPLITUDE]


def level_features(part: np.ndarray) -> list[float]:
    level = np.log(np.maximum(part, 0) + c.LEVEL_FLOOR)
    high, low = np.percentile(level, [95, 5])
    steps = np.diff(part)
    return [
        level.mean(), slope(level, 1 / c.EDA_RATE), high - low, np.log(np.abs(steps).mean() + 0.0005),
        np.log(np.abs(np.diff(level)).mean() + 0.0005), np.log(np.maximum(steps, 0).mean() + 0.0005),
    ]


def skin_features(conductance: np.ndarray) -> np.ndarray:
    """(n,) microsiemens at 4 Hz, oldest first, to (68,)."""
    context = conductance[-int(c.CONTEXT * c.EDA_RATE) :]
    level = np.log(np.maximum(context, 0) + c.LEVEL_FLOOR)
    phasic, relative = sosfiltfilt(SPLIT, context), sosfiltfilt(SPLIT, level)
    found = []
    for span in c.SKIN_SPANS:
        found += level_features(context[-int(span * c.EDA_RATE) :])
    for span in c.RESPONSE_SPANS:
        n = int(span * c.EDA_RATE)
        rises = scr_amplitudes(phasic[-n:])
        found += [
            len(rises), np.log(rises.sum() + 0.02), np.log(phasic[-n:].std() + 0.002),
            np.log(rises.max(initial=0) + 0.01), np.log(relative[-n:].std() + 0.002),
        ]
    for span in c.BAND_SPANS:
        n = int(span * c.EDA_RATE)
        found += [band_power(part[-n:], c.EDA_RATE, band) for part, band in ((context, c.SKIN_BAND), (level, c.SKIN_BAND), (level, c.FAST_SKIN_BAND))]
    for span in c.RISE_SPANS:
        n = int(span * c.EDA_RATE)
        found += [(np.diff(context[-n:]) > 0).mean() if len(context) > 1 else 0.0, (scr_amplitudes(relative[-n:]) > c.RELATIVE_RESPONSE).sum()]
    return np.array(found, float)
