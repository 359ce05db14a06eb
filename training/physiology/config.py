"""Every number that front end, model and training share. The TypeScript twin is src/modalities/physiology/features.ts."""

from __future__ import annotations

from dataclasses import dataclass

EDA_RATE = 4.0            # Hz; faster sensors are averaged down to it
WINDOW = 60               # s that must be there
CONTEXT = 300             # s that are looked at, where there are as many
STEP = 30                 # s between training windows, and between steps of the baseline
PHASIC_HZ = 0.05          # edge of the second-order Butterworth split, as NeuroKit2's default
SCR_AMPLITUDE = 0.01      # microsiemens from onset to peak: smaller ones are noise of the wrist sensor
LEVEL_FLOOR = 0.05        # microsiemens added before a logarithm is taken

HEART_SPANS = (10, 20, 60, 120, 180, 300)      # s
SKIN_SPANS = (20, 60, 120, 180, 300)
RESPONSE_SPANS = (30, 60, 120, 180, 300)
BAND_SPANS = (60, 120, 180)
RISE_SPANS = (60, 180)
HEART_BANDS = ((0.04, 0.15), (0.15, 0.4))      # Hz: slow waves of blood pressure, breathing
SKIN_BAND = (0.045, 0.25)                      # Hz: where sympathetic activity shows (Posada-Quintero et al. 2016)
FAST_SKIN_BAND = (0.25, 0.8)
RELATIVE_RESPONSE = 0.03  # of the log level: a response that counts beside the person's own level
HEART = 6 * len(HEART_SPANS) + len(HEART_BANDS) * len(BAND_SPANS)
SKIN = 6 * len(SKIN_SPANS) + 5 * len(RESPONSE_SPANS) + 3 * len(BAND_SPANS) + 2 * len(RISE_SPANS)
FEATURES = HEART + SKIN
MEMORY = 600              # s, time constant of what each feature is also compared with: the person's last minutes
LONGEST_STEP = 120        # s between two windows that the memory takes as passed, however long the gap was
SMOOTHING = 40            # s, time constant of the causal filter over the answers
CLIP = 4.0                # normalised features further out are cut

BASELINE = 120            # s of rest at the start that make a person's baseline
PRIOR = 20                # steps that the recorded baseline and the spread of other people count for
MOST_STEPS = 240          # steps that may count against them: the adaptation never stops, and never runs away
MOST_DRIFT = 1.5          # spreads that the adapted rest may lie from the recorded one
SPREAD_RANGE = (0.5, 2.0) # of other people's spread that a person's own may be

NEAR = 300                # s around the block of tasks that "near the tasks" keeps


@dataclass(frozen=True)
class TrainConfig:
    seed: int = 0                                  # of the bootstrap; nothing else is random
    penalties: tuple[float, ...] = (0.003, 0.01, 0.03, 0.1)   # 1 / ridge of the logistic regression
    inner_folds: int = 6                           # of people, inside each training set
    ridges: tuple[float, ...] = (1.0, 3.0)         # of the kernel model
    widths: tuple[float, ...] = (0.4, 1.0)
    linear: float = 0.3                            # share of a linear kernel
