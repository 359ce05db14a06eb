"""Every number that the music front end and model share. The TypeScript twin is src/library/features/segmentLayout.ts."""
from dataclasses import dataclass

SAMPLE_RATE = 22_050        # Hz, mono
N_FFT = 2048                # samples, periodic Hann, no centring: frame k starts at sample k * HOP
HOP = 512                   # samples, 23.2 ms
SEGMENT_FRAMES = 646        # 15.0 s: what one clip of the training set fills
MIN_SEGMENT_FRAMES = 215    # 5 s: a shorter last segment is dropped unless it is the only one
PASS_HZ = 8_200.0           # resampler passband edge; nothing above MEL_MAX is ever looked at
N_MELS = 64
MEL_MIN, MEL_MAX = 40.0, 7_900.0   # Hz: above DC leakage, below the 8 kHz edge where Opus 20 kb/s starts to cut
BIN_MIN, BIN_MAX = 4, 734   # STFT bins of the same band, 43 Hz to 7.9 kHz inclusive
N_MFCC = 20
FLOOR_DB = 70.0             # dynamic range kept below the loudest mel cell of the segment
ACTIVE_DB = 60.0            # frames more than this below the loudest are silence and left out of tonal statistics
AMIN = 1e-10
DELTA_LAG = 4               # frames, 93 ms
COV_MFCC = 12               # coefficients whose correlations are features
MODULATION_EDGES = (0.25, 0.75, 1.5, 3.0, 6.0, 12.0, 20.0)   # Hz
MODULATION_FFT = 1024
FEATURES = 301              # length of the vector that segment_features() gives
MAX_LAG = 172               # frames, 4 s


@dataclass(frozen=True)
class TrainConfig:
    seed: int = 0               # first of the other partitions of the artists; the fit itself knows no chance
    folds: int = 5              # by artist, from the manifest
