"""Golden numbers of the field's reference: librosa's features of synthetic signals that the tests can make themselves.

    python -m training.music.golden_reference
"""
import json
from pathlib import Path

import librosa
import numpy as np

from .golden import significant, signal

OUTPUT = Path("tests/golden/features-librosa.json")
RATE, SIZE, HOP, SECONDS, FRAMES = 22_050, 2048, 512, 6, 32
# Per feature: least correlation over frames, largest share of the reference's own scale by which a mean may differ.
TOLERANCES = {
    "mfcc": [0.999, 0.01], "chroma": [0.999, 0.01], "contrast": [0.999, 0.01], "tonnetz": [0.999, 0.01],
    "centroid": [0.999, 0.005], "bandwidth": [0.999, 0.005], "rolloff": [0.999, 0.005], "flatness": [0.999, 0.01],
    "zeroCrossingRate": [0.999, 0.005], "rms": [0.9999, 0.001], "onsetStrength": [0.999, 0.01],
}


def describe(x):
    """Everything over the whole band, frames centred, zeros outside: [coefficients x frames]."""
    size = {"n_fft": SIZE, "hop_length": HOP}
    power = np.abs(librosa.stft(x, **size, pad_mode="constant")) ** 2
    magnitude = np.sqrt(power)
    mel = librosa.power_to_db(librosa.feature.melspectrogram(S=power, sr=RATE), top_db=80)
    chroma = librosa.feature.chroma_stft(S=power, sr=RATE, tuning=0.0)
    return {
        "mfcc": librosa.feature.mfcc(S=mel, n_mfcc=20),
        "chroma": chroma,
        "contrast": librosa.feature.spectral_contrast(S=magnitude, sr=RATE),
        "tonnetz": librosa.feature.tonnetz(chroma=chroma),
        "centroid": librosa.feature.spectral_centroid(S=magnitude, sr=RATE),
        "bandwidth": librosa.feature.spectral_bandwidth(S=magnitude, sr=RATE),
        "rolloff": librosa.feature.spectral_rolloff(S=magnitude, sr=RATE),
        "flatness": librosa.feature.spectral_flatness(S=magnitude),
        "zeroCrossingRate": librosa.feature.zero_crossing_rate(np.pad(x, SIZE // 2), frame_length=SIZE, hop_length=HOP, center=False),
        "rms": librosa.feature.rms(y=x, frame_length=SIZE, hop_length=HOP),
        # Not shifted by half a window as librosa's default is: frame t is the rise from t - 1 to t.
        "onsetStrength": librosa.onset.onset_strength(S=mel, sr=RATE, center=False)[None],
    }


def case(name):
    whole = signal(name, RATE).astype(np.float32)
    x = whole[:SECONDS * RATE]
    features = describe(x)
    frames = np.unique(np.linspace(0, features["rms"].shape[1] - 1, FRAMES).astype(int))
    tempo = librosa.beat.beat_track(y=whole, sr=RATE)[0]
    start, end = librosa.effects.trim(whole, top_db=60, frame_length=SIZE, hop_length=HOP)[1]
    return {
        "name": name, "frames": frames.tolist(), "tempo": significant(np.atleast_1d(tempo))[0],
        "trim": significant(np.array([start, end]) / RATE),
        "features": {key: [significant(row[frames]) for row in value] for key, value in features.items()},
        "means": {key: significant(value.mean(axis=1)) for key, value in features.items()},
    }


def main():
    content = {
        "tool": f"librosa {librosa.__version__}, numpy {np.__version__}", "script": "training/music/golden_reference.py",
        "about": f"{SECONDS} s at {RATE} Hz, frames of {SIZE} every {HOP}, centred, zeros outside; tempo and trim of the whole signal",
        "tolerances": {key: {"correlation": least, "mean": share} for key, (least, share) in TOLERANCES.items()},
        "cases": [case(name) for name in ("chords", "beats", "chirp", "swell", "six")],
    }
    OUTPUT.write_text(json.dumps(content, separators=(",", ":"), allow_nan=False) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
