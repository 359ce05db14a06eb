import { afterEach, describe, expect, test, vi } from 'vitest';
import workletUrl from '../../src/worklets/capture.worklet.ts?worker&url';
import { listMicrophones, openSensor, type Interruption, type MicrophoneOptions } from '../../src/modalities/voice/sensor';
import type { Timed } from '../../src/core/units';
import type { VoiceBlock } from '../../src/modalities/voice/frame';

afterEach(() => vi.restoreAllMocks());

const options = (over: Partial<MicrophoneOptions> = {}): MicrophoneOptions => ({
  deviceId: null,
  isSuppressed: false,
  isPlaying: () => false,
  workletUrl,
  ...over,
});

interface Heard {
  readonly blocks: readonly (Timed<VoiceBlock> & { readonly arrived: number })[];
  readonly stream: MediaStream | null;
}

/** Listens until there are `count` blocks; `each` is told of every one. */
async function hear(
  count: number,
  over: Partial<MicrophoneOptions> = {},
  each: (n: number, stream: MediaStream) => void = () => undefined,
): Promise<Heard> {
  const controller = new AbortController();
  const blocks: (Timed<VoiceBlock> & { arrived: number })[] = [];
  let stream: MediaStream | null = null;
  const onOpen = (opened: MediaStream) => (stream = opened);
  for await (const block of openSensor(controller.signal, options({ ...over, onOpen }))) {
    blocks.push({ ...block, arrived: Date.now() });
    if (stream) each(blocks.length, stream);
    if (blocks.length === count) controller.abort();
  }
  return { blocks, stream };
}

/** An audio context that refuses what the browser of another maker refuses. */
function refuseRates(): void {
  const Real = AudioContext;
  vi.spyOn(globalThis, 'AudioContext').mockImplementation(function (given?: AudioContextOptions) {
    const context = new Real({ ...given, sampleRate: 44_100 });
    if (given?.sampleRate !== undefined) {
      context.createMediaStreamSource = () => {
        throw new DOMException('another rate', 'NotSupportedError');
      };
    }
    return context;
  });
}

const rms = (blocks: Heard['blocks']) =>
  Math.sqrt(blocks.flatMap(({ value }) => Array.from(value.samples)).reduce((sum, x) => sum + x * x, 0) / (1536 * blocks.length));

describe('the microphone sensor on the browser’s fake microphone', () => {
  test('gives blocks of 96 ms without gaps, and turns the microphone off at the end', async () => {
    const { blocks, stream } = await hear(12);
    expect(blocks.map(({ value }) => value.sampleTime)).toEqual(blocks.map((_, i) => 1536 * i));
    expect(blocks.every(({ value }) => value.samples.length === 1536 && value.source.take === blocks[0]?.value.source.take)).toBe(true);
    // The fake microphone beeps.
    expect(rms(blocks)).toBeGreaterThan(0.01);
    for (const { at, arrived } of blocks) expect(arrived - at >= 0 && arrived - at < 2000).toBe(true);
    expect(stream?.getTracks().every((track) => track.readyState === 'ended')).toBe(true);
  });

  test('resamples where the browser joins no stream of another rate', async () => {
    refuseRates();
    const { blocks } = await hear(10);
    expect(blocks.map(({ value }) => value.sampleTime)).toEqual(blocks.map((_, i) => 1536 * i));
    expect(rms(blocks)).toBeGreaterThan(0.01);
  });

  test('takes noise out when it is told to', async () => {
    const { blocks } = await hear(10, { isSuppressed: true });
    expect(blocks.every(({ value }) => value.source.isSuppressed)).toBe(true);
    expect(blocks.every(({ value }) => value.samples.every(Number.isFinite))).toBe(true);
  });

  test('asks for plain sound, and for echo cancellation while the player sounds', async () => {
    const asked = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
    let isPlaying = false;
    const { blocks } = await hear(10, { isPlaying: () => isPlaying }, (n) => (isPlaying = n >= 4));
    const constraints = asked.mock.calls.map(([given]) => given?.audio as MediaTrackConstraints);
    expect(constraints.map(({ echoCancellation }) => echoCancellation)).toEqual([false, true]);
    for (const { noiseSuppression, autoGainControl } of constraints) expect([noiseSuppression, autoGainControl]).toEqual([false, false]);
    const takes = new Set(blocks.map(({ value }) => value.source.take));
    expect(takes.size).toBe(2);
  });

  test('a microphone that is pulled out ends with its own code', async () => {
    const pull = (n: number, stream: MediaStream) => {
      if (n === 3) stream.getAudioTracks()[0]?.dispatchEvent(new Event('ended'));
    };
    await expect(hear(20, {}, pull)).rejects.toMatchObject({ code: 'sensor/disconnected' });
  });

  test('a device that changes its rate is opened anew', async () => {
    const change = (n: number, stream: MediaStream) => {
      const [track] = stream.getAudioTracks();
      if (n !== 3 || !track) return;
      track.getSettings = () => ({ sampleRate: 8000 });
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    };
    const { blocks } = await hear(8, {}, change);
    expect(new Set(blocks.map(({ value }) => value.source.take)).size).toBe(2);
  });

  test('tells when the browser puts it to sleep, and wakes at the next click', async () => {
    const contexts: AudioContext[] = [];
    const Real = AudioContext;
    vi.spyOn(globalThis, 'AudioContext').mockImplementation(function (given?: AudioContextOptions) {
      const context = new Real(given);
      contexts.push(context);
      return context;
    });
    const told: (Interruption | null)[] = [];
    const sleep = (n: number) => {
      if (n === 3) void contexts[0]?.suspend();
    };
    const onInterruption = (interruption: Interruption | null) => {
      told.push(interruption);
      if (interruption === 'asleep') setTimeout(() => document.dispatchEvent(new Event('pointerdown')), 200);
    };
    const { blocks } = await hear(8, { onInterruption }, sleep);
    expect(blocks.length).toBe(8);
    expect(told.filter((item, i) => item !== told[i - 1]).slice(-3)).toEqual(['asleep', null]);
  });

  test.each([
    ['NotAllowedError', 'sensor/permission-denied'],
    ['NotFoundError', 'sensor/not-found'],
    ['NotReadableError', 'sensor/in-use'],
    ['TypeError', 'sensor/unsupported'],
  ])('%s is told as %s', async (name, code) => {
    vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValue(new DOMException('no', name));
    await expect(hear(1)).rejects.toMatchObject({ code });
  });

  test('another tab that listens keeps this one from it', async () => {
    let release: () => void = () => undefined;
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const locks = frame.contentWindow?.navigator.locks ?? navigator.locks;
    const held = new Promise<void>((resolve) => {
      void locks.request('syncin-microphone', () => {
        resolve();
        return new Promise<void>((end) => (release = end));
      });
    });
    await held;
    await expect(hear(1)).rejects.toMatchObject({ code: 'sensor/other-tab' });
    release();
    await vi.waitFor(async () => expect((await navigator.locks.query()).held).toEqual([]));
    expect((await hear(1)).blocks.length).toBe(1);
    frame.remove();
  });

  test('off and on again at once is no quarrel', async () => {
    const first = hear(2);
    const second = hear(2);
    expect((await first).blocks.length + (await second).blocks.length).toBe(4);
  });

  test('a cancelled sensor gives nothing and leaves nothing open', async () => {
    const controller = new AbortController();
    controller.abort();
    for await (const block of openSensor(controller.signal, options())) expect(block).toBeUndefined();
    expect((await navigator.locks.query()).held).toEqual([]);
  });

  test('lists microphones', async () => expect((await listMicrophones()).length).toBeGreaterThan(0));
});
