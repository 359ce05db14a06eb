import type { Timed } from '../../../core/units';
import type { AccelerationSeries, PhysiologyFrame, SampledSeries } from '../frame';

/** Rates of one device wander by less; another rate is another stream. */
const SAME_RATE = 0.05;

const isSameRate = (a: number, b: number): boolean => Math.abs(a - b) <= SAME_RATE * b;
const areAlike = (a: { readonly sampleRate: number } | null, b: { readonly sampleRate: number } | null): boolean =>
  a === null || b === null ? a === b : isSameRate(a.sampleRate, b.sampleRate);

function join(a: Float32Array, b: Float32Array): Float32Array {
  const both = new Float32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function joinSeries(a: SampledSeries | null, b: SampledSeries | null): SampledSeries | null {
  return a && b ? { sampleRate: b.sampleRate, samples: join(a.samples, b.samples) } : b;
}

function joinAcceleration(a: AccelerationSeries | null, b: AccelerationSeries | null): AccelerationSeries | null {
  return a && b ? { sampleRate: b.sampleRate, x: join(a.x, b.x), y: join(a.y, b.y), z: join(a.z, b.z) } : b;
}

/** Beats belong to the moment of their packet, so a packet that holds some takes no later one on. */
const canMerge = (a: PhysiologyFrame, b: PhysiologyFrame): boolean =>
  a.deviceId === b.deviceId &&
  a.rrIntervals.length === 0 &&
  a.hasContact === b.hasContact &&
  areAlike(a.eda, b.eda) &&
  areAlike(a.ppg, b.ppg) &&
  areAlike(a.acceleration, b.acceleration);

/** Two successive packets of one device as one that says the same; null when that cannot be said in one. */
export function mergeFrames(
  { at: before, value: a }: Timed<PhysiologyFrame>,
  { at, value: b }: Timed<PhysiologyFrame>,
): Timed<PhysiologyFrame> | null {
  if (before > at || !canMerge(a, b)) return null;
  return {
    at,
    value: {
      ...b,
      heartRate: b.heartRate ?? a.heartRate,
      skinTemperature: b.skinTemperature ?? a.skinTemperature,
      eda: joinSeries(a.eda, b.eda),
      ppg: joinSeries(a.ppg, b.ppg),
      acceleration: joinAcceleration(a.acceleration, b.acceleration),
    },
  };
}
