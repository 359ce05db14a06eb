import { IDBObjectStore } from 'fake-indexeddb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { seededRandom } from '../../../../src/core/random';
import type { TrackId } from '../../../../src/core/units';
import type { CatalogueSong } from '../../../../src/storage/catalogue/catalogueBlock';
import { foldChanges, remakeCatalogue } from '../../../../src/storage/catalogue/foldChanges';
import { readCatalogue } from '../../../../src/storage/catalogue/readCatalogue';
import type { SyncInDatabase } from '../../../../src/storage/db';
import { commitAnalysis } from '../../../../src/storage/rows/analyses';
import { pruneHandles, putHandle } from '../../../../src/storage/rows/handles';
import { queueFiles } from '../../../../src/storage/rows/imports';
import { commitRelocation, commitTrack, putTrack, removeTracks } from '../../../../src/storage/rows/tracks';
import { addTracks, makeAnalysis, makeQueued, makeTrack, openFresh, trackId } from '../rowFixtures';

type Songs = Record<TrackId, CatalogueSong>;

async function fromCatalogue(db: SyncInDatabase): Promise<Songs> {
  let taken: CatalogueSong[] = [];
  await readCatalogue(db, { take: (songs) => taken.push(...songs), startOver: () => (taken = []) });
  const songs = Object.fromEntries(taken.map((song) => [song.track.id, song])) as Songs;
  expect(Object.keys(songs)).toHaveLength(taken.length);
  return songs;
}

/** The truth: row by row. */
async function fromRows(db: SyncInDatabase): Promise<Songs> {
  const songs: Songs = {};
  for (const track of await db.getAll('tracks')) {
    const analysis = await db.get('analyses', track.id);
    const { slot: _, ...row } = analysis ?? { slot: null };
    songs[track.id] = { track, analysis: analysis ? (row as CatalogueSong['analysis']) : null };
  }
  return songs;
}

async function expectTruth(db: SyncInDatabase): Promise<void> {
  expect(await fromCatalogue(db)).toEqual(await fromRows(db));
}

async function foldAll(db: SyncInDatabase, most?: number): Promise<void> {
  while ((await foldChanges(db, most)) > 0);
}

const WRITES = ['put', 'delete', 'clear'] as const;

/** The n-th write from now on fails, as if the tab had died there. @returns how many writes there were */
function killAtWrite(n: number): () => number {
  let writes = 0;
  for (const name of WRITES) {
    const original = IDBObjectStore.prototype[name] as (this: unknown, ...given: unknown[]) => unknown;
    vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(function (this: unknown, ...given: unknown[]) {
      if (++writes === n) throw new DOMException('killed here', 'UnknownError');
      return original.apply(this, given) as never;
    });
  }
  return () => writes;
}

afterEach(() => void vi.restoreAllMocks());

