/** A seeded library for measuring: no sound, no curves; everything that the library screen, search and the recommender read. */
export interface SyntheticRequest {
  readonly from: number;
  readonly count: number;
  readonly seed: number;
  readonly analyserVersion: number;
  readonly dimension: number;
}

/** Songs per embedding block of the product. */
export const BLOCK_SLOTS = 512;

/* eslint-disable max-lines-per-function -- what runs inside the page is one function, which takes nothing along */
/**
 * Writes songs into the app's database: row, analysis and embedding block. The app makes its catalogue of them at the next start. Every
 * block has the same embeddings. Runs inside the page, so it closes over nothing.
 */
export async function fillLibrary({ from, count, seed, analyserVersion, dimension }: SyntheticRequest): Promise<void> {
  let state = (seed + from) >>> 0;
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number): number => Math.floor(random() * n);
  const syllables = 'ka ro mi ta lun ve sol ar den ne wil hay os tri el ba gor fen ilu mar'.split(' ');
  const word = (): string => {
    const text = Array.from({ length: 1 + below(3) }, () => syllables[below(syllables.length)] ?? '').join('');
    return text.charAt(0).toUpperCase() + text.slice(1) + (below(12) === 0 ? 'é' : '');
  };
  const name = (words: number): string => Array.from({ length: words }, word).join(' ');
  const hex = (length: number): string => Array.from({ length }, () => below(16).toString(16)).join('');
  const makeTrack = (n: number) => {
    const id = `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${n.toString(16).padStart(12, '0')}`;
    const [artist, album, title] = [`Artist ${below(4000)} ${syllables[n % 20] ?? ''}`, `Album ${below(9000)}`, name(1 + below(4))];
    return {
      id,
      title,
      artist,
      album,
      albumArtist: below(4) === 0 ? artist : null,
      genre: ['folk', 'rock', 'jazz', 'techno', 'classical', 'hip hop', 'ambient', null][below(8)] ?? null,
      year: 1955 + below(70),
      trackNumber: 1 + below(18),
      discNumber: null,
      stated: { tempo: null, key: null, genres: [], replayGain: null, musicBrainz: null },
      lyrics: 'none',
      duration: 120 + random() * 300,
      path: `Music/${artist}/${album}/${title} ${n}.flac`,
      bytes: 4_000_000 + below(30_000_000),
      mimeType: 'audio/flac',
      contentHash: `${hex(8)}${n.toString(16).padStart(56, '0')}`,
      coverId: null,
      source: { kind: 'handle', handleId: 'synthetic' },
      addedAt: 1_700_000_000_000 + n * 1000,
    };
  };
  const makeAnalysis = (trackId: string, duration: number, slot: object) => {
    const [valence, arousal] = [random() * 1.8 - 0.9, random() * 1.8 - 0.9];
    return {
      trackId,
      analyserVersion,
      duration,
      tempo: 60 + random() * 120,
      tempoConfidence: random(),
      key: { pitchClass: below(12), mode: below(2) ? 'major' : 'minor', confidence: random() },
      loudness: -24 + random() * 18,
      onsetRate: random() * 6,
      spectralCentroid: 500 + random() * 3500,
      truePeak: -random() * 3,
      loudnessRange: random() * 14,
      pulseClarity: random(),
      trim: { start: 0, end: duration },
      affect: { valence, arousal, valenceSd: 0.2, arousalSd: 0.2 },
      quadrants: { Q1: 0.25, Q2: 0.25, Q3: 0.25, Q4: 0.25 },
      slot,
      analysedAt: 1_700_000_000_000,
      tookMs: 900,
    };
  };
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('syncin');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the database did not open'));
  });
  const vectors = new Float32Array(512 * dimension);
  for (let index = 0; index < 512; index++) {
    const values = Array.from({ length: dimension }, () => random() - 0.5);
    const norm = Math.hypot(...values);
    for (let k = 0; k < dimension; k++) vectors[index * dimension + k] = (values[k] ?? 0) / norm;
  }
  for (let at = from; at < from + count; at += 512) {
    const transaction = db.transaction(['tracks', 'analyses', 'embeddings'], 'readwrite');
    const trackIds: string[] = [];
    const songs = Math.min(512, from + count - at);
    const block = at / 512;
    for (let index = 0; index < songs; index++) {
      const track = makeTrack(at + index);
      trackIds.push(track.id);
      transaction.objectStore('tracks').put(track);
      transaction.objectStore('analyses').put(makeAnalysis(track.id, track.duration, { block, index }));
    }
    transaction.objectStore('embeddings').put({ id: block, dimension, trackIds, vectors });
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('a batch was not kept'));
    });
  }
  db.close();
}

/* eslint-enable max-lines-per-function */
