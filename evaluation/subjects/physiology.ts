import type { AbsenceReason, Observation } from '../../src/core/emotion';
import { AppError } from '../../src/core/errors';
import type { Timed } from '../../src/core/units';
import en from '../../src/locales/en.json';
import type { PhysiologyFrame } from '../../src/modalities/physiology/frame';
import { stressOfAffect } from '../../src/modalities/physiology/vitals/stressToEmotion';
import type { EmotionHost } from '../../src/workers/hosts';
import { readRecording } from '../input/readRecording';
import { stressLabels } from '../input/labels';
import type { Answer, Subject } from './subject';

/** Recordings start here; any time would do. */
const EPOCH = Date.UTC(2020, 0, 1);

/** Recordings through the emotion worker: series, features, own rest, model. */
export const physiology: Subject = {
  id: 'physiology',
  input: 'file',
  labels: stressLabels,
  async open() {
    const { createEmotionHost } = await import('../../src/workers/hosts');
    const host = createEmotionHost({ baseUrl: document.baseURI });
    const { models } = await host.open('physiology');
    let current: string | null = null;
    return {
      models,
      parallel: 1,
      async answer({ file }) {
        if (!file) throw new AppError('unexpected', 'an item without a file');
        const frames = readRecording(await file.text());
        if (frames === null) return { unreadable: 'the file has no time column, or no readings' };
        const recording = file.name.replace(/-[^-]*$/, '');
        if (recording !== current) {
          await beginAnew(host);
          current = recording;
        }
        const from = performance.now();
        const { last, pushes } = await push(host, frames);
        if (last === null || last.kind === 'absent') return { unreadable: reasonOf(last?.reason ?? 'warming-up') };
        return toAnswer(last, (performance.now() - from) / pushes);
      },
      close: () => host.stop(),
    };
  },
};

/** Another person: nothing of the last one's signals or rest is left, and the first minutes are their rest. */
async function beginAnew(host: EmotionHost): Promise<void> {
  await host.close('physiology');
  await host.open('physiology');
  await host.baseline({ id: 'physiology', wanted: 'start' });
}

async function push(
  host: EmotionHost,
  frames: readonly (readonly [second: number, frame: PhysiologyFrame])[],
): Promise<{ readonly last: Observation | null; readonly pushes: number }> {
  let last: Observation | null = null;
  for (const [second, value] of frames) {
    const frame: Timed<PhysiologyFrame> = { at: EPOCH + second * 1000, value };
    const pushed = await host.push('physiology', frame, []);
    if (pushed !== 'superseded' && pushed.observation) last = pushed.observation;
  }
  return { last, pushes: Math.max(1, frames.length) };
}

function reasonOf(reason: AbsenceReason): string {
  const sentences: Readonly<Record<string, string>> = en.absence;
  return sentences[reason] ?? reason;
}

/** Latency is that of one second of signal. */
function toAnswer({ estimate }: Extract<Observation, { kind: 'estimate' }>, latencyMs: number): Answer {
  const stress = stressOfAffect(estimate.affect);
  const { valence, arousal } = estimate.affect;
  return {
    predicted: stress > 0.5 ? 'stress' : 'rest',
    probabilities: { rest: 1 - stress, stress },
    confidence: Math.max(stress, 1 - stress),
    valence,
    arousal,
    signalQuality: estimate.signalQuality,
    latencyMs,
  };
}
