import captureWorkletUrl from '../../src/worklets/capture.worklet.ts?worker&url';
import type { EmotionEstimate } from '../../src/core/emotion';
import { AppError } from '../../src/core/errors';
import { DEFAULT_FUSION } from '../../src/core/fusion';
import type { Timed } from '../../src/core/units';
import { fuseMoment } from '../../src/fusion/fuse';
import type { Remembered } from '../../src/fusion/memory';
import type { FusionNetwork } from '../../src/fusion/network/network';
import { smoothEstimate } from '../../src/fusion/smooth';
import { modalities, type ModalityId } from '../../src/modalities/registry';
import { TextInbox } from '../../src/modalities/text/inbox';
import { openNetwork } from '../../src/stores/sensing/fusion/openNetwork';
import { createEmotionHost, type EmotionHost } from '../../src/workers/hosts';
import { spreadOf, StageTimes, type Spread } from './spread';

const TOGETHER = ['face', 'voice', 'text'] as const satisfies readonly ModalityId[];
type Together = (typeof TOGETHER)[number];
/** Runtimes are slower until their code is compiled; this long is not counted. */
const WARM_UP_MS = 8000;
const SENTENCE_EVERY_MS = 4000;
const SENTENCES = [
  'I am so happy that you are here!',
  'This day was long and grey, and I miss her.',
  'Why does nobody ever listen to me?',
  'Fine.',
];

export interface FusionBench {
  readonly seconds: number;
  /** From the capture of the newest evidence (a picture, a window's last sample, a sentence sent off) to the fused estimate that holds it. */
  readonly latency: Spread;
  readonly bySense: Readonly<Record<Together, SenseBench>>;
  /** Of the act of fusion alone. */
  readonly fusion: Spread;
  /** Pictures that a newer one replaced before the worker got to them. */
  readonly droppedFrames: number;
}

export interface SenseBench {
  readonly latency: Spread;
  /** Its parts: in the worker by stage; `way` is the rest, waiting for the worker and the way there and back. */
  readonly stages: Readonly<Record<string, Spread>>;
}

/** The state of fusion as the app's store keeps it. */
class Mind {
  readonly #estimates = new Map<ModalityId, EmotionEstimate<ModalityId>>();
  #memory: readonly Remembered[] = [];

  constructor(private readonly network: FusionNetwork | null) {}

  take(estimate: EmotionEstimate<ModalityId>): void {
    const { source } = estimate;
    this.#estimates.set(source, smoothEstimate(this.#estimates.get(source) ?? null, estimate));
    const moment = { now: Date.now(), simulated: false, estimates: [...this.#estimates.values()], silent: new Map() };
    const manner = { kind: DEFAULT_FUSION, network: this.network, leftOut: new Set<string>(), calibration: null, memory: this.#memory };
    this.#memory = fuseMoment(moment, manner)?.memory ?? this.#memory;
  }
}

class Notes {
  readonly latencies: Readonly<Record<Together, number[]>> = { face: [], voice: [], text: [] };
  readonly stages: Readonly<Record<Together, StageTimes>> = { face: new StageTimes(), voice: new StageTimes(), text: new StageTimes() };
  readonly fusions: number[] = [];
  isCounting = false;
}

/** The live path of three senses at once: their sensors in this page, one worker, and the fusion of the app, without its screens. */
export async function benchFusion({ seconds }: { readonly seconds: number }): Promise<FusionBench> {
  const host = createEmotionHost({ baseUrl: document.baseURI });
  try {
    for (const id of TOGETHER) await host.open(id);
    const mind = new Mind(await openNetwork(new URL('models/fusion/', document.baseURI).href));
    const notes = new Notes();
    const end = new AbortController();
    let before = 0;
    setTimeout(() => {
      notes.isCounting = true;
      before = host.droppedFrames;
    }, WARM_UP_MS);
    setTimeout(() => end.abort(), WARM_UP_MS + seconds * 1000);
    await Promise.all(
      Object.entries(openSensors(host, end.signal)).map(([id, frames]) => follow(id as Together, frames, { host, mind, notes, end })),
    );
    return { seconds, ...report(notes), droppedFrames: host.droppedFrames - before };
  } finally {
    host.stop();
  }
}

function openSensors(host: EmotionHost, signal: AbortSignal): Readonly<Record<Together, AsyncIterable<Timed<unknown>>>> {
  const inbox = new TextInbox(() => Date.now());
  const written: { at: number; text: string }[] = [];
  const writing = setInterval(() => {
    // Numbered: the sense remembers what it has read, and would not read it again.
    const sentence = SENTENCES[written.length % SENTENCES.length] ?? '';
    written.push({ at: Date.now(), text: `${sentence} (${written.length + 1})` });
    inbox.put(written.slice(-SENTENCES.length));
  }, SENTENCE_EVERY_MS);
  signal.addEventListener('abort', () => clearInterval(writing));
  return {
    face: modalities.face.openSensor(signal, { busyMs: () => host.busyMs('face') }),
    voice: modalities.voice.openSensor(signal, {
      deviceId: null,
      isSuppressed: false,
      isPlaying: () => false,
      workletUrl: captureWorkletUrl,
    }),
    text: modalities.text.openSensor(signal, { inbox }),
  };
}

interface Following {
  readonly host: EmotionHost;
  readonly mind: Mind;
  readonly notes: Notes;
  readonly end: AbortController;
}

async function follow(id: Together, frames: AsyncIterable<Timed<unknown>>, { host, mind, notes, end }: Following): Promise<void> {
  const failures: unknown[] = [];
  const push = async (frame: Timed<unknown>): Promise<void> => {
    const pushed = await host.push(id, frame, frame.value instanceof VideoFrame ? [frame.value] : []);
    if (pushed === 'superseded' || pushed.observation?.kind !== 'estimate') return;
    const started = performance.now();
    mind.take(pushed.observation.estimate);
    if (!notes.isCounting) return;
    notes.fusions.push(performance.now() - started);
    const latency = Date.now() - frame.at;
    notes.latencies[id].push(latency);
    const { total: _, ...stages } = pushed.stages;
    notes.stages[id].add({ ...stages, worker: pushed.took, way: Math.max(0, latency - pushed.took) });
  };
  for await (const frame of frames) {
    push(frame).catch((error: unknown) => {
      failures.push(error);
      end.abort();
    });
  }
  if (failures.length > 0) throw new AppError('model/run-failed', `${id} could not be judged`, { cause: failures[0] });
}

function report({ latencies, stages, fusions }: Notes): Pick<FusionBench, 'latency' | 'bySense' | 'fusion'> {
  const of = (id: Together): SenseBench => ({ latency: spreadOf(latencies[id]), stages: stages[id].spreads() });
  return {
    latency: spreadOf(Object.values(latencies).flat()),
    bySense: { face: of('face'), voice: of('voice'), text: of('text') },
    fusion: spreadOf(fusions),
  };
}