describe('the catalogue', () => {
  test('is empty with the library', async () => {
    const db = await openFresh();
    await expectTruth(db);
    expect(await foldChanges(db)).toBe(0);
  });

  test('says what the rows say through any series of writes, folds and restarts', async () => {
    for (const seed of [1, 2, 3]) {
      const db = await openFresh();
      const random = seededRandom(seed);
      const pick = () => Math.floor(random() * 14);
      for (let step = 0; step < 120; step++) {
        const n = pick();
        const move = Math.floor(random() * 7);
        if (move === 0) await addTracks(db, [makeTrack(n)]);
        else if (move === 1) await commitAnalysis(db, { ...makeAnalysis(n), tempo: step });
        else if (move === 2) await removeTracks(db, [trackId(n), trackId(pick())]);
        else if (move === 3) await foldChanges(db, 1 + pick());
        else if (move === 4) await foldAll(db);
        else if (move === 5) await putTrack(db, makeTrack(n, { title: `Title ${step}` }));
        else await commitRelocation(db, trackId(99), makeTrack(n, { path: `place ${step}` }));
        if (step % 5 === 0) await expectTruth(db);
      }
      await expectTruth(db);
      await foldAll(db);
      expect(await db.count('changes')).toBe(0);
      await expectTruth(db);
      db.close();
    }
  }, 60_000);

  test.each([
    ['a fold', (db: SyncInDatabase) => foldAll(db)],
    ['an analysis', (db: SyncInDatabase) => commitAnalysis(db, { ...makeAnalysis(2), tempo: 77 })],
    ['a removal', (db: SyncInDatabase) => removeTracks(db, [trackId(2), trackId(5)])],
    ['a reading', (db: SyncInDatabase) => commitTrack(db, makeTrack(50), null)],
    ['making it anew', remakeCatalogue],
  ])('killed at every write of %s, it never contradicts the rows', async (_, work) => {
    for (let n = 1; ; n++) {
      const db = await openFresh();
      await addTracks(
        db,
        [1, 2, 3, 4, 5].map((k) => makeTrack(k)),
      );
      await commitAnalysis(db, makeAnalysis(2));
      await foldAll(db);
      await putTrack(db, makeTrack(1, { title: 'new' }));
      await commitAnalysis(db, makeAnalysis(3));
      await removeTracks(db, [trackId(4)]);
      await addTracks(db, [makeTrack(6)]);
      await queueFiles(db, [makeQueued(50)]);
      const writes = killAtWrite(n);
      const isKilled = await work(db).then(
        () => false,
        () => true,
      );
      const count = writes();
      vi.restoreAllMocks();
      expect(isKilled).toBe(count >= n);
      await expectTruth(db);
      await foldAll(db);
      await expectTruth(db);
      db.close();
      if (!isKilled) break;
    }
  });

  test('spreads over blocks and fills the newest one first', async () => {
    const db = await openFresh();
    const tracks = Array.from({ length: 2050 }, (_, n) => makeTrack(n));
    const transaction = db.transaction(['tracks', 'changes'], 'readwrite');
    for (const track of tracks) {
      void transaction.objectStore('tracks').put(track);
      void transaction.objectStore('changes').put({ trackId: track.id });
    }
    await transaction.done;
    await foldAll(db);
    expect((await db.getAll('catalogue')).map(({ songs }) => songs)).toEqual([2048, 2]);
    await putTrack(db, makeTrack(1, { title: 'changed' }));
    await foldAll(db);
    expect((await db.getAll('catalogue')).map(({ songs }) => songs)).toEqual([2048, 2]);
    await expectTruth(db);
    await removeTracks(
      db,
      tracks.slice(0, 3).map(({ id }) => id),
    );
    await foldAll(db);
    expect((await db.getAll('catalogue')).map(({ songs }) => songs)).toEqual([2045, 2]);
    await expectTruth(db);
  }, 60_000);
});

describe('a catalogue that cannot be trusted is made again from the rows', () => {
  const withBlock = async (): Promise<SyncInDatabase> => {
    const db = await openFresh();
    await addTracks(
      db,
      [1, 2, 3].map((n) => makeTrack(n)),
    );
    await commitAnalysis(db, makeAnalysis(1));
    await foldAll(db);
    return db;
  };
  test.each([
    [
      'of another format',
      async (db: SyncInDatabase) => {
        const block = await db.get('catalogue', 0);
        if (block) await db.put('catalogue', { ...block, format: 0 });
      },
    ],
    ['that is nonsense', (db: SyncInDatabase) => db.put('catalogue', { id: 3 } as never)],
    ['that misses a song', (db: SyncInDatabase) => db.put('tracks', makeTrack(9))],
    ['with a song that is gone', (db: SyncInDatabase) => db.delete('tracks', trackId(2))],
  ])('one %s', async (_, spoil) => {
    const db = await withBlock();
    await spoil(db);
    await expectTruth(db);
    await foldAll(db);
    await expectTruth(db);
    const other = await withBlock();
    await spoil(other);
    await putTrack(other, makeTrack(3, { title: 'changed' }));
    await foldAll(other);
    await expectTruth(other);
  });

  test('or read from them when nothing can be written', async () => {
    const db = await withBlock();
    await db.put('catalogue', { id: 3 } as never);
    for (const name of WRITES)
      vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(() => {
        throw new DOMException('the disk is full', 'QuotaExceededError');
      });
    await expectTruth(db);
    vi.restoreAllMocks();
    await expectTruth(db);
    expect(await db.count('changes')).toBe(0);
  });
});

test('what songs still need is found without reading each', async () => {
  const db = await openFresh();
  const source = (handleId: string) => ({ source: { kind: 'handle', handleId } as const });
  await addTracks(db, [makeTrack(1, source('a')), makeTrack(2, source('b')), makeTrack(3, source('c'))]);
  for (const id of ['a', 'b', 'c', 'd', 'e'])
    await putHandle(db, { id, name: id, handle: {} as FileSystemFileHandle, addedAt: 1, listedAt: id === 'e' ? null : 1 });
  await foldAll(db);
  await putTrack(db, makeTrack(2, source('d')));
  await pruneHandles(db);
  expect(await db.getAllKeys('handles')).toEqual(['a', 'c', 'd', 'e']);
});
