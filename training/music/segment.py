"""Frames of one segment to its feature vector. The TypeScript twin is src/library/features/segment/."""
import numpy as np
from scipy.fft import dct

from . import config as c

KRUMHANSL = np.array([[6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88],
                      [6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17]])
FRAME_RATE = c.SAMPLE_RATE / c.HOP


def spread_stats(x):
    """(T, k) to (4 * k): mean, standard deviation, 10th and 90th percentile (linear interpolation)."""
    return np.concatenate([x.mean(0), x.std(0), np.percentile(x, 10, axis=0), np.percentile(x, 90, axis=0)])


def lagged(x, lag=c.DELTA_LAG):
    """(T, k) to (max(T - lag, 1), k) differences over `lag` frames; zeros when there are too few."""
    return x[lag:] - x[:-lag] if len(x) > lag else np.zeros((1,) + x.shape[1:])


def timbre(level):
    """(T, 64) dB to MFCC means, deviations, deviations of lagged differences, correlations of the first twelve."""
    mfcc = dct(level, type=2, norm="ortho", axis=1)[:, :c.N_MFCC]
    x = mfcc[:, :c.COV_MFCC] - mfcc[:, :c.COV_MFCC].mean(0)
    covariance = x.T @ x / len(x)
    sd = np.sqrt(np.diag(covariance)) + 1e-3
    correlation = covariance / sd[:, None] / sd[None]
    return np.concatenate([mfcc.mean(0), mfcc.std(0), lagged(mfcc).std(0), correlation[np.triu_indices(c.COV_MFCC, 1)]])


