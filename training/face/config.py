"""Every choice of the face model, with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FaceConfig:
    # model
    stem: int = 16  # channels of the 3x3 stem, which keeps all 48x48 pixels: eyes and lips are few pixels wide
    widths: tuple[int, ...] = (40, 80, 160)  # maps of 24x24, 12x12, 6x6
    depths: tuple[int, ...] = (2, 2, 2)  # residual blocks per width; 1.1 M parameters in all
    squeeze: int = 8  # reduction of the squeeze-and-excitation gate in the two deeper stages
    dropout: float = 0.2  # before the heads
    # data
    size: int = 48  # FER+ pixels; the product aligns live faces to the same square
    batch: int = 128  # FER+ images per step, soft votes
    affect_weight: float = 0.5  # loss weight of the valence/arousal regression
    taught: float = 0.8  # of a student's target is its teachers' answer
    calm_from: float = 0.9  # of the schedule: from here on nearly plain pictures, as at run time
    # optimiser
    epochs: int = 45  # about 85 s each on one core of a 2-core machine; counted, so a busy machine takes longer, not less
    rate: float = 0.1  # SGD with Nesterov momentum .9, half a cosine to zero
    decay: float = 5e-4  # weight decay on convolution and linear weights only
    warmup: float = 0.02  # fraction of the schedule
    ema: float = 0.998  # per step, about two epochs; evaluated and exported weights are the average
    # run
    seed: int = 1
    threads: int = 1  # on a shared machine two threads spin at every barrier of the convolution kernels: 10x slower
