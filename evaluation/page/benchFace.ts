import { AppError } from '../../src/core/errors';
import { modalities } from '../../src/modalities/registry';
import { createEmotionHost, type EmotionHost } from '../../src/workers/hosts';
import type { ModelInUse } from '../subjects/subject';
import { spreadOf, StageTimes, type Spread } from './spread';

export interface FaceBench {
  readonly models: readonly ModelInUse[];
  /** Loading and checking model and detector, from this machine's disk. */
  readonly openMs: number;
  readonly seconds: number;
  readonly framesPerSecond: number;
  readonly estimatesPerSecond: number;
  /** Frames that a newer one replaced before the worker got to them. */
  readonly droppedFrames: number;
  /** Frames without a face, or too unclear. */
  readonly absent: number;
  /** From the capture of a frame to its estimate. */
  readonly latency: Spread;
  readonly stages: Readonly<Record<string, Spread>>;
}

/** Runtimes are slower until their code is compiled; this long is not counted. */
const WARM_UP_MS = 3000;

/** The live path: camera sensor of this page, emotion worker, both as in the app, without its screens. */
export async function benchFace({ seconds }: { readonly seconds: number }): Promise<FaceBench> {
  const host = createEmotionHost({ baseUrl: document.baseURI });
  try {
    const from = performance.now();
    const { models } = await host.open('face');
    return { models, openMs: performance.now() - from, seconds, ...(await measure(host, seconds)) };
  } finally {
    host.stop();
  }
}

async function measure(host: EmotionHost, seconds: number): Promise<Omit<FaceBench, 'models' | 'openMs' | 'seconds'>> {
  const latencies: number[] = [];
  const stages = new StageTimes();
  let frames = 0;
  let absent = 0;
  const failures: unknown[] = [];
  const end = new AbortController();
  const from = performance.now() + WARM_UP_MS;
  let dropped = 0;
  setTimeout(() => (dropped = host.droppedFrames), WARM_UP_MS);
  setTimeout(() => end.abort(), WARM_UP_MS + seconds * 1000);
  const push = async (frame: Parameters<typeof host.push>[1], isCounted: boolean): Promise<void> => {
    const pushed = await host.push('face', frame, [frame.value as Transferable]);
    if (!isCounted || pushed === 'superseded' || pushed.observation === null) return;
    if (pushed.observation.kind === 'absent') absent += 1;
    else latencies.push(pushed.observation.estimate.latencyMs);
    stages.add(pushed.stages);
  };
  for await (const frame of modalities.face.openSensor(end.signal, { busyMs: () => host.busyMs('face') })) {
    const isCounted = performance.now() >= from;
    if (isCounted) frames += 1;
    push(frame, isCounted).catch((error: unknown) => {
      failures.push(error);
      end.abort();
    });
  }
  if (failures.length > 0) throw new AppError('model/run-failed', 'a frame could not be estimated', { cause: failures[0] });
  return {
    framesPerSecond: frames / seconds,
    estimatesPerSecond: latencies.length / seconds,
    droppedFrames: host.droppedFrames - dropped,
    absent,
    latency: spreadOf(latencies),
    stages: stages.spreads(),
  };
}
