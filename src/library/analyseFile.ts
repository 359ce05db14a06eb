import { AppError } from '../core/errors';
import type { Session } from '../ml/session';
import type { MusicModel } from './features/emotion/musicModel';
import { analyseTrack, createAnalyser, type Analyser, type AnalysisResult } from './analyse';
import { readDuration, type PcmBlock } from './decode';
import type { AnalyseResult, PcmRequest, WorkOptions } from './libraryWork';

/** The worker's clock, ms. */
type Clock = () => number;

/** Share of the work that is done when all blocks are through; the rest is the model. */
const DECODED_SHARE = 0.9;

/** The session, telling after each run that it still lives: a long song needs many. */
function watched(session: Session, onRun: () => void): Session {
  return {
    manifest: session.manifest,
    async run(inputs) {
      const outputs = await session.run(inputs);
      onRun();
      return outputs;
    },
  };
}

const watchedModel = ({ listener, emotion }: MusicModel, onRun: () => void): MusicModel => ({
  listener: watched(listener, onRun),
  emotion,
});

/** Between looks at the messages, ms: often enough for an abort and a progress bar, and each costs as much as a second of music. */
const PAUSE_EVERY = 50;

/** Lets the worker hear an abort; a resolved promise would not, and timers that follow each other are slowed to 4 ms each. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** The blocks as they come; throws where a chained stream goes on at another sample rate, which no feature would survive. */
async function* ofOneRate(blocks: AsyncIterable<PcmBlock>): AsyncGenerator<PcmBlock> {
  let sampleRate: number | null = null;
  for await (const block of blocks) {
    if (block.sampleRate !== (sampleRate ?? block.sampleRate))
      throw new AppError('library/decode-failed', 'the sample rate changes within the file');
    sampleRate = block.sampleRate;
    yield block;
  }
}

export interface FileSource {
  readonly file: Blob;
  /** Blocks of its sound, in order; its own thread may be ahead. */
  readonly decode: (file: Blob, signal?: AbortSignal) => AsyncIterable<PcmBlock>;
}

/** Decodes a file block by block, each block analysed as it comes. The stage `decode` is the time spent waiting for a block. */
export async function analyseFile(
  { file, decode }: FileSource,
  model: MusicModel,
  clock: Clock,
  { signal, onProgress }: WorkOptions = {},
): Promise<AnalyseResult> {
  const start = clock();
  const expected = (await readDuration(file)) ?? Infinity;
  let analyser: Analyser | null = null;
  let analysing = 0;
  let paused = start;
  for await (const block of ofOneRate(decode(file, signal))) {
    const blockStart = clock();
    analyser ??= createAnalyser(block.sampleRate);
    analyser.push(block.channels);
    const now = clock();
    analysing += now - blockStart;
    if (now - paused < PAUSE_EVERY) continue;
    onProgress?.(DECODED_SHARE * Math.min(1, block.end / expected));
    await nextTask();
    paused = clock();
    signal?.throwIfAborted();
  }
  if (analyser === null) throw new AppError('library/empty-file', 'no sound came out of the decoder');
  const decoded = clock();
  const analysis = await analyser.finish(watchedModel(model, () => onProgress?.(DECODED_SHARE)));
  return finish(analysis, { decode: decoded - start - analysing, features: analysing, model: clock() - decoded });
}

/** The same for sound that the page decoded. */
export async function analysePcm(
  pcm: PcmRequest,
  model: MusicModel,
  clock: Clock,
  { signal, onProgress }: WorkOptions = {},
): Promise<AnalyseResult> {
  const start = clock();
  const analysis = await analyseTrack(
    pcm,
    watchedModel(model, () => onProgress?.(DECODED_SHARE)),
    {
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
      pause: nextTask,
    },
  );
  return finish(analysis, { features: clock() - start });
}

function finish(analysis: AnalysisResult, stages: Readonly<Record<string, number>>): AnalyseResult {
  return { analysis, stages, tookMs: Object.values(stages).reduce((sum, ms) => sum + ms, 0) };
}
