import { describe, expect, it } from 'vitest';
import { corruptMp3, hugeHeaderWav, renderTune, wavFile } from '../../support/media';

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.slice(from, to));

describe('renderTune', () => {
  it('has the asked length, is loud enough and stays in range', () => {
    const samples = renderTune({ seconds: 2 });
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(samples).toHaveLength(44_100);
    expect(peak).toBeGreaterThan(0.2);
    expect(peak).toBeLessThan(1.5);
  });

  it('is the same for the same seed and another tune for another', () => {
    expect(renderTune({ seconds: 1, seed: 3 })).toEqual(renderTune({ seconds: 1, seed: 3 }));
    expect(renderTune({ seconds: 1, seed: 3 })).not.toEqual(renderTune({ seconds: 1, seed: 4 }));
  });
});

describe('wavFile', () => {
  it('writes a canonical header', () => {
    const wav = wavFile({ seconds: 1, sampleRate: 8_000, channels: 2 });
    const view = new DataView(wav.buffer);
    expect([ascii(wav, 0, 4), ascii(wav, 8, 12), ascii(wav, 36, 40)]).toEqual(['RIFF', 'WAVE', 'data']);
    expect([view.getUint16(22, true), view.getUint32(24, true), view.getUint32(40, true), wav.length]).toEqual([2, 8_000, 32_000, 32_044]);
  });

  it('can be 0 seconds long', () => expect(wavFile({ seconds: 0 })).toHaveLength(44));
});

describe('broken files', () => {
  it('promises 2 GB and has a second', () => {
    const wav = hugeHeaderWav();
    expect(new DataView(wav.buffer).getUint32(40, true)).toBeGreaterThan(2e9);
    expect(wav.length).toBe(44 + 44_100);
  });

  it('looks like mp3 for one frame header', () => expect([...corruptMp3().slice(0, 2)]).toEqual([0xff, 0xfb]));
});
