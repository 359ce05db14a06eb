import { describe, expect, test } from 'vitest';
import { beginAnalysis, commitAnalysis, forgetAttempts, listAnalysed } from '../../../../src/storage/rows/analyses';
import { getEmbedding, loadEmbeddings } from '../../../../src/storage/rows/embeddings/loadEmbeddings';
import { BLOCK_SLOTS } from '../../../../src/storage/rows/embeddings/embeddingBlock';
import { removeTracks } from '../../../../src/storage/rows/tracks';
import { addTracks, makeAnalysis, makeTrack, openFresh, trackId } from '../rowFixtures';

const filled = (n: number, dimension = 4) => new Float32Array(dimension).fill(n);

describe('commitAnalysis', () => {
  test('keeps the row without, the embedding apart, and the duration in the song', async () => {
    const db = await openFresh();
    await addTracks(db, [makeTrack(1)]);
    await beginAnalysis(db, trackId(1));
    expect(await commitAnalysis(db, makeAnalysis(1))).toMatchObject({ duration: 101 });
    expect(await db.get('analyses', trackId(1))).not.toHaveProperty('embedding');
    expect(await getEmbedding(db, trackId(1))).toEqual(filled(1));
    expect(await db.count('attempts')).toBe(0);
    expect(await listAnalysed(db, 1)).toEqual([trackId(1)]);
    expect(await listAnalysed(db, 2)).toEqual([]);
  });

  test('a song that was removed meanwhile stays removed', async () => {
    const db = await openFresh();
    expect(await commitAnalysis(db, makeAnalysis(1))).toBeNull();
    expect(await db.count('analyses')).toBe(0);
    expect(await db.count('embeddings')).toBe(0);
  });

  test('doing it again, also with another size, never leaves two embeddings', async () => {
    const db = await openFresh();
    await addTracks(db, [makeTrack(1), makeTrack(2)]);
    for (const n of [1, 2, 1]) await commitAnalysis(db, makeAnalysis(n));
    expect((await loadEmbeddings(db)).trackIds.toSorted()).toEqual([trackId(1), trackId(2)]);
    await commitAnalysis(db, makeAnalysis(1, 6, 2));
    expect(await getEmbedding(db, trackId(1))).toEqual(filled(1, 6));
    expect(await getEmbedding(db, trackId(2))).toEqual(filled(2));
    expect(await loadEmbeddings(db)).toMatchObject({ trackIds: [trackId(1)], dimension: 6 });
    await commitAnalysis(db, makeAnalysis(2, 6, 2));
    expect((await loadEmbeddings(db)).trackIds).toEqual([trackId(1), trackId(2)]);
    expect(await db.count('embeddings')).toBe(1);
  });

  test('blocks fill up, holes are used again, empty blocks go', async () => {
    const db = await openFresh();
    const count = BLOCK_SLOTS + 2;
    await addTracks(
      db,
      Array.from({ length: count }, (_, n) => makeTrack(n)),
    );
    for (let n = 0; n < count; n++) await commitAnalysis(db, makeAnalysis(n));
    expect(await db.getAllKeys('embeddings')).toEqual([0, 1]);
    const packed = await loadEmbeddings(db);
    expect(packed.trackIds).toHaveLength(count);
    packed.trackIds.forEach((id, row) => expect(trackId(packed.vectors[row * 4] ?? -1)).toBe(id));
    await removeTracks(db, [trackId(BLOCK_SLOTS), trackId(BLOCK_SLOTS + 1)]);
    expect(await db.getAllKeys('embeddings')).toEqual([0]);
    await removeTracks(db, [trackId(3)]);
    await addTracks(db, [makeTrack(9000)]);
    await commitAnalysis(db, makeAnalysis(9000));
    expect(await db.get('analyses', trackId(9000))).toMatchObject({ slot: { block: 0, index: 3 } });
  }, 30_000);
});

test('attempts at an analysis are counted until it ends or is forgotten', async () => {
  const db = await openFresh();
  expect(await beginAnalysis(db, trackId(1))).toBe(1);
  expect(await beginAnalysis(db, trackId(1))).toBe(2);
  await forgetAttempts(db, trackId(1));
  expect(await beginAnalysis(db, trackId(1))).toBe(1);
});
