import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CONTEXT_PARTS } from '../../../../src/core/records/situation';
import { ContextFeed, situationOf, type StatedContext } from '../../../../src/modalities/context/feed';

const ALL: StatedContext = {
  parts: CONTEXT_PARTS,
  activity: null,
  company: null,
  weather: 'rainy',
  faces: null,
  said: [{ valence: 0.1, arousal: 0.2, hour: 9, weekday: 1 }],
};
const measured = { clock: { hour: 9, weekday: 1 }, motion: null, isAtWork: false } as const;

describe('the situation', () => {
  test('what is switched off is not known', () => {
    const situation = situationOf({ ...ALL, parts: [], faces: 3 }, { ...measured, motion: 'walking', isAtWork: true });
    expect(situation).toEqual({ clock: null, activity: null, company: null, weather: null, said: [] });
  });

  test('the listener’s word wins over what was noticed', () => {
    expect(situationOf({ ...ALL, activity: 'resting' }, { ...measured, motion: 'walking' }).activity).toEqual({
      value: 'resting',
      isSaid: true,
    });
    expect(situationOf({ ...ALL, company: 'alone', faces: 2 }, measured).company).toEqual({ value: 'alone', isSaid: true });
  });

  test('movement says more than typing', () => {
    expect(situationOf(ALL, { ...measured, motion: 'walking', isAtWork: true }).activity).toEqual({ value: 'walking', isSaid: false });
    expect(situationOf(ALL, { ...measured, isAtWork: true }).activity).toEqual({ value: 'working', isSaid: false });
  });

  test('two faces are company, one face says nothing of it', () => {
    expect(situationOf({ ...ALL, faces: 2 }, measured).company).toEqual({ value: 'together', isSaid: false });
    expect(situationOf({ ...ALL, faces: 1 }, measured).company).toBeNull();
  });

  test('own words count only with a clock to set them beside', () => {
    expect(situationOf(ALL, measured).said).toHaveLength(1);
    expect(situationOf({ ...ALL, parts: ['habit'] }, measured).said).toHaveLength(0);
  });
});

describe('the feed', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('goes on after two seconds, on a change, and when the sense is switched off', async () => {
    const feed = new ContextFeed(() => ALL);
    const controller = new AbortController();
    const ended = vi.fn();
    void feed.next(controller.signal).then(ended);
    await vi.advanceTimersByTimeAsync(1999);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toHaveBeenCalledOnce();
    void feed.next(controller.signal).then(ended);
    feed.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toHaveBeenCalledTimes(2);
    void feed.next(controller.signal).then(ended);
    controller.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toHaveBeenCalledTimes(3);
    expect(vi.getTimerCount()).toBe(0);
  });
});
