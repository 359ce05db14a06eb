import { FloatList } from '../../../dsp/floatList';
import { HOP } from '../segmentLayout';

/** Hops per frame of 2048 samples. */
const FRAME_HOPS = 4;

/** Energy and sign changes of every 512 samples of a stream at 22,050 Hz: what frames of any length are made of. */
export class HopMeter {
  readonly #energies = new FloatList();
  readonly #crossings = new FloatList();
  #energy = 0;
  #crossed = 0;
  #filled = 0;
  #wasNegative = false;

  /** @param samples mono, finite */
  push(samples: Float32Array): void {
    for (let from = 0; from < samples.length;) {
      const to = Math.min(from + HOP - this.#filled, samples.length);
      this.#scan(samples, from, to);
      this.#filled += to - from;
      if (this.#filled === HOP) this.#close();
      from = to;
    }
  }

  #scan(samples: Float32Array, from: number, to: number): void {
    let sum = 0,
      crossed = 0,
      before = this.#wasNegative;
    for (let i = from; i < to; i++) {
      const x = samples[i] ?? 0;
      sum += x * x;
      // librosa's threshold: what is this near to 0 has no sign.
      const isNegative = x < -1e-10;
      if (isNegative !== before) crossed++;
      before = isNegative;
    }
    this.#wasNegative = before;
    this.#energy += sum;
    this.#crossed += crossed;
  }

  #close(): void {
    this.#energies.push(this.#energy);
    this.#crossings.push(this.#crossed);
    this.#energy = 0;
    this.#crossed = 0;
    this.#filled = 0;
  }

  /** Ends the stream: a hop begun counts as if zeros followed. */
  finish(): void {
    if (this.#filled > 0) this.#close();
  }

  /** [hops] mean squares of frames of 2048 centred on the hops' beginnings, zeros outside, as librosa.feature.rms squared. */
  powers(): Float32Array {
    return centredMeans(this.#energies.view());
  }

  /** [hops] sign changes per sample of the same frames, as librosa.feature.zero_crossing_rate. */
  crossingRates(): Float32Array {
    return centredMeans(this.#crossings.view());
  }
}

function centredMeans(values: Float32Array): Float32Array {
  const out = new Float32Array(values.length);
  for (let t = 0; t < out.length; t++) {
    let sum = 0;
    for (let hop = t - FRAME_HOPS / 2; hop < t + FRAME_HOPS / 2; hop++) sum += values[hop] ?? 0;
    out[t] = sum / (FRAME_HOPS * HOP);
  }
  return out;
}
