import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Situation } from '../../src/core/records/situation';
import { ContextStore } from '../../src/stores/sensing/context/context.svelte';
import { createWorld, endWorld, type World } from './support/storeWorld';

const HOUR = 3_600_000;
let world: World;

beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => endWorld(world));

function create(motion = { canMove: true, ask: vi.fn(() => Promise.resolve(true)) }) {
  const { settings, notices, log, now } = world;
  const clockOf = (at: number) => ({ hour: (at / HOUR) % 24, weekday: 1 });
  return { context: new ContextStore({ settings, notices, log, now, clockOf, faces: () => 2, motion }), motion };
}

describe('context', () => {
  it('hands the sense what may be used and what was said', () => {
    const { context } = create();
    context.say({ activity: 'working', weather: 'sunny' });
    expect(context.feed.stated).toEqual({
      parts: ['time', 'typing', 'faces', 'habit'],
      activity: 'working',
      company: null,
      weather: 'sunny',
      faces: 2,
      said: [],
    });
  });

  it('lets words on the situation grow old, the weather last', () => {
    const { context } = create();
    context.say({ activity: 'working', weather: 'sunny' });
    world.clock.time += 3 * HOUR;
    expect(context.feed.stated).toMatchObject({ activity: null, weather: 'sunny' });
    context.say({ activity: 'resting' });
    world.clock.time += 4 * HOUR;
    expect(context.feed.stated).toMatchObject({ activity: null, weather: null });
    context.say({ company: 'alone' });
    context.say({ company: null });
    expect(context.said.company).toBeNull();
  });

  it('remembers how somebody said they felt, and when; not what they took back', () => {
    const { context } = create();
    world.emotion.correct('sadness');
    world.clock.time += HOUR;
    world.emotion.correct('happiness');
    world.emotion.undoCorrection();
    expect(context.feed.stated.said).toEqual([expect.objectContaining({ hour: 12, valence: -0.63 })]);
  });

  it('keeps what may be used, and asks for the motion sensor first', async () => {
    const { context, motion } = create();
    await context.setPart('motion', true);
    expect(motion.ask).toHaveBeenCalledOnce();
    await context.setPart('time', false);
    expect(world.settings.value.contextParts).toEqual(['typing', 'faces', 'habit', 'motion']);
    expect(structuredClone(world.settings.value.contextParts)).toEqual(world.settings.value.contextParts);
  });

  it('leaves the motion sensor off where it is refused', async () => {
    const { context } = create({ canMove: true, ask: vi.fn(() => Promise.resolve(false)) });
    await context.setPart('motion', true);
    expect(context.parts).not.toContain('motion');
    expect(world.notices.items.map(({ code }) => code)).toEqual(['sensor/permission-denied']);
  });

  it('shows the situation while the sense is on', () => {
    const { context } = create();
    const situation: Situation = {
      clock: { hour: 9, weekday: 1 },
      activity: null,
      company: null,
      weather: null,
      said: [{ hour: 9, weekday: 1, valence: 0, arousal: 0 }],
    };
    context.sensorOptions.onSituation(situation);
    expect(context.situation).toEqual(situation);
    expect(context.words).toBe(1);
    context.onEnd();
    expect(context.situation).toBeNull();
    expect(context.words).toBe(0);
  });
});
