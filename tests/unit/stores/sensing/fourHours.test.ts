import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, test, vi } from 'vitest';
import type { EmotionEstimate, Observation } from '../../../../src/core/emotion';
import { gaussian, seededRandom } from '../../../../src/core/random';
import { DEFAULT_SETTINGS } from '../../../../src/core/settings';
import type { ModalityId } from '../../../../src/modalities/registry';
import { EmotionStore } from '../../../../src/stores/sensing/emotion.svelte';
import { FusionStore } from '../../../../src/stores/sensing/fusion/fusion.svelte';
import { FeedbackLog } from '../../../../src/stores/feedbackLog.svelte';
import { NoticesStore } from '../../../../src/stores/notices.svelte';
import { estimateOf, randomEstimates } from '../../fusion/estimates';
import { fakeNetwork } from '../../fusion/fakeNetwork';

const HOUR = 3_600_000;
/** How often each sense speaks, ms. */
const EVERY = { face: 1000, voice: 2000, text: 120_000, physiology: 5000, context: 2000 } as const;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

afterEach(() => {
  vi.useRealTimers();
});

/** A page of its own, on simulated time. */
function createPage() {
  const clock = { time: Date.UTC(2026, 0, 5, 8) };
  const now = () => clock.time;
  const notices = new NoticesStore();
  const log = new FeedbackLog({ db: null, notices });
  const settings = { value: DEFAULT_SETTINGS, isReady: true, update: () => Promise.resolve() };
  const open = () => Promise.resolve(fakeNetwork([0, 0.2, 0, 0, 0, 0, 0]));
  const fusion: FusionStore = new FusionStore({ settings, log, now, open });
  const emotion: EmotionStore = new EmotionStore({ db: null, log, fusion, notices, now });
  return { clock, log, fusion, emotion };
}

function speak(source: ModalityId, at: number, random: () => number): Observation<ModalityId> {
  if (random() < 0.1) return { kind: 'absent', source, at, reason: 'poor-signal' };
  const [like = estimateOf(source, at)] = randomEstimates(Math.floor(1e6 * random()), 1, source);
  const estimate: EmotionEstimate<ModalityId> = { ...like, at, signalQuality: Math.min(1, Math.abs(0.7 + 0.2 * gaussian(random))) };
  return { kind: 'estimate', estimate };
}

test('four hours with all senses leave no more behind than one hour', { timeout: 120_000 }, async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { clock, log, fusion, emotion } = createPage();
  const random = seededRandom(4);
  const start = clock.time;
  const heap: number[] = [];
  await Promise.resolve();
  for (let elapsed = 0; elapsed < 4 * HOUR; elapsed += 1000) {
    clock.time = start + elapsed;
    for (const [source, every] of Object.entries(EVERY)) {
      if (elapsed % every === 0) emotion.accept(speak(source as ModalityId, clock.time, random), false);
    }
    if (elapsed % (10 * 60_000) === 0) emotion.correct('calm');
    if (elapsed === 2000) await Promise.resolve();
    if ((elapsed + 1000) % HOUR === 0) {
      collect();
      heap.push(process.memoryUsage().heapUsed / 1e6);
    }
  }
  expect(fusion.network).toBe('ready');
  expect(fusion.state?.memory).not.toBeNull();
  expect(log.events).toHaveLength(24);
  expect(emotion.trail.length).toBeLessThanOrEqual(301);
  expect(vi.getTimerCount()).toBeLessThanOrEqual(2);
  // The corrections' log grows by some hundred bytes an hour; nothing else may.
  expect((heap.at(-1) ?? NaN) - (heap[0] ?? NaN)).toBeLessThan(1);
  emotion.close();
  expect(vi.getTimerCount()).toBe(0);
});
