import { expect, test } from 'vitest';
import { DATABASE_VERSION } from '../../../src/storage/db';
import { exportAll } from '../../../src/storage/exportAll';
import { commitAnalysis } from '../../../src/storage/rows/analyses';
import { appendFeedback } from '../../../src/storage/rows/feedback';
import { addTracks, makeAnalysis, makeTrack, openFresh, trackId } from './rowFixtures';

test('one JSON file with everything but sound, covers and handles', async () => {
  const db = await openFresh();
  const songs = 203; // more than a page
  await addTracks(
    db,
    Array.from({ length: songs }, (_, n) => makeTrack(n)),
  );
  await commitAnalysis(db, makeAnalysis(1));
  await appendFeedback(db, { at: 1, kind: 'rated', trackId: trackId(1), rating: 'like', playlistId: null, affect: null });
  const file = await exportAll(db, 42);
  expect(file.type).toBe('application/json');
  const read = JSON.parse(await file.text()) as Record<string, unknown[]>;
  expect(read).toMatchObject({ app: 'SyncIn', schema: DATABASE_VERSION, exportedAt: 42 });
  expect(read['tracks']).toHaveLength(songs);
  expect(read['analyses']).toMatchObject([{ trackId: trackId(1), truePeak: -1 }]);
  expect(read['details']).toMatchObject([{ trackId: trackId(1), peaks: [1, 2, 3] }]);
  expect(read['lyrics']).toEqual([]);
  expect(read['embeddings']).toMatchObject([{ dimension: 4, trackIds: [trackId(1)] }]);
  expect(read['feedback']).toHaveLength(1);
  expect(read['settings']).toEqual([]);
  expect(read).not.toHaveProperty('covers');
});

test('an empty database exports too', async () => {
  expect(JSON.parse(await (await exportAll(await openFresh(), 1)).text())).toMatchObject({ tracks: [], estimates: [] });
});
