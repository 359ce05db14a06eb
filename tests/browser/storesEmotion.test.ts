import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listEstimates } from '../../src/storage/rows/estimates';
import { listFeedback } from '../../src/storage/rows/feedback';
import { EmotionStore } from '../../src/stores/sensing/emotion.svelte';
import { JournalStore } from '../../src/stores/journal.svelte';
import { createWorld, endWorld, NOON, seen, track, type World } from './support/storeWorld';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => {
  vi.useRealTimers();
  endWorld(world);
});

/** One estimate a quarter of a second, for a while. */
function watch(emotion: Parameters<typeof seen>[0], seconds: number, simulated = false): void {
  for (let i = 0; i < seconds * 4; i++) {
    world.clock.time += 250;
    world.emotion.accept(seen(emotion, world.clock.time), simulated);
  }
}

describe('emotion', () => {
  it('follows what the senses say, smoothly, as plain data', () => {
    const { emotion } = world;
    watch('neutral', 2);
    watch('happiness', 0.25);
    expect(emotion.latest?.probabilities.happiness).toBeLessThan(0.8);
    watch('happiness', 5);
    expect(emotion.latest?.probabilities.happiness).toBeGreaterThan(0.85);
    expect(emotion.affect?.valence).toBeGreaterThan(0.7);
    expect(structuredClone(emotion.latest)).toEqual(emotion.latest);
    expect(structuredClone(emotion.bySense)).toEqual(emotion.bySense);
    expect(emotion.bySense.get('face')?.source).toBe('face');
  });

  it('keeps a trail of five minutes, a second apart', () => {
    watch('happiness', 400);
    const { trail } = world.emotion;
    expect(trail.length).toBeGreaterThan(290);
    expect(trail.length).toBeLessThanOrEqual(301);
    expect(trail[1]!.at - trail[0]!.at).toBe(1000);
  });

  it('fades while nobody speaks, and is stale when nothing of it is left', () => {
    vi.useFakeTimers();
    const { emotion, fusion, clock } = world;
    const pass = (seconds: number) => {
      for (let i = 0; i < seconds; i++) {
        clock.time += 1000;
        vi.advanceTimersByTime(1000);
      }
    };
    watch('happiness', 1);
    const { confidence } = emotion.latest!;
    pass(6);
    expect(emotion.isStale).toBe(false);
    expect(emotion.latest!.confidence).toBeLessThan(confidence);
    expect(emotion.latest!.affect.valenceSd).toBeGreaterThan(0.35);
    emotion.accept({ kind: 'absent', source: 'face', at: clock.time, reason: 'no-face' }, false);
    pass(5);
    expect(emotion.isStale).toBe(true);
    expect(emotion.latest).not.toBeNull();
    expect(fusion.state?.parts).toMatchObject([{ source: 'face', weight: 0, silence: 'no-face' }]);
    expect(vi.getTimerCount()).toBe(0);
    watch('happiness', 0.25);
    expect(emotion.isStale).toBe(false);
  });

  it('lets the user have the last word for ten minutes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { emotion, onChanged } = world;
    watch('sadness', 3);
    emotion.correct('calm');
    expect(emotion.affect).toEqual({ valence: 0.6, arousal: -0.62, valenceSd: 0.15, arousalSd: 0.15 });
    expect(onChanged).toHaveBeenLastCalledWith(true);
    watch('sadness', 3);
    expect(emotion.affect?.valence).toBe(0.6);
    vi.advanceTimersByTime(600_001);
    expect(emotion.correction).toBeNull();
    expect(emotion.affect?.valence).toBeLessThan(0);
    vi.useRealTimers();
    await vi.waitFor(async () => expect(await listFeedback(world.db)).toHaveLength(1));
    expect((await listFeedback(world.db))[0]).toMatchObject({
      kind: 'emotion-corrected',
      label: 'calm',
      estimateId: expect.stringMatching(/^fusion-/) as string,
    });
  });

  it('takes a correction back', () => {
    const { emotion, log } = world;
    emotion.correct('anger');
    const at = emotion.correction?.at;
    emotion.undoCorrection();
    expect(emotion.correction).toBeNull();
    expect(emotion.affect).toBeNull();
    expect(log.events.at(-1)).toMatchObject({ kind: 'correction-undone', correctionAt: at });
  });

  it('takes up a recent word after a reload, not an old or undone one', () => {
    const { log, db, fusion, notices, now, clock, emotion } = world;
    const reload = () => {
      const fresh = new EmotionStore({ db, log, fusion, notices, now });
      fresh.restore();
      fresh.close();
      return fresh.correction?.label ?? null;
    };
    emotion.correct('happiness');
    clock.time += 60_000;
    expect(reload()).toBe('happiness');
    clock.time += 600_000;
    expect(reload()).toBeNull();
    emotion.correct('fear');
    emotion.undoCorrection();
    expect(reload()).toBeNull();
  });

  it('stores one estimate in five seconds, and never a simulated one', async () => {
    watch('happiness', 30);
    await vi.waitFor(async () => expect((await listEstimates(world.db, 0, Infinity)).length).toBe(6));
    world.emotion.clear();
    watch('anger', 30, true);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await listEstimates(world.db, 0, Infinity)).length).toBe(6);
    expect(world.emotion.simulatedPast).toHaveLength(6);
    expect(world.emotion.feltPoint).toBeNull();
    expect(world.emotion.estimateId).toBeNull();
    expect(world.notices.items).toEqual([]);
  });

  it('forgets a sense that was switched off', () => {
    watch('happiness', 1);
    world.emotion.forget('face');
    expect(world.emotion.bySense.size).toBe(0);
    world.emotion.clear();
    expect(world.emotion.latest).toBeNull();
    expect(world.emotion.trail).toEqual([]);
  });
});

describe('journal', () => {
  it('tells moods, songs and words in order, and marks what was simulated', async () => {
    const { db, emotion, log, notices, clock } = world;
    watch('happiness', 6);
    clock.time += 1000;
    log.append({ kind: 'played', trackId: 'a' as never, fraction: 1, at: clock.time, playlistId: null, affect: emotion.feltPoint });
    clock.time += 1000;
    emotion.correct('calm');
    clock.time += 1000;
    emotion.correct('fear');
    emotion.undoCorrection();
    emotion.clear();
    watch('anger', 1, true);
    await vi.waitFor(async () => expect(await listFeedback(db)).toHaveLength(4));
    const row = () => ({
      track: track('a'),
      analysis: null,
      status: 'waiting' as const,
      failure: null,
      rating: 'none' as const,
      isCorrected: false,
    });
    const journal = new JournalStore({ db, emotion, log, library: { row }, notices });
    await journal.load(NOON, NOON + 86_400_000);
    expect(journal.entries.map(({ kind, label, simulated }) => [kind, label, simulated])).toEqual([
      ['mood', 'happiness', false],
      ['mood', 'happiness', false],
      ['song', 'Song a', false],
      ['correction', 'calm', false],
      ['mood', 'anger', true],
    ]);
    await journal.load(NOON - 1000, NOON);
    expect(journal.entries).toEqual([]);
  });
});
