import { describe, expect, test } from 'vitest';
import type { ImportFailure, Lyrics } from '../../../../src/core/music';
import { readPages } from '../../../../src/storage/pages';
import { commitAnalysis } from '../../../../src/storage/rows/analyses';
import { getCover } from '../../../../src/storage/rows/covers';
import { clearFileFailures, listFailures, putFailure } from '../../../../src/storage/rows/failures';
import { beginReading, listQueued, queueFiles, unbeginReading } from '../../../../src/storage/rows/imports';
import { getLyrics } from '../../../../src/storage/rows/lyrics';
import {
  commitFailure,
  commitRelocation,
  commitTrack,
  findTrackByHash,
  getTrack,
  listTrackIds,
  removeTracks,
} from '../../../../src/storage/rows/tracks';
import { addTracks, makeAnalysis, makeQueued, makeTrack, openFresh, trackId } from '../rowFixtures';

const failure = (id: string, at: number, of: number | null = null): ImportFailure => ({
  id,
  path: 'a.mp3',
  code: 'library/not-audio',
  at,
  trackId: of === null ? null : trackId(of),
});

describe('reading a queued file ends in one step', () => {
  test('the song is there and the file is out of the queue', async () => {
    const db = await openFresh();
    await queueFiles(db, [makeQueued(1), makeQueued(2)]);
    const cover = { id: 'c', image: new Blob(['x']) };
    expect(await commitTrack(db, makeTrack(1, { coverId: 'c' }), cover)).toEqual({ kind: 'kept' });
    expect((await listQueued(db)).map(({ id }) => id)).toEqual([trackId(2)]);
    expect(await getTrack(db, trackId(1))).toMatchObject({ title: 'Song 1' });
    expect(await getCover(db, 'c')).toBeDefined();
    expect(await getLyrics(db, trackId(1))).toBeUndefined();
  });

  test('lyrics come with their song', async () => {
    const db = await openFresh();
    await queueFiles(db, [makeQueued(1)]);
    const lyrics: Lyrics = { trackId: trackId(1), source: 'tag', language: null, lines: [{ at: 1.5, text: 'Salt' }] };
    await commitTrack(db, makeTrack(1, { lyrics: 'synced' }), null, lyrics);
    expect(await getLyrics(db, trackId(1))).toEqual(lyrics);
    await commitTrack(db, makeTrack(2), null, { ...lyrics, trackId: trackId(2) });
    expect(await getLyrics(db, trackId(2))).toBeUndefined();
    await removeTracks(db, [trackId(1)]);
    expect(await db.count('lyrics')).toBe(0);
  });

  test('the same bytes twice make one song, and the queue keeps the second until it is settled', async () => {
    const db = await openFresh();
    await addTracks(db, [makeTrack(1)]);
    await queueFiles(db, [makeQueued(2)]);
    const result = await commitTrack(db, makeTrack(2, { contentHash: 'hash-1' }), null);
    expect(result).toMatchObject({ kind: 'same', track: { id: trackId(1) } });
    expect(await listTrackIds(db)).toEqual([trackId(1)]);
    await commitFailure(db, trackId(2), failure('2', 1));
    expect(await listQueued(db)).toEqual([]);
    expect(await listFailures(db)).toHaveLength(1);
  });

  test('a file that was taken out of the queue meanwhile does not come back as a song', async () => {
    const db = await openFresh();
    expect(await commitTrack(db, makeTrack(1), null)).toEqual({ kind: 'gone' });
    expect(await listTrackIds(db)).toEqual([]);
  });

  test('a song found at a new place moves there and loses its failure', async () => {
    const db = await openFresh();
    await addTracks(db, [makeTrack(1)]);
    await putFailure(db, failure(trackId(1), 1, 1));
    await queueFiles(db, [makeQueued(9)]);
    await commitRelocation(db, trackId(9), makeTrack(1, { path: 'new/place.mp3' }));
    expect(await findTrackByHash(db, 'hash-1')).toMatchObject({ path: 'new/place.mp3' });
    expect(await listQueued(db)).toEqual([]);
    expect(await listFailures(db)).toEqual([]);
  });

  test('attempts are counted before work begins and can be taken back', async () => {
    const db = await openFresh();
    await queueFiles(db, [makeQueued(1)]);
    expect(await beginReading(db, trackId(1))).toMatchObject({ attempts: 1 });
    expect(await beginReading(db, trackId(1))).toMatchObject({ attempts: 2 });
    await unbeginReading(db, trackId(1));
    expect(await listQueued(db)).toMatchObject([{ attempts: 1 }]);
    expect(await beginReading(db, trackId(8))).toBeUndefined();
  });
});

describe('removeTracks', () => {
  test('takes everything of a song and leaves the others whole', async () => {
    const db = await openFresh();
    await addTracks(db, [makeTrack(1, { coverId: 'shared' }), makeTrack(2, { coverId: 'own' }), makeTrack(3, { coverId: 'shared' })]);
    for (const id of ['shared', 'own']) await db.put('covers', { id, image: new Blob(['x']) });
    for (const n of [1, 2, 3]) await commitAnalysis(db, makeAnalysis(n));
    await queueFiles(db, [makeQueued(4)]);
    const removed = await removeTracks(db, [trackId(1), trackId(2), trackId(4), trackId(77)]);
    expect(removed.map(({ id }) => id)).toEqual([trackId(1), trackId(2)]);
    expect(await listTrackIds(db)).toEqual([trackId(3)]);
    expect(await db.getAllKeys('analyses')).toEqual([trackId(3)]);
    expect(await db.getAllKeys('details')).toEqual([trackId(3)]);
    expect((await db.getAll('embeddings'))[0]?.trackIds).toEqual([null, null, trackId(3)]);
    expect(await db.getAllKeys('covers')).toEqual(['shared']);
    expect(await listQueued(db)).toEqual([]);
  });
});

describe('failures', () => {
  test('newest first; clearing keeps those of songs', async () => {
    const db = await openFresh();
    await putFailure(db, failure('a', 1));
    await putFailure(db, failure('b', 3, 5));
    await putFailure(db, failure('c', 2));
    expect((await listFailures(db)).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
    await clearFileFailures(db);
    expect((await listFailures(db)).map(({ id }) => id)).toEqual(['b']);
  });
});

test('readPages brings every row once, in pages', async () => {
  const db = await openFresh();
  await addTracks(
    db,
    Array.from({ length: 7 }, (_, n) => makeTrack(n)),
  );
  const sizes: number[] = [];
  const ids: string[] = [];
  for await (const page of readPages(db, 'tracks', 3)) {
    sizes.push(page.length);
    ids.push(...page.map(({ id }) => id));
  }
  expect(sizes).toEqual([3, 3, 1]);
  expect(ids).toEqual(Array.from({ length: 7 }, (_, n) => trackId(n)));
});
