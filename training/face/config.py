"""Every choice of the face model, with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FaceConfig:
    # model
    stem: int = 32  # channels of the 5x5 stride-2 stem: 48 px in, 24x24 maps; width here is what costs time
    widths: tuple[int, ...] = (32, 96, 192)  # maps of 24x24, 12x12, 6x6
    depths: tuple[int, ...] = (1, 2, 2)  # residual blocks per width; 1.5 M parameters in all
    squeeze: int = 8  # reduction of the squeeze-and-excitation gate in the two deeper stages
    dropout: float = 0.1  # before the heads
    # data
    size: int = 48  # FER+ pixels; the product aligns live faces to the same square
    batch_votes: int = 128  # FER+ images per step, soft votes
    batch_faces: int = 16  # affect64 images per step, hard labels, own head
    faces_weight: float = 0.3  # loss weight of the affect64 head: its labels and crops differ from the target's
    affect_weight: float = 0.5  # loss weight of the valence/arousal regression
    faces_smoothing: float = 0.1  # affect64 labels are single-rater
    mixup: float = 0.2  # Beta(a, a) on FER+ pairs; 0 switches it off
    mixup_until: float = 0.25  # of the time budget: later it only slows a run this short
    calm_from: float = 0.88  # of the time budget: from here on nearly plain pictures and votes only, as at run time
    # optimiser
    rate: float = 0.06  # SGD with Nesterov momentum .9
    decay: float = 5e-4  # weight decay on convolution and linear weights only
    warmup: float = 0.02  # fraction of the time budget
    ema: float = 0.997  # per step; evaluated and exported weights are the average
    # run
    minutes: float = 80.0  # wall-clock budget: the cosine follows elapsed time, so a busy machine still finishes the schedule
    seed: int = 1
    threads: int = 1  # on a shared machine two threads spin at every barrier of the convolution kernels: 10x slower
