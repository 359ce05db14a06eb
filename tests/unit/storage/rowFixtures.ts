import 'fake-indexeddb/auto';
import { NOTHING_STATED, type Track, type TrackAnalysis } from '../../../src/core/music';
import { NO_DETAIL } from '../../../src/core/trackDetail';
import type { TrackId } from '../../../src/core/units';
import { openDatabase, type QueuedFile, type SyncInDatabase } from '../../../src/storage/db';
import { queueFiles } from '../../../src/storage/rows/imports';
import { commitTrack } from '../../../src/storage/rows/tracks';

export const trackId = (n: number | string): TrackId => `track-${n}` as TrackId;

export const makeTrack = (n: number, changes: Partial<Track> = {}): Track => ({
  id: trackId(n),
  title: `Song ${n}`,
  artist: 'Ines Varga',
  album: null,
  albumArtist: null,
  genre: null,
  year: null,
  trackNumber: null,
  discNumber: null,
  stated: NOTHING_STATED,
  lyrics: 'none',
  duration: null,
  path: `folder/song${n}.mp3`,
  bytes: 1000 + n,
  mimeType: 'audio/mpeg',
  contentHash: `hash-${n}`,
  coverId: null,
  source: { kind: 'opfs', key: trackId(n) },
  addedAt: 1_700_000_000_000 + n,
  ...changes,
});

/** An analysis whose embedding tells whose it is. */
export const makeAnalysis = (n: number, dimension = 4, analyserVersion = 1): TrackAnalysis => ({
  trackId: trackId(n),
  analyserVersion,
  duration: 100 + n,
  tempo: 120,
  tempoConfidence: 0.5,
  key: { pitchClass: 0, mode: 'major', confidence: 0.5 },
  loudness: -14,
  onsetRate: 2,
  spectralCentroid: 1500,
  affect: { valence: 0.1, arousal: -0.2, valenceSd: 0.3, arousalSd: 0.3 },
  quadrants: { Q1: 0.25, Q2: 0.25, Q3: 0.25, Q4: 0.25 },
  truePeak: -1,
  loudnessRange: 6,
  pulseClarity: 0.4,
  trim: { start: 0, end: 100 + n },
  embedding: new Float32Array(dimension).fill(n),
  detail: { ...NO_DETAIL, curve: [{ at: 0, valence: 0, arousal: 0, weight: 1 }], peaks: Uint8Array.of(1, 2, 3) },
  analysedAt: 1_700_000_000_000,
  tookMs: 5,
});

export const makeQueued = (n: number, changes: Partial<QueuedFile> = {}): QueuedFile => ({
  id: trackId(n),
  path: `folder/song${n}.mp3`,
  handleId: null,
  piece: null,
  copy: true,
  queuedAt: 1_700_000_000_000,
  attempts: 0,
  ...changes,
});

let databases = 0;

/** A database of its own for each test. */
export const openFresh = (): Promise<SyncInDatabase> => openDatabase({ name: `test-${databases++}` });

/** Puts songs where the pipeline would: through the queue. */
export async function addTracks(db: SyncInDatabase, tracks: readonly Track[]): Promise<void> {
  for (const track of tracks) {
    await queueFiles(db, [makeQueued(0, { id: track.id, path: track.path })]);
    await commitTrack(db, track, null);
  }
}
