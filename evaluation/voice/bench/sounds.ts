import { execFileSync } from 'node:child_process';
import { seededRandom } from '../../../src/core/random';
import { SAMPLE_RATE } from '../../../src/modalities/voice/frame';
import { simulate } from '../../../src/modalities/voice/simulate';

/** 16-bit mono wav. @param sampleAt value in [-1, 1] of each sample */
function wavBytes(sampleRate: number, seconds: number, sampleAt: (time: number) => number): Buffer {
  const n = Math.round(sampleRate * seconds);
  const bytes = Buffer.alloc(44 + 2 * n);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + 2 * n, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(2 * sampleRate, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(2 * n, 40);
  for (let i = 0; i < n; i++) bytes.writeInt16LE(Math.round(32_767 * Math.max(-1, Math.min(1, sampleAt(i / sampleRate)))), 44 + 2 * i);
  return bytes;
}

export const silence = (sampleRate: number): Buffer => wavBytes(sampleRate, 4, () => 0);

export function whiteNoise(sampleRate: number): Buffer {
  const random = seededRandom(5);
  return wavBytes(sampleRate, 4, () => 0.2 * (2 * random() - 1));
}

/** A slow organ: two chords with five harmonics each. */
export const music = (sampleRate: number): Buffer =>
  wavBytes(sampleRate, 4, (time) => {
    const roots = time % 2 < 1 ? [220, 277.2, 329.6] : [246.9, 311.1, 370];
    let sum = 0;
    for (const root of roots) for (let k = 1; k <= 5; k++) sum += Math.sin(2 * Math.PI * root * k * time) / k;
    return 0.1 * sum;
  });

/** Half a second of silence, a sound file, a second of silence, as wav; ffmpeg decodes it. */
export function spokenClip(path: string): Buffer {
  const decode = ['-v', 'error', '-i', path, '-af', 'adelay=500,apad=pad_dur=1', '-ac', '1', '-ar', '48000', '-f', 'wav', '-'];
  return execFileSync('ffmpeg', decode, { maxBuffer: 2 ** 26 });
}

/** Two phrases in vowels of the simulated speaker, no words: enough to be taken for speech, and nobody's voice. */
export function madeSpeech(): Buffer {
  const samples = [...simulate(3, 4)].flatMap(({ value }) => [...value.samples]);
  return wavBytes(SAMPLE_RATE, samples.length / SAMPLE_RATE, (time) => 0.8 * (samples[Math.round(time * SAMPLE_RATE)] ?? 0));
}
