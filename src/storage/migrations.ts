import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { EmbeddingBlock, StoredAnalysis, SyncInSchema } from './db';
import { emptyBlock, hasRoom, withEmbedding } from './rows/embeddings/embeddingBlock';
import { NOTHING_STATED, type CurvePoint, type Track, type TrackAnalysis } from '../core/music';
import { NO_DETAIL } from '../core/trackDetail';

type Database = IDBPDatabase<SyncInSchema>;
type Upgrade = IDBPTransaction<SyncInSchema, StoreNames<SyncInSchema>[], 'versionchange'>;
type Step = (db: Database, transaction: Upgrade) => Promise<void> | void;

function createFirstStores(db: Database): void {
  const tracks = db.createObjectStore('tracks', { keyPath: 'id' });
  tracks.createIndex('contentHash', 'contentHash', { unique: true });
  tracks.createIndex('addedAt', 'addedAt');
  db.createObjectStore('analyses', { keyPath: 'trackId' }).createIndex('analyserVersion', 'analyserVersion');
  db.createObjectStore('covers', { keyPath: 'id' });
  db.createObjectStore('handles', { keyPath: 'id' });
  db.createObjectStore('imports', { keyPath: 'id' });
  db.createObjectStore('failures', { keyPath: 'id' }).createIndex('at', 'at');
  db.createObjectStore('feedback', { autoIncrement: true }).createIndex('at', 'at');
  db.createObjectStore('estimates', { keyPath: 'at' });
  db.createObjectStore('settings');
}

/** Version 1 kept each embedding in its analysis, which made the table of songs slow to load. */
async function packEmbeddings(db: Database, transaction: Upgrade): Promise<void> {
  db.createObjectStore('embeddings', { keyPath: 'id' });
  const blocks = transaction.objectStore('embeddings');
  let block: EmbeddingBlock | null = null;
  let id = 0;
  let cursor = await transaction.objectStore('analyses').openCursor();
  while (cursor) {
    const { embedding, ...row } = cursor.value as unknown as TrackAnalysis;
    if (block === null || !hasRoom(block, embedding.length)) {
      if (block !== null) await blocks.put(block);
      block = emptyBlock(id++, embedding.length);
    }
    const placed = withEmbedding(block, row.trackId, embedding);
    block = placed.block;
    const stored: StoredAnalysis = { ...row, slot: placed.slot };
    await cursor.update(stored);
    cursor = await cursor.continue();
  }
  if (block !== null) await blocks.put(block);
}

function addPlaylistsAndAttempts(db: Database): void {
  db.createObjectStore('playlists', { keyPath: 'id' }).createIndex('createdAt', 'createdAt');
  db.createObjectStore('attempts', { keyPath: 'trackId' });
}

type Analysis3 = Omit<StoredAnalysis, 'truePeak' | 'loudnessRange' | 'pulseClarity' | 'trim'> & {
  readonly curve: readonly Omit<CurvePoint, 'weight'>[];
  readonly peaks: Uint8Array;
};

/** Version 3 kept curve and waveform in each analysis, and had no lyrics. What it did not measure waits for the next analysis. */
async function partDetails(db: Database, transaction: Upgrade): Promise<void> {
  db.createObjectStore('details', { keyPath: 'trackId' });
  db.createObjectStore('lyrics', { keyPath: 'trackId' });
  const details = transaction.objectStore('details');
  let cursor = await transaction.objectStore('analyses').openCursor();
  while (cursor) {
    const { curve, peaks, ...row } = cursor.value as unknown as Analysis3;
    const { trackId, analyserVersion, duration } = row;
    await details.put({ ...NO_DETAIL, trackId, analyserVersion, curve: curve.map((point) => ({ ...point, weight: 1 })), peaks });
    const highest = peaks.reduce((best, value) => Math.max(best, value), 0);
    const truePeak = highest === 0 ? -70 : 20 * Math.log10(highest / 255);
    await cursor.update({ ...row, truePeak, loudnessRange: 0, pulseClarity: 0, trim: { start: 0, end: duration } });
    cursor = await cursor.continue();
  }
  db.createObjectStore('catalogue', { keyPath: 'id' });
  db.createObjectStore('changes', { keyPath: 'trackId' });
  await fillTracks(transaction);
}

/** Version 3 did not ask the tags for these; the next reading of the file may. The catalogue has no song yet. */
async function fillTracks(transaction: Upgrade): Promise<void> {
  const missing: Pick<Track, 'albumArtist' | 'discNumber' | 'stated' | 'lyrics'> = {
    albumArtist: null,
    discNumber: null,
    stated: NOTHING_STATED,
    lyrics: 'none',
  };
  const changes = transaction.objectStore('changes');
  let cursor = await transaction.objectStore('tracks').openCursor();
  while (cursor) {
    await cursor.update({ ...missing, ...cursor.value });
    await changes.put({ trackId: cursor.value.id });
    cursor = await cursor.continue();
  }
}

function addRecordings(db: Database): void {
  db.createObjectStore('recordings', { keyPath: 'keptAt' });
}

function addEntries(db: Database): void {
  db.createObjectStore('entries', { keyPath: 'at' });
}

/** Step n brings version n to n + 1. Steps are history: never change one that was released. */
const STEPS: readonly Step[] = [createFirstStores, packEmbeddings, addPlaylistsAndAttempts, partDetails, addRecordings, addEntries];

/** Runs the steps that a database of `oldVersion` lacks, oldest first, inside its upgrade transaction. */
export async function migrate(db: Database, transaction: Upgrade, oldVersion: number): Promise<void> {
  for (const step of STEPS.slice(oldVersion)) await step(db, transaction);
}
