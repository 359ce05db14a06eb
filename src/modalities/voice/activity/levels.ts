import type { UnitInterval } from '../../../core/units';
import { rootMeanSquare } from '../../../dsp/energy';
import { BLOCK, QUIETEST, SAMPLE_RATE, type DecibelFullScale } from '../frame';

/** A sample this near to full scale was cut off by the converter. */
const FULL_SCALE = 0.999;
const BLOCKS_PER_SECOND = SAMPLE_RATE / BLOCK;
/** How quickly the floor follows: down at once, for a pause is a pause; up slowly, and in speech hardly at all. */
const FALL: UnitInterval = 0.3;
const RISE_DB_PER_SECOND = 3;
const RISE_IN_SPEECH_DB_PER_SECOND = 0.3;

/** 20 log10 of the root mean square, re full scale; silence and nothing give -100 dB. */
export function levelOf(samples: Float32Array): DecibelFullScale {
  return Math.max(QUIETEST, 20 * Math.log10(Math.max(rootMeanSquare(samples), 1e-5)));
}

/** Share of samples at full scale; nothing gives 0. */
export function clippedShare(samples: Float32Array): UnitInterval {
  let clipped = 0;
  for (const sample of samples) if (Math.abs(sample) >= FULL_SCALE) clipped++;
  return samples.length > 0 ? clipped / samples.length : 0;
}

/** Follows the level of the pauses (a slow minimum, after the idea of Martin 2001, Noise power spectral density estimation). */
export class NoiseFloor {
  #level: DecibelFullScale | null = null;

  get level(): DecibelFullScale {
    return this.#level ?? QUIETEST;
  }

  /** @param level of one block @param isSpeech whether any of it was speech @returns the floor from now on */
  push(level: DecibelFullScale, isSpeech: boolean): DecibelFullScale {
    const before = this.#level ?? level;
    const rise = (isSpeech ? RISE_IN_SPEECH_DB_PER_SECOND : RISE_DB_PER_SECOND) / BLOCKS_PER_SECOND;
    this.#level = level < before ? before + FALL * (level - before) : Math.min(level, before + rise);
    return this.#level;
  }

  reset(): void {
    this.#level = null;
  }
}
