import { describe, expect, test } from 'vitest';
import type { Tensor } from '../../../../../src/ml/session';
import { Listener } from '../../../../../src/modalities/voice/activity/listener';
import { Silero, type SileroSession } from '../../../../../src/modalities/voice/activity/silero';
import { BLOCK, type VoiceBlock } from '../../../../../src/modalities/voice/frame';

/** Says what it is told, and remembers what it was asked. */
function fakeSession(probability: (input: Float32Array) => number) {
  const asked: { input: Float32Array; state: number }[] = [];
  const session: SileroSession = {
    run({ input, state, sr }) {
      const samples = input?.data as Float32Array;
      asked.push({ input: samples, state: Number(state?.data[0]) });
      expect(sr?.data[0]).toBe(16_000n);
      const next: Tensor = { data: Float32Array.from(state?.data as Float32Array, (value) => value + 1), shape: [2, 1, 128] };
      return Promise.resolve({ output: { data: Float32Array.of(probability(samples)), shape: [1, 1] }, stateN: next });
    },
    release: () => Promise.resolve(),
  };
  return { session, asked };
}

const SOURCE = { deviceId: 'mic', take: 1, isSuppressed: false };
const block = (level: number, index: number, over: Partial<VoiceBlock> = {}) => ({
  at: 1000 + 96 * index,
  value: {
    samples: Float32Array.from({ length: BLOCK }, (_, i) => level * Math.sin(i + index * BLOCK)),
    sampleTime: index * BLOCK,
    clipped: 0,
    isPlaying: false,
    source: SOURCE,
    ...over,
  },
});

describe('silero', () => {
  test('sees 64 samples of the hop before, and its own state', async () => {
    const { session, asked } = fakeSession(() => 0.5);
    const silero = new Silero(session);
    await silero.push(Float32Array.from({ length: 512 }, (_, i) => i));
    await silero.push(new Float32Array(512));
    expect(Array.from(asked[0]?.input.subarray(0, 65) ?? [])).toEqual([...Array<number>(64).fill(0), 0]);
    expect(asked[1]?.input[0]).toBe(448);
    expect(asked[1]?.input[63]).toBe(511);
    expect(asked.map(({ state }) => state)).toEqual([0, 1]);
    silero.reset();
    await silero.push(new Float32Array(512));
    expect(asked[2]?.state).toBe(0);
    expect(asked[2]?.input[0]).toBe(0);
  });

  test('no number is no answer', async () => {
    const { session } = fakeSession(() => NaN);
    await expect(new Silero(session).push(new Float32Array(512))).rejects.toMatchObject({ code: 'model/run-failed' });
  });
});

describe('the listener', () => {
  test('adds what it hears and passes the rest on', async () => {
    const { session } = fakeSession(() => 0.9);
    const listener = new Listener(new Silero(session));
    const first = await listener.read(block(0.3, 0, { clipped: 0.25, isPlaying: true }));
    expect(first.at).toBe(1000);
    expect(first.value).toMatchObject({ isSpeech: Uint8Array.of(1, 1, 1), clipped: 0.25, isPlaying: true, source: SOURCE });
    expect(Array.from(first.value.speech)).toEqual([0.9, 0.9, 0.9].map(Math.fround));
    const later = await Promise.all(Array.from({ length: 5 }, (_, i) => listener.read(block(0.3, i + 1))));
    expect(later.at(-1)?.value).toMatchObject({ heard: 'speech' });
  });

  test('does not ask the network about digital silence', async () => {
    const { session, asked } = fakeSession(() => 0.9);
    const { value } = await new Listener(new Silero(session)).read(block(0, 0));
    expect(asked).toEqual([]);
    expect(value).toMatchObject({ speech: new Float32Array(3), heard: 'silence', level: -100 });
  });

  test.each([
    ['lost sound', { sampleTime: 9 * BLOCK }],
    ['another take', { source: { ...SOURCE, take: 2 } }],
  ])('%s begins anew', async (_, over) => {
    const { session, asked } = fakeSession(() => 0.9);
    const listener = new Listener(new Silero(session));
    for (let i = 0; i < 4; i++) await listener.read(block(0.3, i));
    await listener.read(block(0.3, 4, over));
    expect(asked.at(-3)?.state).toBe(0);
  });
});
