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


# The listener's own frames, cut from the same 22.05 kHz stream: MusiCNN's 32 ms every 16 ms at 16 kHz within half a sample.
PATCH_WINDOW = 706          # samples, periodic Hann, padded to
PATCH_FFT = 1024
PATCH_HOP = 353
PATCH_MELS = 96             # 0 to 8 kHz
PATCH_FRAMES = 187          # 2.99 s
PATCHES = 5                 # of a segment
PATCH_SCALE = (512 / PATCH_WINDOW) ** 2      # power as its 512-sample window would give it
REFERENCE_POWER = 0.63      # mean mel power that a segment is brought to, so that gain drops out: the median of the clips
MOST_GAIN = 100.0           # 20 dB either way
PATCH_TOP = 6.5             # log10(1 + 10^4 power) that a picture's 255 stands for


@dataclass(frozen=True)
class TrainConfig:
    seed: int = 0               # first of the other partitions of the artists; the fit itself knows no chance
    folds: int = 5              # by artist, from the manifest