def modulation(level):
    """(T, 64) dB to 8 band groups x 6 modulation bands, log10 of the mean squared dB per modulation band."""
    group = level.reshape(len(level), 8, -1).mean(2)
    group = group - group.mean(0)
    n = min(len(group), c.MODULATION_FFT)
    window = 0.5 - 0.5 * np.cos(2 * np.pi * (np.arange(n) + 0.5) / n)
    spectrum = np.abs(np.fft.rfft(group[:n] * window[:, None], c.MODULATION_FFT, axis=0)) ** 2 / (window ** 2).sum()
    hz = np.arange(c.MODULATION_FFT // 2 + 1) * FRAME_RATE / c.MODULATION_FFT
    bands = [spectrum[(hz >= a) & (hz < b)].mean(0) for a, b in zip(c.MODULATION_EDGES[:-1], c.MODULATION_EDGES[1:])]
    return np.log10(np.stack(bands, 1) + 1).ravel()            # (8 * 6)


def texture(level):
    """(T, 64) dB to mean |change in time| and mean |change in frequency| of 8 band groups."""
    time = np.abs(np.diff(level, axis=0)).mean(0) if len(level) > 1 else np.zeros(c.N_MELS)
    pitch = np.abs(np.diff(level, axis=1, append=level[:, -1:])).mean(0)
    return np.concatenate([time.reshape(8, -1).mean(1), pitch.reshape(8, -1).mean(1)])


def onset_strength(level):
    """(T, 64) dB to (T, 4) rise per quarter of the bands, mean over bands; the first frame is 0."""
    rise = np.maximum(np.diff(level, axis=0, prepend=level[:1]), 0)
    return rise.reshape(len(level), 4, -1).mean(2)


def pick_onsets(envelope):
    """Indices of onsets: largest within 3 frames either side, above the mean of 10 either side by 7 % of the maximum
    (at least 0.3 dB)."""
    delta = max(0.07 * envelope.max(), 0.3)
    padded = np.pad(envelope, 3, constant_values=-1)
    top = np.lib.stride_tricks.sliding_window_view(padded, 7).max(1)
    total = np.concatenate([[0], np.cumsum(envelope)])
    n = len(envelope)
    low, high = np.maximum(np.arange(n) - 10, 0), np.minimum(np.arange(n) + 11, n)
    mean = (total[high] - total[low]) / (high - low)
    hits = np.flatnonzero((envelope >= top) & (envelope > mean + delta))
    return hits[np.concatenate([[True], np.diff(hits) > 3])] if len(hits) else hits


def autocorrelate(envelope):
    """(T,) to (MAX_LAG + 1,) autocorrelation of the centred envelope; unbiased, 1 at lag 0; zeros when flat."""
    x = envelope - envelope.mean()
    n = len(x)
    r = np.array([x[:n - lag] @ x[lag:] / (n - lag) if lag < n // 2 else 0.0 for lag in range(c.MAX_LAG + 1)])
    return r / r[0] if r[0] > 1e-6 else np.zeros(c.MAX_LAG + 1)


def tempo_of(r):
    """Autocorrelation to (bpm, strength 0..1). Score = (r(l) + r(2l) / 2) x log-normal prior (120 bpm, 0.9 octave), 40 to 220 bpm."""
    lags = np.arange(12, 66)
    bpm = 60 * FRAME_RATE / lags
    score = (r[lags] + 0.5 * r[2 * lags]) * np.exp(-0.5 * (np.log2(bpm / 120) / 0.9) ** 2)
    best = int(score.argmax())
    if score[best] <= 0:
        return 0.0, 0.0
    lag = lags[best]
    a, b, d = r[lag - 1], r[lag], r[lag + 1]
    curve = a - 2 * b + d
    shift = 0.5 * (a - d) / curve if curve < -1e-9 and b >= max(a, d) else 0.0
    return 60 * FRAME_RATE / (lag + shift), float(np.clip(b, 0, 1))


def rhythm(level):
    """(T, 64) dB to rise statistics, onset rate and what the autocorrelation says of the beat."""
    rise = onset_strength(level)
    envelope = rise.mean(1)
    r = autocorrelate(envelope)
    bpm, strength = tempo_of(r)
    edges = np.round(np.geomspace(8, 160, 9)).astype(int)
    peaks = [r[a:b].max() for a, b in zip(edges[:-1], edges[1:])]
    rate = len(pick_onsets(envelope)) / (len(envelope) / FRAME_RATE)
    return np.concatenate([rise.mean(0), rise.std(0), [envelope.mean(), envelope.std(), np.percentile(envelope, 90)],
                           [rate, np.log2(bpm / 120) if bpm else 0.0, strength], peaks])


def key_scores(chroma):
    """(12,) to (2, 12) Pearson correlations with Krumhansl's major and minor profile on every tonic; zeros when flat."""
    x = chroma - chroma.mean()
    norm = np.sqrt(x @ x)
    if norm < 1e-9:
        return np.zeros((2, 12))
    p = KRUMHANSL - KRUMHANSL.mean(1, keepdims=True)
    p = p / np.sqrt((p ** 2).sum(1, keepdims=True))
    return np.array([[x @ np.roll(p[m], k) / norm for k in range(12)] for m in range(2)])


def triads(chroma):
    """(T, 12) to share of minor triads, mean match, share of changes: half-second means against 24 triads."""
    step = 21
    n = len(chroma) // step
    if n < 2:
        return np.zeros(3)
    x = chroma[:n * step].reshape(n, step, 12).mean(1)
    major = np.zeros(12)
    major[[0, 4, 7]] = 1
    minor = np.zeros(12)
    minor[[0, 3, 7]] = 1
    shapes = np.stack([np.roll(t, k) for t in (major, minor) for k in range(12)]) / np.sqrt(3)
    match = x @ shapes.T / np.maximum(np.sqrt((x ** 2).sum(1, keepdims=True)), 1e-9)
    best = match.argmax(1)
    weight = match.max(1)
    return np.array([weight[best >= 12].sum() / max(weight.sum(), 1e-9), weight.mean(), (np.diff(best) != 0).mean()])


def tonal(chroma):
    """(T, 12) to tonic-relative pitch-class means and deviations, key strengths, entropy, change, tonnetz, triads."""
    mean = chroma.mean(0)
    scores = key_scores(mean)
    tonic = int(scores.max(0).argmax())
    share = chroma / np.maximum(chroma.sum(1, keepdims=True), 1e-9)
    entropy = -(share * np.log2(share + 1e-9)).sum(1) / np.log2(12)
    angle = np.outer(np.arange(12), [7 / 6, 3 / 2, 2 / 3]) * np.pi
    phi = np.concatenate([np.sin(angle), np.cos(angle)], 1)
    centre = share @ phi                                                            # (T, 6) tonal centroid
    change = np.sqrt((lagged(centre) ** 2).sum(1)).mean()
    major, minor = scores[0].max(), scores[1].max()
    return np.concatenate([np.roll(mean, -tonic), np.roll(chroma.std(0), -tonic), [major, minor, major - minor],
                           [entropy.mean(), entropy.std(), change], centre.std(0), np.sqrt((centre.mean(0) ** 2).reshape(2, 3).sum(0)),
                           triads(chroma)])


def loudness_shape(energy):
    """(T,) dB to level statistics relative to the loudest frame, mean |lagged change|, share of frames below the mean."""
    x = np.maximum(energy - energy.max(), -c.FLOOR_DB)
    return np.concatenate([spread_stats(x[:, None]), [np.abs(lagged(x[:, None])).mean(), (x < x.mean() - 1).mean()]])


def relative_level(mel):
    """(T, 64) dB to dB relative to the loudest cell, -FLOOR_DB..0."""
    return np.maximum(mel - mel.max(), -c.FLOOR_DB)


def segment_features(f):
    """What describe_frames() gave for one segment to the vector [D], finite, independent of gain."""
    level = relative_level(f["mel"])                                                # (T, 64)
    active = f["energy"] > f["energy"].max() - c.ACTIVE_DB
    flatness = level.mean(1) - 10 * np.log10((10 ** (level / 10)).mean(1))
    shape = np.stack([np.log2(np.maximum(f[k][active], 20)) for k in ("centroid", "spread", "rolloff")] + [flatness[active]], 1)
    top = f["peak"].max()
    valley = np.maximum(f["valley"] - top, -c.FLOOR_DB / 2)[active]
    contrast = np.maximum(f["peak"] - top, -c.FLOOR_DB / 2)[active] - valley
    parts = [("timbre", timbre(level)), ("modulation", modulation(level)), ("texture", texture(level)),
             ("contrast", np.concatenate([contrast.mean(0), contrast.std(0), valley.mean(0)])),
             ("shape", np.concatenate([spread_stats(shape), np.abs(lagged(shape)).mean(0)])),
             ("loudness", loudness_shape(f["energy"])), ("rhythm", rhythm(level)), ("tonal", tonal(f["chroma"][active]))]
    return np.concatenate([p for _, p in parts]), [f"{n}{i}" for n, p in parts for i in range(len(p))]
