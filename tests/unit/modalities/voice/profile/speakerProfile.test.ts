import { beforeEach, describe, expect, test } from 'vitest';
import { EMOTIONS, type EmotionProbabilities } from '../../../../../src/core/emotion';
import { BANDS, type MelWindow } from '../../../../../src/modalities/voice/frontEnd/melStream';
import { NOBODY, SpeakerProfile } from '../../../../../src/modalities/voice/profile/speakerProfile';
import type { Traits } from '../../../../../src/modalities/voice/profile/tally';

const MODEL = 'voice-emotion 9';
const even = Object.fromEntries(EMOTIONS.map((emotion) => [emotion, 1 / 7])) as unknown as EmotionProbabilities;
const window = (frames: number, level: number): MelWindow => ({ frames, mel: new Float32Array(frames * BANDS).fill(level) });
const traits = (pitch: number): Traits => ({ pitch, range: 2, energy: -30, rate: 4, harmonicity: null, tilt: null });

let profile: SpeakerProfile;
beforeEach(() => (profile = new SpeakerProfile(MODEL)));

/** Reads calmly from `from` on until it is enough. */
function readCalmly(from: number): number {
  profile.start();
  let at = from;
  while (profile.state.kind === 'recording' && at < from + 100) {
    profile.learn(at++, window(125, -30), traits(0));
    profile.weigh(even);
  }
  return at - 1;
}

describe('a calm voice', () => {
  test('is known after twenty seconds of speech, and weighs on what is said from then on', () => {
    expect(profile.state).toEqual({ kind: 'none' });
    expect(profile.weigh(even)).toBe(even);
    const last = readCalmly(50);
    expect(profile.state).toEqual({ kind: 'ready', since: last });
    expect(last - 50).toBe(9);
    // The model said as much of everything in the calm voice: what listeners seldom hear there becomes less likely.
    expect(profile.weigh(even).neutral).toBeGreaterThan(profile.weigh(even).sadness);
  });

  test('progress counts speech, and nothing that was said before it began', () => {
    profile.learn(1, window(1000, -40), traits(0));
    profile.start();
    expect(profile.state).toEqual({ kind: 'recording', progress: 0 });
    profile.learn(2, window(625, -40), null);
    expect(profile.state).toEqual({ kind: 'recording', progress: 0.5 });
  });

  test('ordinary speech alone, however long, is no calm voice', () => {
    for (let at = 0; at < 30; at++) profile.learn(at, window(188, -40), traits(0));
    expect(profile.state.kind).toBe('none');
  });

  test('a reading that nobody reads is given up, and what was known stays', () => {
    const since = readCalmly(0);
    profile.start();
    profile.tick(1000);
    profile.tick(302_000);
    expect(profile.state).toEqual({ kind: 'ready', since });
  });

  test('comes back after a visit, for the same model only', () => {
    readCalmly(7);
    const saved: unknown = JSON.parse(JSON.stringify(profile.save()));
    const again = new SpeakerProfile(MODEL);
    again.restore(saved);
    expect(again.state).toEqual(profile.state);
    expect(again.weigh(even)).toEqual(profile.weigh(even));
    const newer = new SpeakerProfile('voice-emotion 10');
    newer.restore(saved);
    expect(newer.state).toEqual({ kind: 'none' });
    expect(newer.bandsWith(window(1, -60))[0]).toBeCloseTo(profile.bandsWith(window(1, -60))[0] ?? NaN, 3);
  });

  test('is forgotten, and nothing else is taken for a profile', () => {
    readCalmly(0);
    for (const other of [null, 3, {}, { ...NOBODY, version: 1 }, { ...NOBODY, tally: {} }]) profile.restore(other);
    expect(profile.state.kind).toBe('ready');
    profile.restore(NOBODY);
    expect(profile.state.kind).toBe('none');
    expect(profile.save()).toBeNull();
    expect(profile.generation).toBe(1);
  });
});

describe('averages', () => {
  test('the spectrum is the mean over earlier frames and the window', () => {
    profile.learn(0, window(30, -20), null);
    expect(profile.bandsWith(window(10, -60))[5]).toBeCloseTo(-30, 4);
  });

  test('distances are told in own spreads once eight stretches are known', () => {
    for (let i = 0; i < 7; i++) profile.learn(i, window(1, -40), traits(i % 2 === 0 ? 4 : 0));
    expect(profile.distance('pitch', 8, 1)).toBeNull();
    profile.learn(7, window(1, -40), traits(0));
    expect(profile.distance('pitch', 6, 1)).toBeCloseTo(2, 5);
    expect(profile.distance('range', 3, 0.7)).toBeCloseTo(1 / 0.7, 5);
    expect(profile.distance('harmonicity', 3, 1)).toBeNull();
    expect(profile.distance('pitch', null, 1)).toBeNull();
  });
});
