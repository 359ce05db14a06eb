"""The log-mel spectrogram CREMA-D comes as, in numpy: src/modalities/voice/frontEnd computes the same in the browser."""

from __future__ import annotations

import numpy as np

RATE, FFT, HOP, MELS, BANDS, FRAMES = 16_000, 1024, 256, 128, 64, 188
FLOOR, EDGE, MARGIN = -80.0, -45.0, 4


def _mel_to_hertz(mel: np.ndarray) -> np.ndarray:
    """Slaney's scale: linear below 1 kHz, logarithmic above."""
    linear = mel * 200 / 3
    return np.where(mel >= 15, 1000 * np.exp((mel - 15) * np.log(6.4) / 27), linear)


def mel_filters() -> np.ndarray:
    """(128, 513) triangular filters from 0 to 8 kHz, each of unit area."""
    top = 15 + np.log(8000 / 1000) * 27 / np.log(6.4)
    edges = _mel_to_hertz(np.linspace(0, top, MELS + 2))
    bins = np.linspace(0, RATE / 2, FFT // 2 + 1)
    rise = (bins[None] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    fall = (edges[2:, None] - bins[None]) / (edges[2:] - edges[1:-1])[:, None]
    return np.maximum(0, np.minimum(rise, fall)) * (2 / (edges[2:] - edges[:-2]))[:, None]


FILTERS = mel_filters()
WINDOW = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FFT) / FFT)


def power_mel(samples: np.ndarray) -> np.ndarray:
    """(n,) samples at 16 kHz -> (frames, 128) power, frames centred with zeros outside."""
    padded = np.pad(samples.astype(np.float64), FFT // 2)
    count = 1 + (len(padded) - FFT) // HOP
    frames = np.lib.stride_tricks.sliding_window_view(padded, FFT)[::HOP][:count]
    spectrum = np.abs(np.fft.rfft(frames * WINDOW, axis=1)) ** 2
    return spectrum @ FILTERS.T


def log_mel(samples: np.ndarray, longest: int = FRAMES) -> np.ndarray:
    """(n,) samples -> (frames, 64) dB relative to the clip's maximum, quiet edges trimmed, at most 3 s."""
    fine = power_mel(samples)
    peak = max(float(fine.max()), 1e-12)
    pooled = fine.reshape(len(fine), BANDS, 2).mean(2)
    level = np.maximum(10 * np.log10(np.maximum(pooled, 1e-30) / peak), FLOOR)
    loud = np.flatnonzero(level.max(1) > EDGE)
    if len(loud) == 0:
        return level[:longest].astype(np.float32)
    return level[max(0, loud[0] - MARGIN):loud[-1] + MARGIN + 1][:longest].astype(np.float32)
