import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StillImage } from '../../src/modalities/modality';
import { createEmotionHost, type EmotionHost } from '../../src/workers/hosts';
import { paintFace } from './support/paintFace';
import TinyEmotion from './support/tinyEmotion.worker.ts?worker';

function still(canvas: OffscreenCanvas): StillImage {
  const picture = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
  if (!picture) throw new Error('no 2D canvas');
  return { width: picture.width, height: picture.height, data: picture.data };
}

const videoFrame = (canvas: OffscreenCanvas) => new VideoFrame(canvas, { timestamp: 0 });
/** The first start compiles two runtimes, on a busy machine for long. */
const PATIENCE_MS = 120_000;

describe('the emotion worker with a real runtime, detector and a tiny model', () => {
  let host: EmotionHost;
  const progress: { loadedBytes: number; totalBytes: number }[] = [];

  beforeAll(async () => {
    host = createEmotionHost({ baseUrl: `${location.origin}/`, spawn: () => new TinyEmotion() });
    const { models } = await host.open('face', { onProgress: (step) => progress.push(step) });
    expect(models).toEqual([{ name: 'tiny-face', version: '1.0.0', backend: expect.stringMatching(/^wasm, \d thread/) }]);
  }, PATIENCE_MS);
  afterAll(() => host.stop());

  test('opening told how far it was, to the last byte', () => {
    const last = progress.at(-1);
    expect(last?.loadedBytes).toBe(last?.totalBytes);
    expect(last?.totalBytes).toBeGreaterThan(27_000_000);
  });

  test('finds the painted face in a video frame and estimates', async () => {
    const frame = videoFrame(paintFace());
    const result = await host.push('face', { at: Date.now(), value: frame }, [frame]);
    if (result === 'superseded') throw new Error('nothing else was pushed');
    expect(result.observation).toMatchObject({ kind: 'estimate', estimate: { source: 'face', models: [{ name: 'tiny-face' }] } });
    expect(result.geometry).toMatchObject({ width: 640, height: 480, faces: 1 });
    const box = result.geometry?.box;
    expect(box && box.x < 300 && box.x + box.width > 340 && box.y < 240 && box.y + box.height > 320).toBe(true);
    expect(Object.keys(result.stages)).toEqual(['detect', 'crop', 'model', 'total']);
  });

  test('takes bitmaps as well, and says when nobody is there', async () => {
    const bitmap = await createImageBitmap(paintFace());
    const seen = await host.push('face', { at: Date.now(), value: bitmap }, [bitmap]);
    expect(seen).toMatchObject({ observation: { kind: 'estimate' } });
    const empty = new OffscreenCanvas(640, 480);
    empty.getContext('2d')?.fillRect(0, 0, 640, 480);
    // The landmarker follows a face for a moment after it left.
    let reason = '';
    for (let i = 0; i < 10 && reason === ''; i++) {
      const frame = videoFrame(empty);
      const result = await host.push('face', { at: Date.now(), value: frame }, [frame]);
      if (result !== 'superseded' && result.observation?.kind === 'absent') reason = result.observation.reason;
    }
    expect(reason).toBe('no-face');
  });

  test('of two faces the larger one counts', async () => {
    const canvas = paintFace(640, 480, { x: 200, y: 260, radius: 110 });
    canvas.getContext('2d')?.drawImage(paintFace(200, 200, { x: 100, y: 100, radius: 50 }), 430, 40);
    const { observation } = await host.estimateImage({ id: 'face', image: still(canvas), cropped: false });
    expect(observation.kind).toBe('estimate');
    const frame = videoFrame(canvas);
    const result = await host.push('face', { at: Date.now(), value: frame }, [frame]);
    if (result === 'superseded') throw new Error('nothing else was pushed');
    expect(result.geometry?.faces).toBe(2);
    expect((result.geometry?.box?.x ?? NaN) < 200).toBe(true);
  });

  test('a tight crop is read as it is; a picture without a face has none', async () => {
    const crop = { width: 48, height: 48, data: new Uint8ClampedArray(4 * 48 * 48).fill(128) };
    expect((await host.estimateImage({ id: 'face', image: crop, cropped: true })).observation).toMatchObject({ kind: 'estimate' });
    expect((await host.estimateImage({ id: 'face', image: crop, cropped: false })).observation).toMatchObject({
      kind: 'absent',
      reason: 'no-face',
    });
  });

  test('of frames that come too fast the newest wins', async () => {
    const before = host.droppedFrames;
    const results = await Promise.all(
      Array.from({ length: 5 }, () => {
        const frame = videoFrame(paintFace());
        return host.push('face', { at: Date.now(), value: frame }, [frame]);
      }),
    );
    expect(results.filter((result) => result === 'superseded').length).toBe(3);
    expect(host.droppedFrames - before).toBe(3);
  });

  test(
    'a worker that dies rejects its call, and the next frame finds a new one',
    async () => {
      await expect(host.push('face', { at: Date.now(), value: 'die' }, [])).rejects.toMatchObject({ code: 'worker/crashed' });
      const frame = videoFrame(paintFace());
      const result = await host.push('face', { at: Date.now(), value: frame }, [frame]);
      expect(result).toMatchObject({ observation: { kind: 'estimate' } });
    },
    PATIENCE_MS,
  );
});

test(
  'opening stops when it is aborted',
  async () => {
    const host = createEmotionHost({ baseUrl: `${location.origin}/`, spawn: () => new TinyEmotion() });
    const controller = new AbortController();
    const opening = host.open('face', { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(opening).rejects.toMatchObject({ name: 'AbortError' });
    host.stop();
  },
  PATIENCE_MS,
);

test(
  'a build without the model keeps the sense off with its code',
  async () => {
    const host = createEmotionHost({ baseUrl: `${location.origin}/tests/fixtures/nowhere/`, spawn: () => new TinyEmotion() });
    await expect(host.open('face')).rejects.toMatchObject({ code: expect.stringMatching(/^model\/(unavailable|manifest-invalid)$/) });
    await expect(host.measureLoad('face')).rejects.toMatchObject({ code: expect.stringMatching(/^model\//) });
    host.stop();
  },
  PATIENCE_MS,
);
