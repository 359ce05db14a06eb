import { expect, test } from 'vitest';
import { NOTHING_STATED, type Track } from '../../src/core/music';
import { seededRandom } from '../../src/core/random';
import type { TrackId } from '../../src/core/units';
import type { CatalogueSong } from '../../src/storage/catalogue/catalogueBlock';
import { foldChanges, remakeCatalogue } from '../../src/storage/catalogue/foldChanges';
import { readCatalogue } from '../../src/storage/catalogue/readCatalogue';
import { openDatabase, type StoredAnalysis, type SyncInDatabase } from '../../src/storage/db';

const SONGS = 5000;
const random = seededRandom(11);
const hex = (length: number) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');

const makeTrack = (n: number): Track => ({
  id: `${hex(8)}-${hex(4)}-${n}` as TrackId,
  title: `Song ${n}`,
  artist: `Artist ${n % 700}`,
  album: `Album ${n % 900}`,
  albumArtist: null,
  genre: n % 3 === 0 ? null : 'folk',
  year: 1960 + (n % 60),
  trackNumber: n % 12,
  discNumber: null,
  stated: NOTHING_STATED,
  lyrics: 'none',
  duration: 100 + random() * 200,
  path: `Music/Artist ${n % 700}/${n}.flac`,
  bytes: 1000 + n,
  mimeType: 'audio/flac',
  contentHash: hex(64),
  coverId: null,
  source: { kind: 'handle', handleId: 'folder' },
  addedAt: 1_700_000_000_000 + n,
});

const makeAnalysis = (trackId: TrackId, n: number): StoredAnalysis => ({
  trackId,
  analyserVersion: 1,
  duration: 100 + random(),
  tempo: 60 + random() * 100,
  tempoConfidence: random(),
  key: { pitchClass: n % 12, mode: n % 2 ? 'major' : 'minor', confidence: random() },
  loudness: -14 * random(),
  onsetRate: random(),
  spectralCentroid: 1500 * random(),
  truePeak: -1,
  loudnessRange: 6,
  pulseClarity: random(),
  trim: { start: 0, end: 100 },
  affect: { valence: random(), arousal: random(), valenceSd: 0.3, arousalSd: 0.3 },
  quadrants: { Q1: 0.25, Q2: 0.25, Q3: 0.25, Q4: 0.25 },
  analysedAt: 1_700_000_000_000,
  tookMs: 5,
  slot: { block: Math.floor(n / 512), index: n % 512 },
});

async function fill(db: SyncInDatabase): Promise<void> {
  const transaction = db.transaction(['tracks', 'analyses', 'changes'], 'readwrite');
  for (let n = 0; n < SONGS; n++) {
    const track = makeTrack(n);
    void transaction.objectStore('tracks').put(track);
    if (n % 10 !== 0) void transaction.objectStore('analyses').put(makeAnalysis(track.id, n));
    void transaction.objectStore('changes').put({ trackId: track.id });
  }
  await transaction.done;
}

async function readAll(db: SyncInDatabase): Promise<Readonly<Record<string, CatalogueSong>>> {
  const songs: Record<string, CatalogueSong> = {};
  await readCatalogue(db, {
    take: (some) => {
      for (const song of some) songs[song.track.id] = song;
    },
    startOver: () => expect.unreachable('the catalogue is sound'),
  });
  return songs;
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  const value = await work();
  times.push(`${what} ${(performance.now() - from).toFixed(0)} ms`);
  return value;
}
const times: string[] = [];

test('a library of thousands is folded in few rounds and says after a restart what the rows say', async () => {
  const name = `catalogue-${crypto.randomUUID()}`;
  const db = await timed('open', () => openDatabase({ name }));
  await timed('fill', () => fill(db));
  const fromRows = await timed('read rows', () => readAll(db));
  expect(Object.keys(fromRows)).toHaveLength(SONGS);
  let rounds = 0;
  await timed('fold', async () => {
    while ((await timed('  round', () => foldChanges(db))) > 0) rounds++;
  });
  expect(rounds).toBeLessThanOrEqual(Math.ceil(SONGS / 1024));
  expect(await db.count('changes')).toBe(0);
  db.close();

  const again = await openDatabase({ name });
  expect(await timed('read catalogue', () => readAll(again))).toEqual(fromRows);
  await timed('make anew', () => remakeCatalogue(again));
  expect((await again.getAll('catalogue')).map(({ songs }) => songs)).toEqual([2048, 2048, 904]);
  expect(await readAll(again)).toEqual(fromRows);
  again.close();
  indexedDB.deleteDatabase(name);
  // eslint-disable-next-line no-console -- only when asked for
  if (import.meta.env['VITE_SHOW_TIMES']) console.info(times.join('\n'));
});
