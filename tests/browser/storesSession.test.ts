import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/core/errors';
import type { CancelSignal, Timed } from '../../src/core/units';
import { LabStore } from '../../src/stores/sensing/lab.svelte';
import type { OpenSensor, SenseHost } from '../../src/stores/sensing/runSense';
import { SessionStore } from '../../src/stores/sensing/session.svelte';
import { createWorld, endWorld, seen, type World } from './support/storeWorld';

let world: World;
let lab: LabStore;

beforeEach(async () => {
  world = await createWorld();
  lab = new LabStore({ models: ['face-emotion'], modelsUrl: new URL('/models/', location.origin).href, droppedFrames: () => 3 });
});
afterEach(() => {
  vi.useRealTimers();
  lab.close();
  endWorld(world);
});

const pause = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms));

/** A camera that gives a frame every few milliseconds until told to stop, or that breaks after some. */
function fakeSensor(breaksAfter = Infinity, error = new AppError('sensor/disconnected', 'pulled')): OpenSensor {
  return async function* (_id, signal: CancelSignal, options): AsyncGenerator<Timed<unknown>> {
    options.onOpen?.(new MediaStream());
    for (let i = 0; !signal.aborted; i++) {
      if (i >= breaksAfter) throw error;
      yield { at: world.clock.time, value: new ArrayBuffer(1) };
      await pause();
      world.clock.time += 50;
    }
  };
}

function fakeHost(rest: Partial<SenseHost> = {}): SenseHost {
  return {
    droppedFrames: 0,
    busyMs: () => null,
    stop: vi.fn(),
    baseline: vi.fn(() => Promise.resolve(null)),
    close: vi.fn(() => Promise.resolve()),
    open: vi.fn((_id, options) => {
      options?.onProgress?.({ loadedBytes: 5, totalBytes: 10 });
      return Promise.resolve({ models: [{ name: 'face-emotion', version: '1.0.0', backend: 'wasm, 1 thread' }] });
    }),
    push: vi.fn((_id, frame) =>
      Promise.resolve({
        observation: seen('happiness', frame.at),
        geometry: { width: 640, height: 480, box: null, landmarks: new Float32Array(), faces: 1 },
        baseline: null,
        reading: null,
        stages: { detect: 7, total: 20 },
        took: 12,
      }),
    ),
    ...rest,
  };
}

async function createSession(host = fakeHost(), openSensor = fakeSensor(), hasConsent = true) {
  if (hasConsent) await world.settings.update({ consentAt: 1 });
  const { settings, emotion, notices, now } = world;
  const onRest = vi.fn();
  const session = new SessionStore({
    host,
    openSensor,
    lab,
    settings,
    emotion,
    notices,
    now,
    onRest,
    senses: ['face'],
    modelsOf: () => ['face-emotion'],
    measure: () => Promise.resolve(34_000_000),
    listCameras: () => Promise.resolve([{ id: 'cam', label: 'Camera' }]),
    seed: () => 1,
  });
  return { session, host, onRest };
}

const stateOf = (session: SessionStore) => session.senses[0]?.state;

