import { AppError } from '../../core/errors';
import type { MeasuredCurve, RecordingSummary } from '../../core/records/keptRecording';
import type { Timed } from '../../core/units';
import type { Estimator } from '../../modalities/modality';
import type { PhysiologyFrame } from '../../modalities/physiology/frame';
import { readRecording } from '../../modalities/physiology/recordings/readRecording';
import type { Recording, RecordingFile, RecordingFormat } from '../../modalities/physiology/recordings/recording';
import { framesOf } from '../../modalities/physiology/recordings/replay/frames';
import { judgeStress } from '../../modalities/physiology/recordings/replay/judge';
import { stretchesOf, wholeOf, type Stretch } from '../../modalities/physiology/recordings/replay/stretches';
import { summarise } from '../../modalities/physiology/recordings/replay/summary';
import type { CallContext } from '../../rpc/rpc';

/** What the page needs to know of a recording; the readings themselves stay in the worker. */
export interface RecordingOverview extends Pick<Recording, 'isDated' | 'isDamaged' | 'isCut'> {
  readonly format: RecordingFormat;
  /** Names of files that were left out. */
  readonly skipped: readonly string[];
  readonly whole: Stretch;
  /** Parts that can be replayed, newest first. */
  readonly stretches: readonly Stretch[];
}

export type RecordingHandlers = {
  /** Takes the place of an earlier recording; progress is a ReadProgress. */
  read(request: { readonly files: readonly RecordingFile[] }, context: CallContext): Promise<RecordingOverview>;
  summarise(request: { readonly stretch: Stretch }): RecordingSummary;
  /** Progress is the share that is done. */
  judge(request: { readonly stretch: Stretch; readonly baseUrl: string }, context: CallContext): Promise<MeasuredCurve | null>;
  /** A packet a second; `to` is left out. */
  packets(request: { readonly part: Stretch; readonly deviceId: string }): readonly Timed<PhysiologyFrame>[];
};

export interface RecordingDependencies {
  readonly openEstimator: (baseUrl: string) => Promise<Estimator<PhysiologyFrame, 'physiology'>>;
  /** Lets messages in. */
  readonly breathe: () => Promise<void>;
}

/** What the recording worker answers to. It holds one recording, and the model from the first judging on. */
export function createRecordingHandlers({ openEstimator, breathe }: RecordingDependencies): RecordingHandlers {
  let held: Recording | null = null;
  const recording = (): Recording => {
    if (!held) throw new AppError('unexpected', 'no recording was read');
    return held;
  };
  return {
    async read({ files }, { signal, progress }) {
      held = null;
      const result = await readRecording(files, { signal, onProgress: progress });
      held = result.recording;
      const { format, isDated, isDamaged, isCut } = held;
      return { format, isDated, isDamaged, isCut, skipped: result.skipped, whole: wholeOf(held), stretches: stretchesOf(held) };
    },
    summarise: ({ stretch }) => summarise(recording(), stretch),
    async judge({ stretch, baseUrl }, { signal, progress }) {
      // An estimator of its own for each: nothing of one stretch may leak into the next.
      return judgeStress(recording(), stretch, await openEstimator(baseUrl), { signal, breathe, onProgress: progress });
    },
    packets: ({ part, deviceId }) => [...framesOf(recording(), { from: part.from, to: part.to - 1 }, deviceId)],
  };
}
