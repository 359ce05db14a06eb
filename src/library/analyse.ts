import { AppError } from '../core/errors';
import type { TrackAnalysis } from '../core/music';
import type { CancelSignal, Hertz, UnitInterval } from '../core/units';
import { Resampler } from '../dsp/resample';
import { estimateAffect } from './features/emotion/estimateAffect';
import type { MusicModel } from './features/emotion/musicModel';
import { PatchMeter } from './features/emotion/patchMeter';
import { estimateKey } from './features/estimateKey';
import { HopMeter } from './features/level/hopMeter';
import { LevelMeter } from './features/level/levelMeter';
import { mixDown } from './features/level/mixDown';
import type { Segment } from './features/segment/describeSegment';
import { PASS_HZ, SAMPLE_RATE } from './features/segmentLayout';
import { Segmenter } from './features/segmenter';
import { SongMeter } from './features/song/songMeter';

/** Bumped when any extractor or the model changes: stored analyses of older versions are done again. */
export const ANALYSER_VERSION = 2;

/** What a song's sound tells; the library adds whose it is, when and how long it took. */
export type AnalysisResult = Omit<TrackAnalysis, 'trackId' | 'analysedAt' | 'tookMs'>;

export interface Analyser {
  /** @param channels one array per channel, equally long, nominally [-1, 1]; non-finite samples count as 0. */
  push(channels: readonly Float32Array[]): void;
  /** Ends the stream; call once. @throws AppError 'library/empty-file' when nothing was pushed, 'model/run-failed' */
  finish(model: MusicModel): Promise<AnalysisResult>;
}

export interface AnalyseOptions {
  readonly signal?: CancelSignal;
  readonly onProgress?: (done: UnitInterval) => void;
  /** Awaited between blocks, so that a worker can hear an abort; the pure room knows no timers. */
  readonly pause?: () => Promise<void>;
}

/** Samples per block: 1.4 s at 48 kHz. */
const BLOCK = 65_536;
/** Streaming analysis: memory grows by half a megabyte per minute of music. @param sampleRate of the pushed blocks, whole Hz */
export function createAnalyser(sampleRate: Hertz): Analyser {
  const resampler = new Resampler(sampleRate, SAMPLE_RATE, PASS_HZ);
  const song = new SongMeter();
  const segmenter = new Segmenter((table) => {
    song.add(table);
  });
  const hops = new HopMeter();
  const patches = new PatchMeter();
  const level = new LevelMeter(sampleRate);
  let samples = 0;
  const describe = (resampled: Float32Array): void => {
    hops.push(resampled);
    segmenter.push(resampled);
    patches.push(resampled);
  };
  return {
    push(channels) {
      const { clean, mono } = mixDown(channels);
      samples += mono.length;
      level.push(clean, mono);
      describe(resampler.push(mono));
    },
    async finish(model) {
      if (samples === 0) throw new AppError('library/empty-file', 'no samples were decoded');
      describe(resampler.finish());
      const segments = segmenter.finish();
      const duration = samples / sampleRate;
      const { peaks, dynamicRange, ...levels } = level.finish();
      const { beats, downbeats, ...rhythm } = song.rhythm();
      const { summary, trim, spectrogram } = song.describe(hops, duration);
      const { curve, tags, ...emotional } = await estimateAffect(segments, patches.finish(), model);
      return {
        analyserVersion: ANALYSER_VERSION,
        duration,
        ...levels,
        ...rhythm,
        trim,
        key: estimateKey(summary.chroma),
        onsetRate: meanOnsetRate(segments),
        spectralCentroid: summary.centroid,
        ...emotional,
        detail: { peaks, curve, tags, beats, downbeats, dynamicRange, spectrogram, summary },
      };
    },
  };
}

/** Mean over the segments, each weighted by its frames that are not silence; silence gives 0. */
function meanOnsetRate(segments: readonly Segment[]): Hertz {
  const total = segments.reduce((sum, { activeFrames }) => sum + activeFrames, 0);
  return segments.reduce((sum, { activeFrames, onsetRate }) => sum + activeFrames * onsetRate, 0) / Math.max(total, 1);
}

function throwIfAborted(signal: CancelSignal | undefined): void {
  if (signal?.aborted === true) throw Object.assign(new Error('analysis aborted'), { name: 'AbortError' });
}

/**
 * Everything the library knows of a song's sound: tempo, beats and bars, key, loudness and its range, true peak, onset rate, spectral
 * means, affect with its course, embedding, waveform, spectrogram. Pure; survives silence (affect 0 with sd 1, tempo 0, -70 LUFS), offsets, clipping, damage and clips of any length.
 * @throws Error named AbortError; AppError 'library/empty-file' or 'model/run-failed'
 */
export async function analyseTrack(
  pcm: { readonly channels: readonly Float32Array[]; readonly sampleRate: Hertz },
  model: MusicModel,
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
  const result = await analyser.finish(model);
  onProgress?.(1);
  return result;
}
