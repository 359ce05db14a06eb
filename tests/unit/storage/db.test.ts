import { openDB } from 'idb';
import { describe, expect, test, vi } from 'vitest';
import type { TrackId } from '../../../src/core/units';
import { DATABASE_VERSION, openDatabase } from '../../../src/storage/db';
import { getEmbedding, loadEmbeddings } from '../../../src/storage/rows/embeddings/loadEmbeddings';
import { getDetail } from '../../../src/storage/rows/details';
import { listEntries, putEntry } from '../../../src/storage/rows/journal/entries';
import { getTrack } from '../../../src/storage/rows/tracks';
import { makeAnalysis, makeTrack, openFresh, trackId } from './rowFixtures';

const STORES = [
  'analyses',
  'attempts',
  'catalogue',
  'changes',
  'covers',
  'details',
  'embeddings',
  'entries',
  'estimates',
  'failures',
  'feedback',
  'handles',
  'imports',
  'lyrics',
  'playlists',
  'recordings',
  'settings',
  'tracks',
];

/** Rows as versions 1 to 3 wrote them. */
const oldTrack = (n: number) => {
  const { albumArtist: _a, discNumber: _d, stated: _s, lyrics: _l, ...old } = makeTrack(n);
  return old;
};
const oldAnalysis = (n: number) => {
  const { detail: _d, truePeak: _p, loudnessRange: _r, pulseClarity: _c, trim: _t, ...old } = makeAnalysis(n);
  return { ...old, curve: [{ at: 0, valence: 0.5, arousal: -0.5 }], peaks: Uint8Array.of(10, 128, 3) };
};

/** The schema as version 1 wrote it, by hand: the migration must not be tested against itself. */
async function createVersion1(name: string, songs: number): Promise<void> {
  const db = await openDB(name, 1, {
    upgrade(created) {
      const tracks = created.createObjectStore('tracks', { keyPath: 'id' });
      tracks.createIndex('contentHash', 'contentHash', { unique: true });
      tracks.createIndex('addedAt', 'addedAt');
      created.createObjectStore('analyses', { keyPath: 'trackId' }).createIndex('analyserVersion', 'analyserVersion');
      for (const store of ['covers', 'handles', 'imports']) created.createObjectStore(store, { keyPath: 'id' });
      created.createObjectStore('failures', { keyPath: 'id' }).createIndex('at', 'at');
      created.createObjectStore('feedback', { autoIncrement: true }).createIndex('at', 'at');
      created.createObjectStore('estimates', { keyPath: 'at' });
      created.createObjectStore('settings');
    },
  });
  for (let n = 0; n < songs; n++) {
    await db.put('tracks', oldTrack(n));
    await db.put('analyses', oldAnalysis(n));
  }
  await db.add('feedback', { at: 5, kind: 'rated', trackId: trackId(0), rating: 'like', playlistId: null, affect: null });
  db.close();
}

async function createVersion2(name: string): Promise<void> {
  await createVersion1(name, 0);
  const db = await openDB(name, 2, {
    upgrade: (created) => void created.createObjectStore('embeddings', { keyPath: 'id' }),
  });
  const vectors = new Float32Array(512 * 4);
  vectors.set([7, 7, 7, 7]);
  const { embedding: _packed, ...row } = oldAnalysis(7);
  await db.put('tracks', oldTrack(7));
  await db.put('embeddings', { id: 0, dimension: 4, trackIds: [trackId(7)], vectors });
  await db.put('analyses', { ...row, slot: { block: 0, index: 0 } });
  db.close();
}

async function createVersion3(name: string): Promise<void> {
  await createVersion2(name);
  const db = await openDB(name, 3, {
    upgrade(created) {
      created.createObjectStore('playlists', { keyPath: 'id' }).createIndex('createdAt', 'createdAt');
      created.createObjectStore('attempts', { keyPath: 'trackId' });
    },
  });
  await db.put('attempts', { trackId: trackId(7), attempts: 2 });
  await db.put('tracks', { ...oldTrack(8), lyrics: 'plain' });
  db.close();
}

/** What version 4 added to an empty version 3. */
async function createVersion4(name: string): Promise<void> {
  await createVersion3(name);
  const db = await openDB(name, 4, {
    upgrade(created) {
      for (const store of ['details', 'lyrics', 'changes']) created.createObjectStore(store, { keyPath: 'trackId' });
      created.createObjectStore('catalogue', { keyPath: 'id' });
    },
  });
  await db.put('lyrics', { trackId: trackId(7), source: 'tag', language: 'en', lines: [{ at: null, text: 'La' }] });
  db.close();
}

async function createVersion5(name: string): Promise<void> {
  await createVersion4(name);
  const db = await openDB(name, 5, { upgrade: (created) => void created.createObjectStore('recordings', { keyPath: 'keptAt' }) });
  await db.put('recordings', { keptAt: 12, name: 'night.csv' });
  db.close();
}

