import { seededRandom } from '../../src/core/random';
import { Resampler } from '../../src/dsp/resample';
import { HopMeter } from '../../src/library/features/level/hopMeter';
import { LoudnessMeter } from '../../src/library/features/level/loudness';
import { mixDown } from '../../src/library/features/level/mixDown';
import { TruePeakMeter } from '../../src/library/features/level/truePeak';
import { WaveformMeter } from '../../src/library/features/level/waveform';
import { PASS_HZ, SAMPLE_RATE } from '../../src/library/features/segmentLayout';
import { Segmenter } from '../../src/library/features/segmenter';
import { SongMeter } from '../../src/library/features/song/songMeter';

const RATE = 44_100;
const SECONDS = 240;
const BLOCK = 65_536;

export type Stage = 'mix' | 'loudness' | 'truePeak' | 'waveform' | 'resample' | 'frames' | 'rhythm' | 'summary';

/** Four minutes of chords, bass drum and hats in stereo, loud enough to clip now and then. */
export function synthesiseSong(): readonly [Float32Array, Float32Array] {
  const random = seededRandom(1);
  const left = new Float32Array(SECONDS * RATE),
    right = new Float32Array(SECONDS * RATE);
  const roots = [261.6, 220, 174.6, 196];
  for (let i = 0; i < left.length; i++) {
    const t = i / RATE;
    const beat = t % 0.5;
    const hiss = 2 * random() - 1;
    const root = roots[Math.floor(t / 2) % 4] ?? 0;
    const chord = Math.sin(2 * Math.PI * root * t) + Math.sin(2.5 * Math.PI * root * t) + Math.sin(3 * Math.PI * root * t);
    const drum = 0.7 * Math.sin(2 * Math.PI * 60 * beat) * Math.exp(-9 * beat) + 0.3 * hiss * Math.exp(-40 * (t % 0.25));
    const clip = (x: number): number => Math.min(Math.max(x, -1), 1);
    left[i] = clip(0.15 * chord + drum + 0.02 * hiss);
    right[i] = clip(0.15 * chord + drum - 0.02 * hiss);
  }
  return [left, right];
}

function blocksOf(channels: readonly Float32Array[]): Float32Array[][] {
  const length = channels[0]?.length ?? 0;
  return Array.from({ length: Math.ceil(length / BLOCK) }, (_, i) =>
    channels.map((channel) => channel.subarray(i * BLOCK, (i + 1) * BLOCK)),
  );
}

/**
 * What the analysis does with a decoded song but the model, stage by stage.
 * @param clock CPU or wall time, ms. @returns ms per stage
 */
export function timeStages(channels: readonly Float32Array[], clock: () => number): Record<Stage, number> {
  const timed = <T>(work: () => T): readonly [ms: number, result: T] => {
    const start = clock();
    const result = work();
    return [clock() - start, result];
  };
  const blocks = blocksOf(channels);
  const [mix, mixed] = timed(() => blocks.map(mixDown));
  const loudnessMeter = new LoudnessMeter(RATE, channels.length);
  const [loudness] = timed(() => {
    for (const { clean } of mixed) loudnessMeter.push(clean);
    return [loudnessMeter.integrated(), loudnessMeter.range()];
  });
  const [truePeak] = timed(() =>
    channels.map((_, c) => {
      const meter = new TruePeakMeter();
      for (const { clean } of mixed) meter.push(clean[c] ?? new Float32Array(0));
      return meter.level();
    }),
  );
  const waveformMeter = new WaveformMeter();
  const [waveform] = timed(() => {
    for (const { mono } of mixed) waveformMeter.push(mono);
  });
  const resampler = new Resampler(RATE, SAMPLE_RATE, PASS_HZ);
  const [resample, resampled] = timed(() => [...mixed.map(({ mono }) => resampler.push(mono)), resampler.finish()]);
  const song = new SongMeter();
  const hops = new HopMeter();
  const segmenter = new Segmenter((table) => {
    song.add(table);
  });
  const [frames] = timed(() => {
    for (const samples of resampled) {
      hops.push(samples);
      segmenter.push(samples);
    }
    segmenter.finish();
  });
  const [rhythm] = timed(() => song.rhythm());
  const [summary] = timed(() => song.describe(hops, SECONDS));
  return { mix, loudness, truePeak, waveform, resample, frames, rhythm, summary };
}
