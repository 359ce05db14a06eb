"""tests/golden/voice-front-end.json: real speech with the trainer's features, for the TypeScript twin.

    python -m training.voice.golden
"""

from __future__ import annotations

import argparse
import base64
import wave
from pathlib import Path

import numpy as np

from training.common.golden import write_golden
from training.voice.frontend import log_mel

PIECE, PIECES = 2048, 8
"""Samples of a piece, and how many of each clip: long enough for nine frames, short enough to be stored."""


def cases(folder: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for path in sorted(folder.glob("*.wav")):
        with wave.open(str(path)) as file:
            samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        for k in range(PIECES):
            start = k * (len(samples) - PIECE) // (PIECES - 1)
            piece = samples[start : start + PIECE]
            mel = log_mel(piece.astype(np.float64) / 32768)
            found.append({
                "name": f"{path.stem} from {start}", "pcm16": base64.b64encode(piece.tobytes()).decode(), "frames": len(mel),
                "mel": np.round(mel, 3).ravel(),
            })
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/reference/cremad_frontend"))
    found = cases(parser.parse_args().data)
    about = (
        f"training/voice/golden.py, numpy {np.__version__}: log_mel of training/voice/frontend.py, [frames x 64] dB; speech of CREMA-D "
        "(Cao et al. 2014), Open Database License 1.0 and Database Contents License 1.0, 16 kHz, 16 bit"
    )
    write_golden(Path("tests/golden/voice-front-end.json"), about, 0.01, found)
    print(f"{len(found)} pieces")


if __name__ == "__main__":
    main()
