import captureWorkletUrl from '../../src/worklets/capture.worklet.ts?worker&url';
import { EMOTIONS, type Emotion } from '../../src/core/emotion';
import { AppError } from '../../src/core/errors';
import { modalities } from '../../src/modalities/registry';
import { createEmotionHost, type EmotionHost } from '../../src/workers/hosts';
import type { ModelInUse } from '../subjects/subject';

/** What the product said to what its microphone heard. */
export interface VoiceBench {
  readonly models: readonly ModelInUse[];
  readonly openMs: number;
  readonly seconds: number;
  readonly estimates: number;
  /** Label of the mean distribution of all estimates; null without any. */
  readonly answer: Emotion | null;
  /** How often it was silent, by the reason that it gave. */
  readonly absent: Readonly<Record<string, number>>;
  /** From the capture of a window's last sample to its estimate, ms. */
  readonly latencies: readonly number[];
  /** Of the blocks that gave an estimate, ms by stage, in the same order. */
  readonly stages: Readonly<Record<string, readonly number[]>>;
}

interface Told {
  readonly masses: Record<Emotion, number>;
  readonly absent: Record<string, number>;
  readonly latencies: number[];
  readonly stages: Record<string, number[]>;
}

/** The live path: microphone sensor of this page, emotion worker, both as in the app, without its screens. */
export async function benchVoice({ seconds }: { readonly seconds: number }): Promise<VoiceBench> {
  const host = createEmotionHost({ baseUrl: document.baseURI });
  try {
    const from = performance.now();
    const { models } = await host.open('voice');
    const openMs = performance.now() - from;
    const { masses, latencies, ...told } = await listen(host, seconds);
    const answer = latencies.length === 0 ? null : EMOTIONS.reduce((best, one) => (masses[one] > masses[best] ? one : best));
    return { models, openMs, seconds, estimates: latencies.length, answer, latencies, ...told };
  } finally {
    host.stop();
  }
}

async function listen(host: EmotionHost, seconds: number): Promise<Told> {
  const masses = Object.fromEntries(EMOTIONS.map((emotion) => [emotion, 0])) as Record<Emotion, number>;
  const told: Told = { masses, absent: {}, latencies: [], stages: {} };
  const end = new AbortController();
  const failures: unknown[] = [];
  const push = async (frame: Parameters<typeof host.push>[1]): Promise<void> => {
    const pushed = await host.push('voice', frame, []);
    if (pushed === 'superseded' || pushed.observation === null) return;
    if (pushed.observation.kind === 'absent') {
      const { reason } = pushed.observation;
      told.absent[reason] = (told.absent[reason] ?? 0) + 1;
      return;
    }
    const { probabilities, latencyMs } = pushed.observation.estimate;
    told.latencies.push(latencyMs);
    for (const [stage, ms] of Object.entries(pushed.stages)) (told.stages[stage] ??= []).push(ms);
    for (const emotion of EMOTIONS) masses[emotion] += probabilities[emotion];
  };
  const options = { deviceId: null, isSuppressed: false, isPlaying: () => false, workletUrl: captureWorkletUrl };
  setTimeout(() => end.abort(), seconds * 1000);
  for await (const frame of modalities.voice.openSensor(end.signal, options)) {
    push(frame).catch((error: unknown) => {
      failures.push(error);
      end.abort();
    });
  }
  if (failures.length > 0) throw new AppError('model/run-failed', 'the sound could not be judged', { cause: failures[0] });
  return told;
}
