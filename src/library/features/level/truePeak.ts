import { kernels } from '../../../dsp/kernels/kernels';

/** What silence measures, dBTP. */
export const SILENCE_DBTP = -70;

/** Two of the four phases of the interpolator in ITU-R BS.1770-4, annex 2; the other two are these backwards. */
const PHASES = Float64Array.from(
  [
    [
      0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625, 0.97216796875, -0.102294921875,
      0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125,
    ],
    [
      -0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625, 0.77978515625, -0.2003173828125,
      0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375,
    ],
  ].flat(),
);
/** Samples before and behind a place that the interpolator looks at. */
const HELD = 12;
/** A sample smaller than this share of the peak so far has no larger peak beside it, but for sounds made to deceive. */
const WORTH = 0.5;

/**
 * True peak of one channel after ITU-R BS.1770-4: fourfold oversampling. Only the surroundings of local maxima within 6 dB of the
 * peak so far are interpolated, which finds the same peak in a tenth of the time.
 */
export class TruePeakMeter {
  /** The last samples of the block before. */
  readonly #held = new Float32Array(HELD);
  #peak = 0;

  /** @param block [n] finite samples, full scale = 1 */
  push(block: Float32Array): void {
    const memory = kernels();
    const phases = memory.scratch(8 * PHASES.length + 4 * (HELD + block.length));
    const samples = phases + 8 * PHASES.length;
    memory.writeDoubles(phases, PHASES);
    memory.writeSingles(samples, this.#held);
    memory.writeSingles(samples + 4 * HELD, block);
    this.#peak = memory.run.scanPeak(samples + 2 * HELD, block.length, phases, this.#peak, WORTH);
    const end = samples / 4 + block.length;
    this.#held.set(memory.singles.subarray(end, end + HELD));
  }

  /** dBTP, at least -70; nothing and silence give -70. Zeros are taken to follow what was pushed. */
  level(): number {
    this.push(new Float32Array(HELD));
    return Math.max(20 * Math.log10(Math.max(this.#peak, 1e-9)), SILENCE_DBTP);
  }
}
