"""PCM to the feature vector of a 15 s segment: the reference that src/library/features repeats in TypeScript.

Definitions of single descriptors follow librosa 0.11 (slaney mel, chroma_stft, spectral_contrast, onset_strength) but look
only at 40 Hz to 7.9 kHz, and every level is relative to the segment's loudest cell: gain and codec band limit drop out.
"""
import math
import subprocess
from functools import lru_cache

import numpy as np
from scipy.signal import resample_poly

from . import config as c


# ---- sound in -----------------------------------------------------------------------------------------------------
def decode(path, rate=48_000):
    """Any audio file to mono float32 at `rate`, through ffmpeg. Opus always decodes at 48 kHz."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-ac", "1", "-ar", str(rate), "-f", "f32le", "-"]
    raw = subprocess.run(command, capture_output=True, check=True, stdin=subprocess.DEVNULL).stdout
    return np.frombuffer(raw, np.float32)


def kaiser_lowpass(up, rate, target, pass_hz):
    """Odd-length linear-phase FIR at rate*up, unit gain; 80 dB; stops at target - pass_hz so that only what aliases
    above pass_hz survives (Kaiser's formulas: beta = .1102 (A - 8.7), taps = (A - 8) / (2.285 dw))."""
    high = rate * up
    stop = max(min(rate, target) - pass_hz, pass_hz * 1.05)
    half = math.ceil((80 - 8) / (2.285 * 2 * math.pi * (stop - pass_hz) / high) / 2)
    n = np.arange(-half, half + 1)
    centre = (pass_hz + stop) / high          # cut-off as a fraction of the high Nyquist
    taps = np.sinc(centre * n) * np.kaiser(2 * half + 1, 0.1102 * (80 - 8.7))
    return taps / taps.sum()


def resample(x, rate, target=c.SAMPLE_RATE, pass_hz=c.PASS_HZ):
    """Polyphase resampling; output k sits at time k / target; ceil(n * target / rate) samples."""
    if rate == target:
        return np.asarray(x, np.float64)
    gcd = math.gcd(rate, target)
    up, down = target // gcd, rate // gcd
    edge = min(pass_hz, 0.45 * rate, 0.45 * target)
    return resample_poly(np.asarray(x, np.float64), up, down, window=kaiser_lowpass(up, rate, target, edge))


# ---- tables -------------------------------------------------------------------------------------------------------
def hz_to_mel(hz):
    hz = np.asarray(hz, float)
    return np.where(hz < 1000, hz * 3 / 200, 15 + np.log(np.maximum(hz, 1e-9) / 1000) / (np.log(6.4) / 27))


def mel_to_hz(mel):
    mel = np.asarray(mel, float)
    return np.where(mel < 15, mel * 200 / 3, 1000 * np.exp((mel - 15) * np.log(6.4) / 27))


@lru_cache
def mel_filters(n_mels=c.N_MELS, fmin=c.MEL_MIN, fmax=c.MEL_MAX, rate=c.SAMPLE_RATE, n_fft=c.N_FFT):
    """(n_mels, n_fft/2 + 1) triangles of unit area on Slaney's scale, as librosa.filters.mel."""
    hz = np.arange(n_fft // 2 + 1) * rate / n_fft
    edge = mel_to_hz(np.linspace(hz_to_mel(fmin), hz_to_mel(fmax), n_mels + 2))
    rise = (hz[None] - edge[:-2, None]) / (edge[1:-1] - edge[:-2])[:, None]
    fall = (edge[2:, None] - hz[None]) / (edge[2:] - edge[1:-1])[:, None]
    return np.maximum(0, np.minimum(rise, fall)) * (2 / (edge[2:] - edge[:-2]))[:, None]


@lru_cache
def chroma_filters(rate=c.SAMPLE_RATE, n_fft=c.N_FFT):
    """(12, n_fft/2 + 1) Gaussian pitch-class weights, as librosa.filters.chroma (tuning 0, ctroct 5, octwidth 2, base C)."""
    hz = np.arange(1, n_fft) * rate / n_fft
    bins = 12 * np.log2(hz / 27.5)                    # semitones above A0
    bins = np.concatenate([[bins[0] - 18], bins])
    width = np.concatenate([np.maximum(bins[1:] - bins[:-1], 1), [1]])
    d = np.remainder(bins[None] - np.arange(12)[:, None] + 6 + 120, 12) - 6
    w = np.exp(-0.5 * (2 * d / width[None]) ** 2)
    w /= np.sqrt((w ** 2).sum(0))
    w *= np.exp(-0.5 * (((bins / 12) - 5) / 2) ** 2)[None]
    return np.roll(w, -3, axis=0)[:, :n_fft // 2 + 1]


def contrast_bands():
    """[(first, last, keep)] bins of the seven octave bands up to 7.9 kHz; `keep` bins are averaged for peak and valley."""
    hz = np.arange(c.BIN_MAX + 1) * c.SAMPLE_RATE / c.N_FFT
    edges, bands = [0.0] + [200.0 * 2 ** k for k in range(7)], []
    for k in range(7):
        inside = np.flatnonzero((hz >= edges[k]) & (hz <= edges[k + 1]))
        first = inside[0] - (1 if k > 0 else 0)
        last = c.BIN_MAX if k == 6 else inside[-1]
        keep = max(1, int(np.rint(0.02 * (last - first + 1))))
        bands.append((first, last if k == 6 else last - 1, keep))
    bands[0] = (c.BIN_MIN, bands[0][1], bands[0][2])   # leave DC out
    return bands


# ---- frames -------------------------------------------------------------------------------------------------------
def power_frames(x):
    """(samples,) to (frames, 1025) |STFT|^2; shorter signals are zero-padded to one frame."""
    if len(x) < c.N_FFT:
        x = np.pad(x, (0, c.N_FFT - len(x)))
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(c.N_FFT) / c.N_FFT)
    frames = np.lib.stride_tricks.sliding_window_view(x, c.N_FFT)[::c.HOP]
    return np.abs(np.fft.rfft(frames * window, axis=1)) ** 2


def to_db(power):
    return 10 * np.log10(np.maximum(power, c.AMIN))


def describe_frames(power):
    """(frames, 1025) to what a segment keeps per frame; nothing here depends on other frames."""
    band = slice(c.BIN_MIN, c.BIN_MAX + 1)
    hz = np.arange(c.N_FFT // 2 + 1)[band] * c.SAMPLE_RATE / c.N_FFT
    p = power[:, band]
    mag = np.sqrt(p)
    total = mag.sum(1)
    safe = np.maximum(total, 1e-12)
    centroid = mag @ hz / safe
    spread = np.sqrt(np.maximum((mag @ hz ** 2) / safe - centroid ** 2, 0))
    rolloff = hz[(np.cumsum(mag, 1) >= 0.85 * total[:, None]).argmax(1)]
    chroma = p @ chroma_filters()[:, band].T
    peak, valley = [], []
    for first, last, keep in contrast_bands():
        s = np.sort(np.sqrt(power[:, first:last + 1]), 1)
        valley.append(s[:, :keep].mean(1))
        peak.append(s[:, -keep:].mean(1))
    return {
        "mel": to_db(power @ mel_filters().T),            # (T, 64) dB
        "chroma": chroma / np.maximum(chroma.max(1, keepdims=True), 1e-12),
        "energy": to_db(p.sum(1)),                        # (T,) dB
        "centroid": centroid, "spread": spread, "rolloff": rolloff,     # (T,) Hz
        "peak": to_db(np.stack(peak, 1)), "valley": to_db(np.stack(valley, 1)),    # (T, 7) dB
    }


# ---- the listener's pictures --------------------------------------------------------------------------------------
def patch_power(x):
    """(samples,) of one segment to (patches, 187, 96) mel power; whole patches only, but one at least (zero-padded)."""
    count = max(1, min(c.PATCHES, (len(x) - c.PATCH_WINDOW + c.PATCH_HOP) // (c.PATCH_HOP * c.PATCH_FRAMES)))
    whole = max(0, (len(x) - c.PATCH_WINDOW) // c.PATCH_HOP + 1)     # frames without padding
    x = np.pad(x, (0, max(0, (count * c.PATCH_FRAMES - 1) * c.PATCH_HOP + c.PATCH_WINDOW - len(x))))
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(c.PATCH_WINDOW) / c.PATCH_WINDOW)
    frames = np.lib.stride_tricks.sliding_window_view(x, c.PATCH_WINDOW)[::c.PATCH_HOP][:count * c.PATCH_FRAMES]
    power = c.PATCH_SCALE * np.abs(np.fft.rfft(frames * window, c.PATCH_FFT, axis=1)) ** 2
    power[whole:] = 0
    return (power @ mel_filters(c.PATCH_MELS, 0.0, 8000.0, c.SAMPLE_RATE, c.PATCH_FFT).T).reshape(count, c.PATCH_FRAMES, c.PATCH_MELS)


def patch_pictures(x):
    """(samples,) of one segment to (patches, 187, 96) bytes: log10(1 + 10^4 gain power), 255 = PATCH_TOP."""
    power = patch_power(x)
    gain = np.clip(c.REFERENCE_POWER / max(power.mean(), 1e-9), 1 / c.MOST_GAIN, c.MOST_GAIN)
    return np.rint(np.clip(np.log10(1 + 1e4 * gain * power) / c.PATCH_TOP, 0, 1) * 255).astype(np.uint8)
