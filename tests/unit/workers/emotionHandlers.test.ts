import { beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../../src/core/errors';
import type { OpenSession } from '../../../src/ml/backend/backendChoice';
import { drawFace } from '../../../src/modalities/face/simulate';
import face from '../../../src/modalities/face';
import type { BaselineState, StillImage } from '../../../src/modalities/modality';
import { createEmotionHandlers, type AnyModality, type EmotionDependencies } from '../../../src/workers/emotionHandlers';
import { fakeFaceSession } from '../modalities/face/fakeFaceSession';

const REQUEST = { id: 'face', baseUrl: 'https://app.test/sub/' } as const;
const IMAGE: StillImage = { width: 48, height: 48, data: new Uint8ClampedArray(4 * 48 * 48).fill(120) };

/** The face stands for any modality. */
const modalitiesWith = (one: AnyModality): EmotionDependencies['modalities'] => ({
  face: one,
  voice: one,
  text: one,
  physiology: one,
  context: one,
});

let log: string[];
let progress: unknown[];
let time: number;

function dependencies(change: Partial<EmotionDependencies> = {}, modality: Partial<AnyModality> = {}): EmotionDependencies {
  const frontEnd = {
    read: async (raw: { at: number }) => {
      time += 8;
      return { at: raw.at, value: drawFace('happiness', 1) };
    },
    readImage: async (image: StillImage, cropped: boolean) =>
      cropped ? { kind: 'crop', ...image, rgba: image.data } : { ...drawFace('neutral', 2), face: null },
    close: () => void log.push('close front end'),
  };
  const stub = {
    ...face,
    openFrontEnd: async ({ vendorUrl }: { vendorUrl: string }) => {
      log.push(`front end ${vendorUrl}`);
      return frontEnd;
    },
    ...modality,
  };
  return {
    modalities: modalitiesWith(stub as unknown as AnyModality),
    loadModel: async (folder, { onProgress }) => {
      log.push(`load ${folder}`);
      onProgress?.({ loadedBytes: 5, totalBytes: 10 });
      const session: OpenSession = { ...fakeFaceSession(), backend: 'fake', release: async () => void log.push('release') };
      return { session, measured: {} };
    },
    prefetch: async (_, __, ___, onProgress) => onProgress({ loadedBytes: 100, totalBytes: 100 }),
    clock: () => time,
    now: () => 1_000_000 + time,
    ...change,
  };
}

const context = (signal = new AbortController().signal) => ({ signal, progress: (value: unknown) => void progress.push(value) });

beforeEach(() => {
  log = [];
  progress = [];
  time = 0;
});

describe('open', () => {
  test('loads model and front end from the app’s folder and names what runs', async () => {
    const result = await createEmotionHandlers(dependencies()).open(REQUEST, context());
    expect(result).toEqual({ models: [{ name: 'face-emotion', version: '0.0.0', backend: 'fake' }] });
    expect(log).toEqual(['load https://app.test/sub/models/face-emotion/', 'front end https://app.test/sub/vendor/']);
    expect(progress.at(-1)).toEqual({ loadedBytes: 105, totalBytes: 110 });
  });

  test('a second time the first is closed', async () => {
    const handlers = createEmotionHandlers(dependencies());
    await handlers.open(REQUEST, context());
    await handlers.open(REQUEST, context());
    expect(log.filter((entry) => entry === 'release').length).toBe(1);
    expect(log).toContain('close front end');
  });

  test('a model that fails keeps its code, and nothing stays open', async () => {
    const handlers = createEmotionHandlers(
      dependencies({ loadModel: () => Promise.reject(new AppError('model/hash-mismatch', 'damaged')) }),
    );
    await expect(handlers.open(REQUEST, context())).rejects.toMatchObject({ code: 'model/hash-mismatch' });
    await expect(handlers.push({ id: 'face', frames: [{ at: 0, value: null }] })).rejects.toMatchObject({ code: 'unexpected' });
  });

  test.each<[string, Partial<EmotionDependencies>, Partial<AnyModality>]>([
    ['the runtime', { prefetch: () => Promise.reject(new AppError('model/fetch-failed', 'offline')) }, {}],
    ['the front end', {}, { openFrontEnd: () => Promise.reject(new AppError('model/fetch-failed', 'no detector')) }],
  ])('when %s fails, the sessions are released', async (_, change, modality) => {
    await expect(createEmotionHandlers(dependencies(change, modality)).open(REQUEST, context())).rejects.toMatchObject({
      code: 'model/fetch-failed',
    });
    expect(log).toContain('release');
  });
});

describe('push', () => {
  test('answers with observation, geometry, stages, and the time since capture', async () => {
    const handlers = createEmotionHandlers(dependencies());
    await handlers.open(REQUEST, context());
    const [result] = await handlers.push({ id: 'face', frames: [{ at: 1_000_000 - 40, value: null }] });
    expect(result?.observation).toMatchObject({ kind: 'estimate', estimate: { latencyMs: 48, at: 999_960 } });
    expect(result?.geometry).toMatchObject({ faces: 1, width: 112 });
    expect(Object.keys(result?.stages ?? {})).toEqual(['detect', 'crop', 'model', 'total']);
    expect(result?.stages).toMatchObject({ detect: 8, total: 48 });
    expect(result?.took).toBe(8);
    expect(structuredClone(result)).toEqual(result);
  });

  test('a model that breaks while it runs says so and the handlers live on', async () => {
    const broken: OpenSession = {
      ...fakeFaceSession(),
      run: () => Promise.reject(new AppError('model/run-failed', 'lost')),
      backend: 'fake',
      release: async () => {},
    };
    const handlers = createEmotionHandlers(dependencies({ loadModel: async () => ({ session: broken, measured: {} }) }));
    await handlers.open(REQUEST, context());
    await expect(handlers.push({ id: 'face', frames: [{ at: 0, value: null }] })).rejects.toMatchObject({ code: 'model/run-failed' });
    await expect(handlers.push({ id: 'face', frames: [{ at: 0, value: null }] })).rejects.toMatchObject({ code: 'model/run-failed' });
  });
});

describe('several frames at once', () => {
  test('are read one after the other, each with its own result', async () => {
    const order: number[] = [];
    const estimator = {
      async push({ at }: { at: number }) {
        order.push(at);
        await new Promise((resolve) => setTimeout(resolve, 3 - at));
        order.push(-at);
        return { kind: 'absent', source: 'face', at, reason: 'no-face' } as const;
      },
      reset: () => {},
    };
    const { openFrontEnd: _, geometryOf: __, ...rest } = face;
    const modality = { ...rest, createEstimator: () => estimator } as unknown as AnyModality;
    const handlers = createEmotionHandlers({ ...dependencies(), modalities: modalitiesWith(modality) });
    await handlers.open(REQUEST, context());
    const results = await handlers.push({ id: 'face', frames: [1, 2, 3].map((at) => ({ at, value: null })) });
    expect(results.map(({ observation }) => observation)).toMatchObject([{ at: 1 }, { at: 2 }, { at: 3 }]);
    expect(order).toEqual([1, -1, 2, -2, 3, -3]);
  });
});

describe('a modality without front end', () => {
  test('hands its frames to the estimator as they are, and reads no pictures', async () => {
    const { openFrontEnd: _, ...rest } = face;
    const bare = { ...dependencies(), modalities: modalitiesWith(rest as unknown as AnyModality) };
    const handlers = createEmotionHandlers(bare);
    await handlers.open(REQUEST, context());
    const [result] = await handlers.push({ id: 'face', frames: [{ at: 1_000_000, value: drawFace('happiness', 1) }] });
    expect(result?.observation?.kind).toBe('estimate');
    expect(Object.keys(result?.stages ?? {})).toEqual(['crop', 'model', 'total']);
    await expect(handlers.estimateImage({ id: 'face', image: IMAGE, cropped: true })).rejects.toMatchObject({ code: 'unexpected' });
  });
});

describe('baseline', () => {
  const baseline = {
    state: { kind: 'none' } as BaselineState,
    start() {
      this.state = { kind: 'recording', progress: 0 };
    },
    save: () => ({ rest: 60 }),
    restore(saved: unknown) {
      this.state = { kind: 'ready', since: (saved as { since: number }).since };
    },
  };
  const learns: Partial<AnyModality> = {
    createEstimator: () => ({ push: async () => null, reset: () => {}, baseline: { ...baseline } }),
  };

  test('is started, kept and restored in the worker; each answer of a push tells where it is', async () => {
    const handlers = createEmotionHandlers(dependencies({}, learns));
    await handlers.open(REQUEST, context());
    expect(handlers.baseline({ id: 'face', wanted: 'start' })?.state).toEqual({ kind: 'recording', progress: 0 });
    const [pushed] = await handlers.push({ id: 'face', frames: [{ at: 0, value: null }] });
    expect(pushed?.baseline).toEqual({ kind: 'recording', progress: 0 });
    expect(handlers.baseline({ id: 'face', wanted: 'save' })?.saved).toEqual({ rest: 60 });
    expect(handlers.baseline({ id: 'face', wanted: { restore: { since: 7 } } })?.state).toEqual({ kind: 'ready', since: 7 });
  });

  test('a modality without one says so', async () => {
    const handlers = createEmotionHandlers(dependencies());
    await handlers.open(REQUEST, context());
    expect(handlers.baseline({ id: 'face', wanted: 'start' })).toBeNull();
  });
});

describe('estimateImage', () => {
  test('a tight crop gets an estimate, a picture without a face an absence', async () => {
    const handlers = createEmotionHandlers(dependencies());
    await handlers.open(REQUEST, context());
    const crop = await handlers.estimateImage({ id: 'face', image: IMAGE, cropped: true });
    expect(crop.observation.kind).toBe('estimate');
    expect(Object.keys(crop.stages)).toEqual(['detect', 'crop', 'model', 'total']);
    const picture = await handlers.estimateImage({ id: 'face', image: IMAGE, cropped: false });
    expect(picture.observation).toMatchObject({ kind: 'absent', reason: 'no-face' });
  });

  test('needs an open modality', async () => {
    await expect(createEmotionHandlers(dependencies()).estimateImage({ id: 'face', image: IMAGE, cropped: true })).rejects.toMatchObject({
      code: 'unexpected',
    });
  });
});

test('close releases, and twice does no harm', async () => {
  const handlers = createEmotionHandlers(dependencies());
  await handlers.open(REQUEST, context());
  await handlers.close({ id: 'face' });
  await handlers.close({ id: 'face' });
  expect(log.filter((entry) => entry === 'release').length).toBe(1);
});
