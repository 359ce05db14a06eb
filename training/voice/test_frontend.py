"""The front end against three genuine clips and their packed forms; needs the data folder.

    python -m unittest training.voice.test_frontend
"""

from __future__ import annotations

import unittest
import wave

import numpy as np

from training.face.prepare import DATA, reader
from training.voice.frontend import log_mel

CLIPS = DATA / "reference" / "cremad_frontend"


@unittest.skipUnless(CLIPS.exists(), "needs ../shared/data")
class FrontEnd(unittest.TestCase):
    def test_equals_packed_spectrograms(self) -> None:
        read = reader(DATA)
        packed = {row["clip"]: mel.T for split in ("train", "dev", "test") for mel, row in zip(*read.load_cremad(split), strict=True)}
        for path in sorted(CLIPS.glob("*.wav")):
            with wave.open(str(path)) as file:
                samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
            mine, theirs = log_mel(samples), packed[path.stem]
            best = min(
                float(np.abs(mine[max(0, s):][:n] - theirs[max(0, -s):][:n]).mean())
                for s in range(-8, 9) for n in [min(len(mine) - max(0, s), len(theirs) - max(0, -s))]
            )
            # Quantised in steps of 1.25 dB: a perfect front end differs by .31 dB in the mean.
            self.assertLess(best, 0.6, path.stem)
            self.assertLess(abs(len(mine) - len(theirs)), 6)


if __name__ == "__main__":
    unittest.main()