describe('session', () => {
  it('refuses to sense before the notice was accepted', async () => {
    const { session, host } = await createSession(fakeHost(), fakeSensor(), false);
    await session.start('face');
    expect(host.open).not.toHaveBeenCalled();
    expect(stateOf(session)).toEqual({ kind: 'off' });
  });

  it('goes live, hands on what it sees, and stops when told', async () => {
    const { session, host, onRest } = await createSession();
    await session.load();
    expect(session.senses[0]?.bytesToLoad).toBe(34_000_000);
    const starting = session.start('face');
    expect(stateOf(session)?.kind).toBe('loading');
    await starting;
    expect(stateOf(session)).toEqual({ kind: 'live' });
    expect(session.isSensing).toBe(true);
    await vi.waitFor(() => expect(session.senses[0]?.framesPerSecond).toBeGreaterThan(5));
    expect(session.senses[0]).toMatchObject({ bytesToLoad: 0, observation: { kind: 'estimate' } });
    expect(session.previewStream).toBeInstanceOf(MediaStream);
    expect(session.faceGeometry?.faces).toBe(1);
    expect(session.cameras).toHaveLength(1);
    expect(world.emotion.latest?.simulated).toBe(false);
    expect(structuredClone(session.senses)).toEqual(session.senses);
    session.stopAll();
    expect(stateOf(session)).toEqual({ kind: 'off' });
    expect(session.isSensing).toBe(false);
    expect(session.previewStream).toBeNull();
    expect(onRest).toHaveBeenCalled();
    const pushes = vi.mocked(host.push).mock.calls.length;
    await vi.waitFor(() => expect(host.close).toHaveBeenCalledWith('face'));
    await pause(50);
    expect(vi.mocked(host.push).mock.calls.length).toBeLessThanOrEqual(pushes + 1);
    expect(world.notices.items).toEqual([]);
  });

  it('says once that the camera was pulled out, and can be tried again', async () => {
    const { session } = await createSession(fakeHost(), fakeSensor(3));
    await session.start('face');
    await vi.waitFor(() => expect(stateOf(session)).toEqual({ kind: 'failed', code: 'sensor/disconnected', retriable: true }));
    expect(world.notices.items.map(({ code, action }) => [code, action?.key])).toEqual([['sensor/disconnected', 'retry']]);
    world.notices.items[0]?.action?.run();
    expect(stateOf(session)?.kind).toBe('loading');
    session.stopAll();
  });

  it('shows a refused permission and a missing model, the latter for good', async () => {
    const denied = await createSession(fakeHost(), fakeSensor(0, new AppError('sensor/permission-denied', 'no')));
    await denied.session.start('face');
    expect(stateOf(denied.session)).toMatchObject({ kind: 'failed', code: 'sensor/permission-denied', retriable: true });
    const bare = await createSession(fakeHost({ open: () => Promise.reject(new AppError('model/unavailable', 'none')) }));
    await bare.session.start('face');
    expect(stateOf(bare.session)).toMatchObject({ kind: 'failed', code: 'model/unavailable', retriable: false });
  });

  it('bears a crash that the host repairs, and gives up when frames keep failing', async () => {
    let left = 3;
    const push = vi.fn<SenseHost['push']>((_id, frame) =>
      left-- > 0
        ? Promise.reject(new AppError('worker/crashed', 'bang'))
        : Promise.resolve({ observation: seen('fear', frame.at), geometry: null, baseline: null, reading: null, stages: {}, took: 1 }),
    );
    const mended = await createSession(fakeHost({ push }));
    await mended.session.start('face');
    expect(stateOf(mended.session)).toEqual({ kind: 'live' });
    mended.session.stopAll();
    const stop = vi.fn();
    const broken = await createSession(fakeHost({ stop, push: () => Promise.reject(new AppError('worker/crashed', 'bang')) }));
    await broken.session.start('face');
    expect(stateOf(broken.session)).toMatchObject({ kind: 'failed', code: 'worker/crashed' });
    expect(stop).toHaveBeenCalledOnce();
  });

  it('restarts with another camera', async () => {
    const { session } = await createSession();
    await session.start('face');
    await session.chooseCamera('other');
    expect(session.cameraId).toBe('other');
    expect(stateOf(session)).toEqual({ kind: 'live' });
    session.stopAll();
  });

  it('plays a simulated listener that never mixes with a real one', async () => {
    const { session } = await createSession();
    await session.start('face');
    session.startSimulation();
    expect(session.isSensing).toBe(false);
    expect(session.isSimulated).toBe(true);
    expect(world.emotion.latest).toBeNull();
    await vi.waitFor(() => expect(world.emotion.latest?.simulated).toBe(true), 2000);
    await session.start('face');
    expect(session.isSimulated).toBe(false);
    expect(world.emotion.latest?.simulated).toBe(false);
    session.stopAll();
  });
});

describe('lab', () => {
  it('shows models by their cards and times by stage', async () => {
    const { session } = await createSession();
    await session.start('face');
    session.stopAll();
    await lab.refresh();
    expect(lab.latencies.map(({ stage }) => stage)).toEqual(['face detect', 'face total']);
    expect(lab.runtime.wasmThreads).toBeGreaterThan(0);
    expect(lab.runtime.droppedFrames).toBe(3);
    for (const model of lab.models) {
      expect(model.name).toBe('face-emotion');
      expect(model.metrics.length).toBeGreaterThan(0);
      expect(model.backend).toBe('wasm, 1 thread');
    }
    expect(structuredClone(lab.models)).toEqual(lab.models);
  });
});
