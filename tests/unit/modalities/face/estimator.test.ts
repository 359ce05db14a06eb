import { describe, expect, test } from 'vitest';
import { createEstimator, toInput } from '../../../../src/modalities/face/estimator';
import type { FaceFrame } from '../../../../src/modalities/face/frame';
import { drawFace } from '../../../../src/modalities/face/simulate';
import { FACE_MANIFEST, fakeFaceSession } from './fakeFaceSession';

const crop = (level: number): FaceFrame => ({ kind: 'crop', width: 48, height: 48, rgba: new Uint8ClampedArray(4 * 48 * 48).fill(level) });

test('toInput normalises as the trainer does', () => {
  const { data, shape } = toInput([new Float32Array(48 * 48).fill(255)], FACE_MANIFEST);
  expect(shape).toEqual([1, 1, 48, 48]);
  expect(data[0]).toBeCloseTo((1 - 0.5) / 0.25, 6);
});

describe('createEstimator', () => {
  test('needs its session', () => expect(() => createEstimator([])).toThrow(expect.objectContaining({ code: 'model/unavailable' })));

  test('gives an estimate with model, quality and time of the frame', async () => {
    const observation = await createEstimator([fakeFaceSession()]).push({ at: 1234, value: drawFace('happiness', 1) });
    if (observation?.kind !== 'estimate') throw new Error('expected an estimate');
    expect(observation.estimate).toMatchObject({ source: 'face', at: 1234, models: [{ name: 'face-emotion', version: '0.0.0' }] });
    expect(observation.estimate.signalQuality).toBeGreaterThan(0.5);
    expect(observation.estimate.affect.valenceSd).toBeGreaterThan(0);
  });

  test('no face is an absence', async () => {
    const frame = drawFace('neutral', 1);
    const observation = await createEstimator([fakeFaceSession()]).push({ at: 5, value: { ...frame, face: null, faces: 0 } as FaceFrame });
    expect(observation).toEqual({ kind: 'absent', source: 'face', at: 5, reason: 'no-face' });
  });

  test('a face in the dark is a poor signal, and the model is not asked', async () => {
    const seen: Float32Array[] = [];
    const frame = drawFace('neutral', 1);
    if (frame.kind !== 'picture') throw new Error('a drawn face is a picture');
    const observation = await createEstimator([fakeFaceSession(seen)]).push({
      at: 5,
      value: { ...frame, rgba: frame.rgba.map((level) => level / 20) },
    });
    expect(observation).toMatchObject({ kind: 'absent', reason: 'poor-signal' });
    expect(seen).toEqual([]);
  });

  test('a tight crop is never refused and reaches the model pixel for pixel', async () => {
    const seen: Float32Array[] = [];
    const observation = await createEstimator([fakeFaceSession(seen)]).push({ at: 5, value: crop(51) });
    expect(observation?.kind).toBe('estimate');
    expect(seen[0]?.every((value) => Math.abs(value - (0.2 - 0.5) / 0.25) < 1e-5)).toBe(true);
  });

  test('a still is read in six views at once, a live face one way after the other', async () => {
    const ramp: FaceFrame = {
      kind: 'crop',
      width: 48,
      height: 48,
      rgba: Uint8ClampedArray.from({ length: 4 * 48 * 48 }, (_, i) => 5 * (Math.floor(i / 4) % 48)),
    };
    const still: Float32Array[] = [];
    await createEstimator([fakeFaceSession(still)], { still: true }).push({ at: 0, value: ramp });
    expect(still[0]).toHaveLength(6 * 48 * 48);
    const firstRow = (view: number) => [...(still[0]?.subarray(view * 48 * 48, view * 48 * 48 + 48) ?? [])];
    const straight = firstRow(2);
    expect(firstRow(3)).toEqual([...straight].reverse());
    expect(firstRow(0)).toEqual([...straight.slice(1), straight[47]]);
    expect(firstRow(4)).toEqual([straight[0], ...straight.slice(0, 47)]);

    const live: Float32Array[] = [];
    const estimator = createEstimator([fakeFaceSession(live)]);
    for (let at = 0; at < 3; at++) await estimator.push({ at, value: ramp });
    expect(live.map((pixels) => pixels.length)).toEqual([48 * 48, 48 * 48, 48 * 48]);
    expect([...(live[0]?.subarray(0, 48) ?? [])]).toEqual(straight);
    expect([...(live[1]?.subarray(0, 48) ?? [])]).toEqual([...straight].reverse());
    expect(live[2]).toEqual(live[0]);
  });

  test('tells how long its stages took', async () => {
    let time = 0;
    const stages: [string, number][] = [];
    const estimator = createEstimator([fakeFaceSession()], {
      clock: () => (time += 10),
      onStage: (stage, took) => stages.push([stage, took]),
    });
    await estimator.push({ at: 0, value: crop(90) });
    expect(stages).toEqual([
      ['crop', 10],
      ['model', 10],
    ]);
  });

  test.each([[{}], [{ logits: { data: new Float32Array(8).fill(NaN), shape: [1, 8] } }]])(
    'a model that answers nonsense is a failure',
    async (outputs) => {
      const broken = { manifest: FACE_MANIFEST, run: () => Promise.resolve(outputs) };
      await expect(createEstimator([broken]).push({ at: 0, value: crop(90) })).rejects.toMatchObject({ code: 'model/run-failed' });
    },
  );
});
