import { AppError } from '../core/errors';
import type { TrackAnalysis } from '../core/music';
import { NO_DETAIL } from '../core/trackDetail';
import type { CancelSignal, Hertz, UnitInterval } from '../core/units';
import { Resampler } from '../dsp/resample';
import type { Session } from '../ml/session';
import { estimateAffect } from './features/estimateAffect';
import { estimateKey } from './features/estimateKey';
import { estimateTempo, MAX_LAG } from './features/estimateTempo';
import { LoudnessMeter } from './features/level/loudness';
import type { Segment } from './features/segment/describeSegment';
import { PASS_HZ, SAMPLE_RATE } from './features/segmentLayout';
import { Segmenter } from './features/segmenter';
import { WaveformMeter } from './features/level/waveform';

/** Bumped when any extractor or the model changes: stored analyses of older versions are done again. */
export const ANALYSER_VERSION = 1;

/** What a song's sound tells; the library adds whose it is, when and how long it took. */
export type AnalysisResult = Omit<TrackAnalysis, 'trackId' | 'analysedAt' | 'tookMs'>;

export interface Analyser {
  /** @param channels one array per channel, equally long, nominally [-1, 1]; non-finite samples count as 0. */
  push(channels: readonly Float32Array[]): void;
  /** Ends the stream; call once. @throws AppError 'library/empty-file' when nothing was pushed, 'model/run-failed' */
  finish(session: Session): Promise<AnalysisResult>;
}

export interface AnalyseOptions {
  readonly signal?: CancelSignal;
  readonly onProgress?: (done: UnitInterval) => void;
  /** Awaited between blocks, so that a worker can hear an abort; the pure room knows no timers. */
  readonly pause?: () => Promise<void>;
}

/** Samples per block: 1.4 s at 48 kHz. */
const BLOCK = 65_536;
/** Samples beyond 12 dB over full scale are taken for damage. */
const LARGEST = 4;

function sanitise(samples: Float32Array): Float32Array {
  const out = new Float32Array(samples.length);
  for (let i = 0; i < out.length; i++) {
    const x = samples[i] ?? 0;
    // NaN fails both comparisons.
    out[i] = x > -LARGEST && x < LARGEST ? x : repair(x);
  }
  return out;
}

const repair = (x: number): number => (Number.isFinite(x) ? Math.sign(x) * LARGEST : 0);

function mixDown(channels: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(0), ...rest] = channels;
  if (rest.length === 0) return first;
  const out = first.slice();
  for (const channel of rest) for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) + (channel[i] ?? 0);
  for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) / channels.length;
  return out;
}

/** Streaming analysis: memory grows by 3 kB per 15 s of music. @param sampleRate of the pushed blocks, whole Hz */
export function createAnalyser(sampleRate: Hertz): Analyser {
  const resampler = new Resampler(sampleRate, SAMPLE_RATE, PASS_HZ);
  const segmenter = new Segmenter();
  const waveform = new WaveformMeter();
  let loudness: LoudnessMeter | null = null;
  let samples = 0;
  return {
    push(channels) {
      const clean = channels.map(sanitise);
      loudness ??= new LoudnessMeter(sampleRate, clean.length);
      loudness.push(clean);
      const mono = mixDown(clean);
      samples += mono.length;
      waveform.push(mono);
      segmenter.push(resampler.push(mono));
    },
    async finish(session) {
      if (loudness === null || samples === 0) throw new AppError('library/empty-file', 'no samples were decoded');
      segmenter.push(resampler.finish());
      const segments = segmenter.finish();
      const duration = samples / sampleRate;
      const peaks = waveform.peaks();
      const { curve, ...emotional } = await estimateAffect(segments, session);
      return {
        analyserVersion: ANALYSER_VERSION,
        duration,
        loudness: loudness.integrated(),
        truePeak: levelOf(peaks),
        loudnessRange: 0,
        pulseClarity: 0,
        trim: { start: 0, end: duration },
        ...summarise(segments),
        ...emotional,
        detail: { ...NO_DETAIL, peaks, curve },
      };
    },
  };
}

/** Level of the loudest slice, dB re full scale; -70 for silence. */
function levelOf(peaks: Uint8Array): number {
  const highest = peaks.reduce((best, value) => Math.max(best, value), 0);
  return highest === 0 ? -70 : 20 * Math.log10(highest / 255);
}

/** Means over the segments, each weighted by its frames that are not silence. */
function summarise(
  segments: readonly Segment[],
): Pick<AnalysisResult, 'tempo' | 'tempoConfidence' | 'key' | 'onsetRate' | 'spectralCentroid'> {
  const weights = segments.map((segment) => segment.activeFrames);
  const total = Math.max(
    weights.reduce((sum, weight) => sum + weight, 0),
    1,
  );
  const average = (value: (segment: Segment) => number): number =>
    segments.reduce((sum, segment, i) => sum + value(segment) * (weights[i] ?? 0), 0) / total;
  const averages = (length: number, values: (segment: Segment) => Float64Array): Float64Array =>
    Float64Array.from({ length }, (_, k) => average((segment) => values(segment)[k] ?? 0));
  const { tempo, confidence } = estimateTempo(averages(MAX_LAG + 1, (segment) => segment.autocorrelation));
  return {
    tempo,
    tempoConfidence: confidence,
    key: estimateKey(averages(12, (segment) => segment.chroma)),
    onsetRate: average((segment) => segment.onsetRate),
    spectralCentroid: average((segment) => segment.centroid),
  };
}

function throwIfAborted(signal: CancelSignal | undefined): void {
  if (signal?.aborted === true) throw Object.assign(new Error('analysis aborted'), { name: 'AbortError' });
}

/**
 * Everything the library knows of a song's sound: tempo, key, loudness, onset rate, brightness, affect with its course, embedding,
 * waveform. Pure; survives silence (affect 0 with sd 1, tempo 0, -70 LUFS), offsets, clipping, damage and clips of any length.
 * @throws Error named AbortError; AppError 'library/empty-file' or 'model/run-failed'
 */
export async function analyseTrack(
  pcm: { readonly channels: readonly Float32Array[]; readonly sampleRate: Hertz },
  session: Session,
  { signal, onProgress, pause }: AnalyseOptions = {},
): Promise<AnalysisResult> {
  const analyser = createAnalyser(pcm.sampleRate);
  const length = Math.min(...pcm.channels.map((channel) => channel.length));
  for (let from = 0; from < length; from += BLOCK) {
    throwIfAborted(signal);
    analyser.push(pcm.channels.map((channel) => channel.subarray(from, Math.min(from + BLOCK, length))));
    onProgress?.((0.9 * from) / length);
    if (pause !== undefined) await pause();
  }
  throwIfAborted(signal);
  const result = await analyser.finish(session);
  onProgress?.(1);
  return result;
}
