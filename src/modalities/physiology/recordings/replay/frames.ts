import type { EpochMs, Milliseconds, Timed } from '../../../../core/units';
import type { AccelerationSeries, PhysiologyFrame, SampledSeries } from '../../frame';
import { NO_READINGS } from '../../readings';
import type { PointSeries } from '../pointSeries';
import type { EvenSeries, Recording } from '../recording';
import type { Stretch } from './stretches';

/** A strap speaks once a second, and so does a recording. */
const PACKET: Milliseconds = 1000;

function lastOf(series: PointSeries, from: EpochMs, to: EpochMs): number | null {
  return series.between(from, to).at(-1) ?? null;
}

function sampledOf(series: PointSeries, from: EpochMs, to: EpochMs): SampledSeries | null {
  const samples = series.between(from, to);
  return samples.length > 0 ? { sampleRate: (samples.length * 1000) / (to - from), samples: samples.slice() } : null;
}

/** The samples of [from, to), over the borders of the pieces. */
function cutEven(pieces: readonly EvenSeries[], from: EpochMs, to: EpochMs): SampledSeries | null {
  const cuts = pieces.flatMap(({ startAt, sampleRate, samples }) => {
    const first = Math.max(0, Math.ceil(((from - startAt) * sampleRate) / 1000));
    const end = Math.min(samples.length, Math.ceil(((to - startAt) * sampleRate) / 1000));
    return end > first ? [{ sampleRate, samples: samples.subarray(first, end) }] : [];
  });
  const [cut] = cuts;
  return cut ? { sampleRate: cut.sampleRate, samples: Float32Array.from(cuts.flatMap(({ samples }) => [...samples])) } : null;
}

function movementOf({ acceleration }: Recording, from: EpochMs, to: EpochMs): AccelerationSeries | null {
  const [x, y, z] = [0, 1, 2].map((axis) =>
    cutEven(
      acceleration.flatMap((axes) => axes[axis] ?? []),
      from,
      to,
    ),
  );
  return x && y && z ? { sampleRate: x.sampleRate, x: x.samples, y: y.samples, z: z.samples } : null;
}

/** The packet of the second that begins at `from`; null when nothing was measured in it. */
function packetAt(recording: Recording, from: EpochMs, deviceId: string): Timed<PhysiologyFrame> | null {
  const to = from + PACKET;
  const value: PhysiologyFrame = {
    ...NO_READINGS,
    deviceId,
    kind: 'recording',
    heartRate: lastOf(recording.heartRate, from, to),
    rrIntervals: [...recording.rr.between(from, to)],
    eda: sampledOf(recording.eda, from, to),
    ppg: cutEven(recording.ppg, from, to),
    skinTemperature: lastOf(recording.skinTemperature, from, to),
    acceleration: movementOf(recording, from, to),
  };
  const { heartRate, rrIntervals, eda, ppg, skinTemperature, acceleration } = value;
  const isEmpty = rrIntervals.length === 0 && [heartRate, eda, ppg, skinTemperature, acceleration].every((one) => one === null);
  return isEmpty ? null : { at: to, value };
}

/** What a device that had measured this would have sent: a packet a second, at the second's end, and none where nothing was measured. */
export function* framesOf(recording: Recording, { from, to }: Stretch, deviceId: string): Generator<Timed<PhysiologyFrame>, void> {
  for (let second = from; second <= to; second += PACKET) {
    const packet = packetAt(recording, second, deviceId);
    if (packet) yield packet;
  }
}
