import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { clipMel, windowsOf } from '../../../../../src/modalities/voice/frontEnd/clipMel';
import { BANDS, MOST_FRAMES, type MelWindow } from '../../../../../src/modalities/voice/frontEnd/melStream';
import { fromPcm16 } from '../../../../support/pcm';

interface Golden {
  tolerance: number;
  cases: { name: string; pcm16: string; frames: number; mel: number[] }[];
}
const golden = JSON.parse(readFileSync('tests/golden/voice-front-end.json', 'utf8')) as Golden;

describe('log-mel of real speech against the trainer', () => {
  test.each(golden.cases)('$name', ({ pcm16, frames, mel }) => {
    const actual = clipMel(fromPcm16(Buffer.from(pcm16, 'base64')));
    expect(actual.frames).toBe(frames);
    const worst = Math.max(...mel.map((wanted, i) => Math.abs((actual.mel[i] ?? NaN) - wanted)));
    expect(worst).toBeLessThan(golden.tolerance);
  });
});

test('silence and nothing give finite floors', () => {
  for (const n of [0, 1000]) {
    const { frames, mel } = clipMel(new Float32Array(n));
    expect(frames).toBe(1 + Math.floor(n / 256));
    expect(mel.every((level) => level === -80)).toBe(true);
  }
});

test('the level of the recording changes nothing', () => {
  const pcm = fromPcm16(Buffer.from(golden.cases[3]?.pcm16 ?? '', 'base64'));
  const loud = clipMel(pcm);
  const quiet = clipMel(pcm.map((x) => x / 16));
  expect(quiet.frames).toBe(loud.frames);
  expect(Math.max(...quiet.mel.map((level, i) => Math.abs(level - (loud.mel[i] ?? NaN))))).toBeLessThan(1e-4);
});

test('a long clip is looked at from its first to its last three seconds', () => {
  const clip: MelWindow = { frames: 400, mel: Float32Array.from({ length: 400 * BANDS }, (_, i) => Math.floor(i / BANDS)) };
  const windows = windowsOf(clip);
  expect(windows.map(({ mel }) => mel[0])).toEqual([0, 71, 141, 212]);
  expect(windows.every(({ frames, mel }) => frames === MOST_FRAMES && mel.length === MOST_FRAMES * BANDS)).toBe(true);
  expect(windowsOf({ frames: 100, mel: clip.mel.subarray(0, 6400) })).toHaveLength(1);
});

const data = process.env.SYNCIN_DATA ?? '../shared/data';
const clips = join(data, 'reference/cremad_frontend');

/** A clip of the packed set, [frames][64] quantised levels 0..64 as dB. */
function unpack(name: string): number[][] {
  const [head, ...rows] = readFileSync(join(data, 'voice/cremad/manifest.csv'), 'utf8').trim().split('\n');
  const column = (line: string, key: string) => line.split(',')[head?.trim().split(',').indexOf(key) ?? -1]?.trim() ?? '';
  const row = rows.find((line) => column(line, 'clip') === name) ?? '';
  const bytes = readFileSync(join(data, 'voice/cremad', column(row, 'file')));
  const at = Number(column(row, 'offset'));
  const deltas = inflateSync(bytes.subarray(at, at + Number(column(row, 'bytes'))));
  const frames = Number(column(row, 'frames'));
  const out = Array.from({ length: frames }, () => new Array<number>(BANDS).fill(0));
  for (let band = 0; band < BANDS; band++) {
    let level = 0;
    for (let t = 0; t < frames; t++) {
      level = (level + (deltas[band * frames + t] ?? 0)) & 255;
      const line = out[t];
      if (line) line[band] = (Math.min(255, level * 4) / 255) * 80 - 80;
    }
  }
  return out;
}

describe.skipIf(!existsSync(clips))('log-mel of whole clips against their packed form (needs the data folder)', () => {
  const files = existsSync(clips) ? readdirSync(clips).filter((file) => file.endsWith('.wav')) : [];
  test.each(files)('%s: the quantised levels differ by less than 0.1 dB in the mean', (file) => {
    const actual = clipMel(fromPcm16(readFileSync(join(clips, file)).subarray(44)));
    const packed = unpack(file.replace('.wav', ''));
    expect(actual.frames).toBe(packed.length);
    const quantised = (dB: number) => Math.floor((Math.round(((dB + 80) / 80) * 255) + 2) / 4);
    const backAgain = (dB: number) => (Math.min(255, quantised(dB) * 4) / 255) * 80 - 80;
    let sum = 0;
    packed.forEach((line, t) => line.forEach((level, band) => (sum += Math.abs(backAgain(actual.mel[t * BANDS + band] ?? 0) - level))));
    expect(sum / (packed.length * BANDS)).toBeLessThan(0.1);
  });
});
