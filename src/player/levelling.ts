import type { UnitInterval } from '../core/units';

/** What every song is brought to, LUFS: about what streaming services for speech and music at home agree on. */
export const TARGET_LOUDNESS = -18;
/** More boost than this lifts noise and hiss more than music. */
const LARGEST_BOOST = 9;
const LARGEST_CUT = -24;
/** Full scale less 1 dB, so that what comes after (resampling, lossy Bluetooth) does not clip. */
const PEAK_CEILING = 10 ** (-1 / 20);
/** Below it a song is silence as far as loudness goes. */
const SILENCE = -60;

export interface Level {
  /** Integrated loudness, LUFS; null while the song is not analysed. */
  readonly loudness: number | null;
  /** Highest level, 1 = full scale; null when not known, then nothing is boosted. */
  readonly peak: number | null;
}

/**
 * The factor that brings a song to {@link TARGET_LOUDNESS} without its peaks leaving the scale.
 * @returns 1 when the loudness is not known; never 0, never NaN
 */
export function levellingGain({ loudness, peak }: Level): number {
  if (loudness === null || !Number.isFinite(loudness) || loudness < SILENCE) return 1;
  const decibel = Math.min(LARGEST_BOOST, Math.max(LARGEST_CUT, TARGET_LOUDNESS - loudness));
  const gain = 10 ** (decibel / 20);
  if (gain <= 1) return gain;
  if (peak === null || !Number.isFinite(peak) || peak <= 0) return 1;
  return Math.min(gain, Math.max(1, PEAK_CEILING / peak));
}

/**
 * Slider position to gain: the square comes close to how loudness is heard. The limit caps the position,
 * so "full" can be made as quiet as hearing safety asks.
 */
export function volumeGain(volume: UnitInterval, limit: UnitInterval): UnitInterval {
  const unit = (value: number) => (Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0);
  return Math.min(unit(volume), unit(limit)) ** 2;
}

/** What a level of dB re full scale is as a factor; null for silence, whose level says nothing. */
export function peakOf(truePeak: number): number | null {
  return truePeak <= SILENCE ? null : 10 ** (truePeak / 20);
}
