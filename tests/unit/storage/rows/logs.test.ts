import { describe, expect, test } from 'vitest';
import type { EmotionEstimate } from '../../../../src/core/emotion';
import type { FeedbackEvent, Playlist } from '../../../../src/core/music';
import { DEFAULT_SETTINGS } from '../../../../src/core/settings';
import type { EstimateId, PlaylistId } from '../../../../src/core/units';
import { listEstimates, putEstimate, thinEstimates } from '../../../../src/storage/rows/estimates';
import { appendFeedback, listFeedback, listFeedbackBetween } from '../../../../src/storage/rows/feedback';
import { listPlaylists, putPlaylist, removePlaylist } from '../../../../src/storage/rows/playlists';
import { loadSettings, saveSettings, validSettings } from '../../../../src/storage/rows/settings';
import { openFresh, trackId } from '../rowFixtures';

const rated = (at: number): FeedbackEvent => ({ at, kind: 'rated', trackId: trackId(1), rating: 'like', playlistId: null, affect: null });

const estimate = (at: number): EmotionEstimate => ({
  id: `e${at}` as EstimateId,
  source: 'fusion',
  at,
  windowMs: 100,
  probabilities: { neutral: 1, happiness: 0, sadness: 0, anger: 0, fear: 0, disgust: 0, surprise: 0 },
  affect: { valence: 0, arousal: 0, valenceSd: 1, arousalSd: 1 },
  confidence: 0.5,
  signalQuality: 0.5,
  latencyMs: 20,
  models: [],
});

test('feedback is an append-only log: order of writing stays, also when clocks jump', async () => {
  const db = await openFresh();
  for (const at of [30, 10, 20, 10]) await appendFeedback(db, rated(at));
  expect((await listFeedback(db)).map(({ at }) => at)).toEqual([30, 10, 20, 10]);
  expect((await listFeedbackBetween(db, 10, 30)).map(({ at }) => at)).toEqual([10, 10, 20]);
});

test('estimates are thinned by age', async () => {
  const db = await openFresh();
  const minute = 60_000;
  const day = 1440 * minute;
  const now = 100 * day;
  const times = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i * 1000);
  for (const at of [
    ...times(now - 40 * day, 120),
    ...times(now - 2 * day, 120),
    ...times(now - 2 * 60 * minute, 20),
    ...times(now - minute, 10),
  ]) {
    await putEstimate(db, estimate(at));
  }
  expect(await thinEstimates(db, now)).toBe(119 + 118 + 16);
  expect(await listEstimates(db, now - 41 * day, now - 39 * day)).toHaveLength(1);
  expect(await listEstimates(db, now - 3 * day, now - day)).toHaveLength(2);
  expect(await listEstimates(db, now - 3 * 60 * minute, now - 60 * minute)).toHaveLength(4);
  expect(await listEstimates(db, now - minute, now)).toHaveLength(10);
  expect(await thinEstimates(db, now)).toBe(0);
});

test('playlists come newest first', async () => {
  const db = await openFresh();
  const playlist = (id: string, createdAt: number): Playlist => ({
    id: id as PlaylistId,
    createdAt,
    strategy: 'match',
    basedOn: null,
    from: { valence: 0, arousal: 0 },
    target: null,
    seed: 1,
    items: [],
  });
  await putPlaylist(db, playlist('a', 2));
  await putPlaylist(db, playlist('b', 1));
  await putPlaylist(db, playlist('c', 3));
  await removePlaylist(db, 'a' as PlaylistId);
  expect((await listPlaylists(db)).map(({ id }) => id)).toEqual(['c', 'b']);
});

describe('settings', () => {
  test('defaults when nothing was saved, then what was', async () => {
    const db = await openFresh();
    expect(await loadSettings(db)).toEqual(DEFAULT_SETTINGS);
    await saveSettings(db, { ...DEFAULT_SETTINGS, theme: 'dark', consentAt: 5 });
    expect(await loadSettings(db)).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', consentAt: 5 });
  });

  test.each([
    [null],
    ['nonsense'],
    [{}],
    [{ volume: Number.NaN, theme: 'pink', strategy: 3, consentAt: -1, crossfade: 99, copyFiles: 'yes' }],
  ])('anything wrong falls back to its default: %j', (stored) => {
    expect(validSettings(stored)).toEqual(DEFAULT_SETTINGS);
  });

  test('what is right stays beside what is wrong, and unknown fields go', () => {
    expect(validSettings({ volume: 0.25, theme: 'pink', spy: true })).toEqual({ ...DEFAULT_SETTINGS, volume: 0.25 });
  });
});
