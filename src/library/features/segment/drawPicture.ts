import { FLOOR_DB, N_MELS, PICTURE_COLUMNS } from '../segmentLayout';

/** Decibel per step of a picture: 255 steps span the whole range. */
export const PICTURE_STEP_DB = FLOOR_DB / 255;

/**
 * Log-mel picture of a segment for the convolutional part of the model: mean level of every pair of frames, in steps of 0.27 dB
 * above the floor, one byte each so that hours of music fit in memory. A short segment repeats itself to fill the picture.
 * @param level [frames x 64] dB relative to the loudest cell, -70..0
 * @returns [64 x 321] band-major, 0 = -70 dB, 255 = 0 dB
 */
export function drawPicture(level: Float32Array): Uint8Array {
  const frames = level.length / N_MELS;
  const columns = Math.max(Math.floor(frames / 2), 1);
  const out = new Uint8Array(N_MELS * PICTURE_COLUMNS);
  for (let column = 0; column < PICTURE_COLUMNS; column++) {
    const first = 2 * (column % columns);
    const second = Math.min(first + 1, frames - 1);
    for (let m = 0; m < N_MELS; m++) {
      const mean = 0.5 * ((level[first * N_MELS + m] ?? 0) + (level[second * N_MELS + m] ?? 0));
      out[m * PICTURE_COLUMNS + column] = Math.round((mean + FLOOR_DB) / PICTURE_STEP_DB);
    }
  }
  return out;
}
