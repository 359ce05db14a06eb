import type { MeasuredCurve } from '../../../../core/records/keptRecording';
import type { CancelSignal, Milliseconds } from '../../../../core/units';
import type { Estimator } from '../../../modality';
import type { PhysiologyFrame } from '../../frame';
import { stressOfAffect } from '../../vitals/stressToEmotion';
import type { Recording } from '../recording';
import { CurveBuilder } from './curve';
import { framesOf } from './frames';
import type { Stretch } from './stretches';

const STEP: Milliseconds = 5000;
/** Twelve hours take a minute to judge. */
const MOST: Milliseconds = 12 * 3_600_000;
/** Packets between two looks at the signal. */
const BREATH = 120;

export interface JudgeOptions {
  readonly signal: CancelSignal;
  /** Told the share that is done. */
  readonly onProgress?: (done: number) => void;
  /** Lets whoever waits have a turn. */
  readonly breathe: () => Promise<void>;
}

/**
 * P(stress) over a stretch by the same estimator that listens live, its first two minutes taken as the rest of whoever wore it.
 * @returns null when the estimator had nothing to say; of a long stretch its first twelve hours
 * @throws DOMException 'AbortError'
 */
export async function judgeStress(
  recording: Recording,
  stretch: Stretch,
  estimator: Estimator<PhysiologyFrame, 'physiology'>,
  { signal, onProgress, breathe }: JudgeOptions,
): Promise<MeasuredCurve | null> {
  const judged = { from: stretch.from, to: Math.min(stretch.to, stretch.from + MOST) };
  const curve = new CurveBuilder(stretch, STEP);
  estimator.reset();
  estimator.baseline?.start();
  let packets = 0;
  for (const frame of framesOf(recording, judged, 'recording')) {
    const observation = await estimator.push(frame);
    if (observation?.kind === 'estimate') curve.add(frame.at, stressOfAffect(observation.estimate.affect));
    if (++packets % BREATH > 0) continue;
    onProgress?.((frame.at - judged.from) / Math.max(1, judged.to - judged.from));
    await breathe();
    if (signal.aborted) throw new DOMException('judging was cancelled', 'AbortError');
  }
  return curve.finish();
}
