import { HOP, SEGMENT_FRAMES } from '../segmentLayout';

/**
 * The listener's own frames, cut from the same 22,050 Hz stream: MusiCNN's 32 ms every 16 ms at 16 kHz within half a sample.
 * training/music/config.py holds the same.
 */
export const PATCH_WINDOW = 706;
export const PATCH_FFT = 1024;
export const PATCH_HOP = 353;
/** Mel bands from 0 to 8 kHz. */
export const PATCH_MELS = 96;
/** 2.99 s. */
export const PATCH_FRAMES = 187;
/** Patches of a whole segment. */
export const PATCHES = 5;
/** Samples from one segment to the next. */
export const SEGMENT_SAMPLES = SEGMENT_FRAMES * HOP;
/** Power as MusiCNN's own window of 512 samples would give it. */
export const PATCH_SCALE = (512 / PATCH_WINDOW) ** 2;
/** Mean mel power that a segment is brought to, so that gain drops out: the median of the training clips. */
export const REFERENCE_POWER = 0.63;
/** 20 dB either way. */
export const MOST_GAIN = 100;
/** log10(1 + 10^4 power) that a picture's 255 stands for. */
export const PATCH_TOP = 6.5;