describe('migrations', () => {
  test('an empty database gets every store', async () => {
    const db = await openFresh();
    expect(db.version).toBe(DATABASE_VERSION);
    expect([...db.objectStoreNames].sort()).toEqual(STORES);
  });

  test('version 1: embeddings are packed, across blocks, and nothing else changes', async () => {
    await createVersion1('from-1', 515);
    const db = await openDatabase({ name: 'from-1' });
    expect([...db.objectStoreNames].sort()).toEqual(STORES);
    expect(await db.count('tracks')).toBe(515);
    expect(await db.count('embeddings')).toBe(2);
    expect(await db.count('feedback')).toBe(1);
    const row = await db.get('analyses', trackId(514));
    expect(row).not.toHaveProperty('embedding');
    for (const n of [0, 99, 511, 514]) expect(await getEmbedding(db, trackId(n))).toEqual(new Float32Array(4).fill(n));
    const packed = await loadEmbeddings(db);
    expect(packed.trackIds).toHaveLength(515);
    expect(packed.vectors).toHaveLength(515 * 4);
  });

  test('version 2: only what is new is added', async () => {
    await createVersion2('from-2');
    const db = await openDatabase({ name: 'from-2' });
    expect([...db.objectStoreNames].sort()).toEqual(STORES);
    expect(await getEmbedding(db, trackId(7))).toEqual(new Float32Array(4).fill(7));
  });

  test.each([
    ['version 1', (name: string) => createVersion1(name, 8)],
    ['version 2', createVersion2],
    ['version 3', createVersion3],
  ])('%s: curve and waveform go into the detail, and the new fields say that nothing is known', async (version, create) => {
    await create(`details-${version}`);
    const db = await openDatabase({ name: `details-${version}` });
    expect([...db.objectStoreNames].sort()).toEqual(STORES);
    const row = await db.get('analyses', trackId(7));
    expect(row).not.toHaveProperty('curve');
    expect(row).not.toHaveProperty('peaks');
    expect(row).toMatchObject({ tempo: 120, loudnessRange: 0, pulseClarity: 0, trim: { start: 0, end: 107 } });
    expect(row?.truePeak).toBeCloseTo(-5.99, 2);
    expect(await getDetail(db, trackId(7))).toMatchObject({
      analyserVersion: 1,
      curve: [{ at: 0, valence: 0.5, arousal: -0.5 }],
      peaks: Uint8Array.of(10, 128, 3),
      beats: new Float32Array(0),
    });
    expect(await getTrack(db, trackId(7))).toEqual(makeTrack(7));
    expect(await db.getAllKeys('changes')).toEqual(await db.getAllKeys('tracks'));
  });

  test('version 3: attempts stay, and so does a field that is there already', async () => {
    await createVersion3('from-3');
    const db = await openDatabase({ name: 'from-3' });
    expect(await db.get('attempts', trackId(7))).toEqual({ trackId: trackId(7), attempts: 2 });
    expect(await getTrack(db, trackId(8))).toMatchObject({ lyrics: 'plain', discNumber: null });
  });

  test.each([
    ['version 4', createVersion4],
    ['version 5', createVersion5],
  ])('%s: what is there stays, and there is room for what the user writes', async (version, create) => {
    await create(`entries-${version}`);
    const db = await openDatabase({ name: `entries-${version}` });
    expect([...db.objectStoreNames].sort()).toEqual(STORES);
    expect(await db.get('lyrics', trackId(7))).toMatchObject({ lines: [{ text: 'La' }] });
    expect(await db.count('recordings')).toBe(version === 'version 5' ? 1 : 0);
    await putEntry(db, { at: 5, text: 'Hello', editedAt: null, reading: null });
    expect(await listEntries(db, 5, 6)).toHaveLength(1);
  });

  test('rows that cannot be brought up to date leave the old version whole', async () => {
    await createVersion1('broken', 1);
    const old = await openDB('broken', 1);
    await old.put('analyses', { trackId: 'track-x' as TrackId, analyserVersion: 1 });
    old.close();
    await expect(openDatabase({ name: 'broken' })).rejects.toMatchObject({ code: 'storage/corrupt' });
    const still = await openDB('broken');
    expect(still.version).toBe(1);
    expect(await still.get('analyses', trackId(0))).toHaveProperty('embedding');
  });
});

describe('openDatabase', () => {
  test('an older tab that does not let go is told, then given up', async () => {
    const old = await openDB('held', 1);
    const onBlocked = vi.fn();
    await expect(openDatabase({ name: 'held', onBlocked, blockedMs: 30 })).rejects.toMatchObject({ code: 'storage/upgrade-blocked' });
    expect(onBlocked).toHaveBeenCalledOnce();
    old.close();
  });

  test('lets a newer version in and says so', async () => {
    const onClosed = vi.fn();
    await openDatabase({ name: 'newer', onClosed });
    const newer = await openDB('newer', DATABASE_VERSION + 1);
    expect(onClosed).toHaveBeenCalledWith(expect.objectContaining({ code: 'storage/upgrade-blocked' }));
    newer.close();
  });

  test('does not touch the rows of a newer version', async () => {
    (await openDB('future', DATABASE_VERSION + 1)).close();
    await expect(openDatabase({ name: 'future' })).rejects.toMatchObject({ code: 'storage/upgrade-blocked' });
  });

  test('without IndexedDB there is a clear answer', async () => {
    vi.stubGlobal('indexedDB', undefined);
    await expect(openDatabase({ name: 'none' })).rejects.toMatchObject({ code: 'storage/unavailable' });
    vi.unstubAllGlobals();
  });
});
