/** The front end's constants; training/music/config.py holds the same. A change here needs a new model and analyser version. */
export const SAMPLE_RATE = 22_050;
export const N_FFT = 2048;
export const HOP = 512;
export const FRAME_RATE = SAMPLE_RATE / HOP;
/** 15.0 s: what one clip of the training set fills. */
export const SEGMENT_FRAMES = 646;
/** 5 s: a shorter last segment is dropped unless it is the only one. */
export const MIN_SEGMENT_FRAMES = 215;
/** Nothing above MEL_MAX is looked at, so the resampler need not keep more. */
export const PASS_HZ = 8200;
export const N_MELS = 64;
export const MEL_MIN = 40;
export const MEL_MAX = 7900;
/** STFT bins of the same band. */
export const BIN_MIN = 4;
export const BIN_MAX = 734;
export const CONTRAST_BANDS = 7;
/** Dynamic range kept below the loudest mel cell of a segment, dB. */
export const FLOOR_DB = 70;
/** Frames further below the loudest one count as silence, dB. */
export const ACTIVE_DB = 60;
/** Frames, 93 ms. */
export const DELTA_LAG = 4;

/** Length of the feature vector that describeSegment gives. */
export const FEATURES = 301;

/** What is kept of every frame of one segment; all row-major [frames x width]. */
export interface FrameTable {
  readonly frames: number;
  /** [frames x 64] power in dB. */
  readonly mel: Float32Array;
  /** [frames x 12] pitch-class energy, largest = 1; zeros in silence. */
  readonly chroma: Float32Array;
  /** [frames x 7] dB. */
  readonly peak: Float32Array;
  readonly valley: Float32Array;
  /** [frames] power in the band, dB. */
  readonly energy: Float32Array;
  /** [frames] Hz. */
  readonly centroid: Float32Array;
  readonly bandwidth: Float32Array;
  readonly rolloff: Float32Array;
  /** [frames] of the power in the band, 0..1. */
  readonly flatness: Float32Array;
}

/** Room for `capacity` frames. */
export function createFrameTable(capacity: number): FrameTable {
  const column = (width = 1): Float32Array => new Float32Array(capacity * width);
  return {
    frames: capacity,
    mel: column(N_MELS),
    chroma: column(12),
    peak: column(CONTRAST_BANDS),
    valley: column(CONTRAST_BANDS),
    energy: column(),
    centroid: column(),
    bandwidth: column(),
    rolloff: column(),
    flatness: column(),
  };
}

/** The rows at `indices` of a row-major matrix, copied. */
export function selectRows(values: Float32Array, width: number, indices: readonly number[]): Float32Array {
  const out = new Float32Array(indices.length * width);
  indices.forEach((t, i) => out.set(values.subarray(t * width, (t + 1) * width), i * width));
  return out;
}

/** The frames at `indices`, copied: used to leave silence out or to cut a table short. */
export function selectFrames(table: FrameTable, indices: readonly number[]): FrameTable {
  const rows = (values: Float32Array, width = 1): Float32Array => selectRows(values, width, indices);
  return {
    frames: indices.length,
    mel: rows(table.mel, N_MELS),
    chroma: rows(table.chroma, 12),
    peak: rows(table.peak, CONTRAST_BANDS),
    valley: rows(table.valley, CONTRAST_BANDS),
    energy: rows(table.energy),
    centroid: rows(table.centroid),
    bandwidth: rows(table.bandwidth),
    rolloff: rows(table.rolloff),
    flatness: rows(table.flatness),
  };
}
