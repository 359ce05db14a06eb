import { describe, expect, test } from 'vitest';
import { decodeBlocks, readDuration } from '../../src/library/decode';
import { decodeOnPage } from '../../src/library/decodeOnPage';
import { corruptMp3, hugeHeaderWav, textAsMp3, wavFile } from '../support/media';

const fixture = async (name: string): Promise<Blob> => (await fetch(new URL(`../fixtures/audio/${name}`, import.meta.url))).blob();

interface Decoded {
  readonly seconds: number;
  readonly sampleRate: number;
  readonly blocks: number;
  /** Root of the mean square of the first channel. */
  readonly rms: number;
}

async function decode(file: Blob, signal?: AbortSignal): Promise<Decoded> {
  let frames = 0;
  let blocks = 0;
  let energy = 0;
  let sampleRate = 0;
  for await (const block of decodeBlocks(file, signal)) {
    blocks++;
    frames += block.channels[0]?.length ?? 0;
    sampleRate = block.sampleRate;
    for (const x of block.channels[0] ?? []) energy += x * x;
    for (const channel of block.channels) expect(channel).toHaveLength(block.channels[0]?.length ?? -1);
  }
  return { seconds: frames / sampleRate, sampleRate, blocks, rms: Math.sqrt(energy / frames) };
}

describe.each(['tune.mp3', 'tune.m4a', 'tune.flac', 'tune.ogg', 'tune.opus'])('%s', (name) => {
  test('decodes block by block to the sound that the browser decodes at once', async () => {
    const file = await fixture(name);
    const streamed = await decode(file);
    const { channels, sampleRate } = await decodeOnPage(file);
    const whole = channels[0] as Float32Array;
    const rms = Math.sqrt(whole.reduce((sum, x) => sum + x * x, 0) / whole.length);
    expect(streamed.seconds).toBeGreaterThan(3.9);
    expect(Math.abs(streamed.seconds - whole.length / sampleRate)).toBeLessThan(0.15);
    expect(Math.abs(streamed.rms - rms) / rms).toBeLessThan(0.03);
    const stated = await readDuration(file);
    if (stated !== null) expect(Math.abs(stated - streamed.seconds)).toBeLessThan(0.2);
  });
});

describe('wav', () => {
  test('exactly, in blocks of a second and a half', async () => {
    const decoded = await decode(new Blob([wavFile({ seconds: 10, sampleRate: 44_100, channels: 2 })]));
    expect(decoded).toMatchObject({ seconds: 10, sampleRate: 44_100, blocks: 7 });
  });

  test('a header that promises 2 GB gives what is there', async () => {
    expect((await decode(new Blob([hugeHeaderWav()]))).seconds).toBeCloseTo(1, 2);
  });

  test('0 seconds give no block', async () => {
    expect((await decode(new Blob([wavFile({ seconds: 0 })]))).blocks).toBe(0);
  });
});

describe('broken files', () => {
  const rejecting = async (file: Blob) => {
    const start = performance.now();
    const code = await decode(file).then(
      () => 'decoded',
      (error: { code?: string }) => error.code,
    );
    expect(performance.now() - start).toBeLessThan(10_000);
    return code;
  };

  test('a corrupt mp3, a text and nothing are refused with a code', async () => {
    expect(await rejecting(new Blob([textAsMp3()]))).toBe('library/decode-failed');
    expect(await rejecting(new Blob([]))).toBe('library/decode-failed');
    expect(['library/decode-failed', 'decoded']).toContain(await rejecting(new Blob([corruptMp3()])));
  });

  test.each(['tune.mp3', 'tune.m4a', 'tune.flac', 'tune.ogg', 'tune.opus'])('%s, cut in the middle or at the start', async (name) => {
    const file = await fixture(name);
    for (const share of [0.02, 0.6]) {
      expect(['library/decode-failed', 'decoded']).toContain(await rejecting(file.slice(0, file.size * share)));
    }
  });

  test('a long song that breaks off keeps what came before', async () => {
    const wav = wavFile({ seconds: 20, sampleRate: 22_050 });
    expect((await decode(new Blob([wav.subarray(0, wav.length / 2)]))).seconds).toBeCloseTo(10, 1);
  });

  test('an abort ends it', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(decode(await fixture('tune.mp3'), controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

test('the page refuses what is too large or no sound', async () => {
  await expect(decodeOnPage(new Blob([textAsMp3()]))).rejects.toMatchObject({ code: 'library/decode-failed' });
  await expect(decodeOnPage({ size: 300e6 } as Blob)).rejects.toMatchObject({ code: 'library/too-large' });
});
