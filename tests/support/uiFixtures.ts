import { EMOTIONS, type EmotionEstimate, type EmotionProbabilities } from '../../src/core/emotion';
import type { ErrorCode } from '../../src/core/errors';
import {
  NOTHING_STATED,
  quadrantOf,
  type AffectPoint,
  type CurvePoint,
  type FusedEstimate,
  type Playlist,
  type RankedTrack,
  type TrackDetail,
} from '../../src/core/music';
import { seededRandom } from '../../src/core/random';
import { NO_DETAIL } from '../../src/core/trackDetail';
import type { EstimateId, PlaylistId, TrackId } from '../../src/core/units';
import type { ImportState, JournalEntry, LabContract, LibraryRow } from '../../src/stores/contracts';
import { ANCHORS } from '../../src/ui/words/mood';

/** Invented songs and figures for looking at the screens without stores; nothing of it reaches the app. */
const TITLES = [
  'Slow Ferry Home',
  'Kitchen Light',
  'Eleven Steps Down',
  'Second Sunday',
  'Signal Hill',
  'Borrowed Coat',
  'Salt on the Window',
  'Glass Orchard',
  'Undertow, Softly',
  'Tin Roof Weather',
  'Long Division',
  'Lamplight Index',
  'The Cellar Door Knows',
  'A Map of Quiet',
  'Harbour Master',
  'An unusually long title that has to be cut somewhere before it reaches the end',
];
const ARTISTS = [
  'Marsh & Needle',
  'Ode Kilder',
  'The Low Tides',
  'Ines Varga',
  'North Pier',
  'Small Hours Radio',
  'Halden Trio',
  'Tessellate Choir',
  'Wire Garden',
];
const ALBUMS = ['Salt Roads', 'First Light', 'Nine Rooms', null];
export const NOON = Date.UTC(2026, 10, 22, 12);

export function makeRows(count: number, seed = 7): LibraryRow[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => makeRow(i, random));
}

function makeRow(i: number, random: () => number): LibraryRow {
  const id = `song-${i}` as TrackId;
  const duration = 140 + Math.floor(random() * 220);
  const point = { valence: random() * 1.7 - 0.85, arousal: random() * 1.7 - 0.85 };
  const isDone = i % 11 !== 9;
  const failed = i % 40 === 31;
  return {
    track: {
      id,
      title: `${TITLES[i % TITLES.length]}${i >= TITLES.length ? ` ${Math.floor(i / TITLES.length) + 1}` : ''}`,
      artist: i % 13 === 12 ? null : (ARTISTS[(i * 5) % ARTISTS.length] ?? null),
      album: ALBUMS[i % ALBUMS.length] ?? null,
      albumArtist: null,
      genre: 'folk',
      year: 2021,
      trackNumber: i,
      discNumber: null,
      stated: NOTHING_STATED,
      lyrics: i % 2 ? 'none' : 'synced',
      duration,
      path: `Music/${i}.flac`,
      bytes: 7_200_000 + i * 1000,
      mimeType: 'audio/flac',
      contentHash: String(i),
      coverId: null,
      source: i < 12 ? { kind: 'demo', piece: i } : { kind: 'handle', handleId: 'h' },
      addedAt: NOON - i * 60_000,
    },
    analysis:
      isDone && !failed
        ? {
            trackId: id,
            analyserVersion: 1,
            duration,
            tempo: 66 + random() * 90,
            tempoConfidence: random(),
            key: { pitchClass: i % 12, mode: i % 3 ? 'major' : 'minor', confidence: 0.8 },
            loudness: -22 + random() * 14,
            onsetRate: 1 + random() * 5,
            spectralCentroid: 700 + random() * 3000,
            affect: { ...point, valenceSd: 0.2, arousalSd: 0.16 },
            quadrants: { Q1: 0.1, Q2: 0.1, Q3: 0.1, Q4: 0.1, [quadrantOf(point)]: 0.7 },
            truePeak: -6 + random() * 6,
            loudnessRange: 3 + random() * 9,
            pulseClarity: random(),
            trim: { start: 0.2, end: duration - 0.6 },
            analysedAt: NOON,
            tookMs: 1400,
          }
        : null,
    status: failed ? 'failed' : isDone ? 'analysed' : i % 2 ? 'waiting' : 'analysing',
    failure: failed ? 'library/decode-failed' : null,
    rating: i === 0 ? 'like' : 'none',
    isCorrected: false,
  };
}

/** The curve and waveform of an invented song; null while it is not analysed. */
export function makeDetail({ analysis, track }: LibraryRow): TrackDetail | null {
  if (!analysis) return null;
  const seed = track.trackNumber ?? 0;
  const random = seededRandom(seed);
  const { valence, arousal } = analysis.affect;
  const curve = Array.from({ length: Math.floor(analysis.duration / 10) }, (_, k): CurvePoint => ({
    at: k * 10,
    valence: clamp(valence + 0.4 * Math.sin(k / 4 + seed)),
    arousal: clamp(arousal + 0.5 * Math.cos(k / 5 + seed)),
    weight: (1 + Math.sin(k / 3 + seed)) / 2,
  }));
  const peaks = Uint8Array.from({ length: 400 }, (_, k) => 40 + 150 * Math.abs(Math.sin(k / 23 + seed)) * (0.5 + random() / 2));
  const beats = Float32Array.from(
    { length: Math.floor((analysis.duration * analysis.tempo) / 60) },
    (_, k) => 0.4 + (k * 60) / analysis.tempo,
  );
  const [columns, bands] = [480, 96];
  const levels = Uint8Array.from({ length: columns * bands }, (_, k) => {
    const [column, band] = [Math.floor(k / bands), k % bands];
    return Math.max(0, 230 - band * 1.6 + 30 * Math.sin(column / 9 + seed) * Math.sin(band / 5) - 60 * random());
  });
  return {
    ...NO_DETAIL,
    trackId: track.id,
    analyserVersion: 1,
    curve,
    peaks,
    beats,
    downbeats: beats.filter((_, k) => k % 4 === 0),
    spectrogram: { bands, columns, lowest: 20, highest: 8000, levels },
    summary: {
      ...NO_DETAIL.summary,
      chroma: Float32Array.from({ length: 12 }, (_, k) => (k === analysis.key.pitchClass ? 1 : 0.2 + 0.5 * random())),
      contrast: Float32Array.from({ length: 7 }, () => 14 + 12 * random()),
      rolloff: 4200,
      flatness: 0.03,
      rms: 0.1,
    },
  };
}

export function makeProbabilities(weights: Partial<EmotionProbabilities>): EmotionProbabilities {
  const raw = EMOTIONS.map((emotion) => weights[emotion] ?? 0.02);
  const sum = raw.reduce((a, b) => a + b, 0);
  return Object.fromEntries(EMOTIONS.map((emotion, i) => [emotion, (raw[i] ?? 0) / sum])) as unknown as EmotionProbabilities;
}

export function makeEstimate<S extends string>(
  source: S,
  probabilities: EmotionProbabilities,
  point: AffectPoint,
  confidence = 0.78,
): EmotionEstimate<S> {
  return {
    id: `e-${source}` as EstimateId,
    source,
    at: NOON,
    windowMs: 66,
    probabilities,
    affect: { ...point, valenceSd: 0.14, arousalSd: 0.18 },
    confidence,
    signalQuality: 0.86,
    latencyMs: 31,
    models: [{ name: 'face-emotion', version: '1.0.0' }],
  };
}

export function makeFused(estimate: EmotionEstimate, simulated: boolean): FusedEstimate {
  return { ...estimate, source: 'fusion', latencyMs: estimate.latencyMs + 2, weights: { face: 1 }, simulated };
}

export function makeTrail(end: FusedEstimate, seed = 3): FusedEstimate[] {
  const random = seededRandom(seed);
  let { valence, arousal } = end.affect;
  const back: FusedEstimate[] = [end];
  for (let i = 0; i < 120; i++) {
    valence = clamp(valence + (random() - 0.53) * 0.05);
    arousal = clamp(arousal + (random() - 0.47) * 0.05);
    back.unshift({ ...end, at: end.at - (i + 1) * 1500, affect: { ...end.affect, valence, arousal } });
  }
  return back;
}

export function makePlaylist(rows: readonly LibraryRow[], from: AffectPoint, target: AffectPoint | null): Playlist {
  const goal = target ?? from;
  const items: RankedTrack[] = [];
  for (let k = 0; k < 10; k++) {
    const want = {
      valence: from.valence + ((goal.valence - from.valence) * k) / 9,
      arousal: from.arousal + ((goal.arousal - from.arousal) * k) / 9,
    };
    const best = rows
      .filter((row) => row.analysis && !items.some((item) => item.trackId === row.track.id))
      .sort((a, b) => distance(a, want) - distance(b, want))[0];
    if (best) items.push(makeRanked(best.track.id, k));
  }
  return { id: 'list' as PlaylistId, createdAt: NOON, strategy: target ? 'target' : 'match', basedOn: null, from, target, seed: 1, items };
}

function makeRanked(trackId: TrackId, k: number): RankedTrack {
  const reasons = [
    { feature: 'affect-distance', weight: 0.5, contribution: 0.341 - k * 0.012 },
    { feature: 'liked', weight: 0.3, contribution: 0.213 },
    { feature: 'tempo-flow', weight: 0.2, contribution: 0.156 },
    { feature: 'novelty', weight: 0.1, contribution: 0.084 },
    { feature: 'recently-played', weight: -0.1, contribution: -0.052 },
  ] as const;
  return { trackId, reasons, score: reasons.reduce((sum, r) => sum + r.contribution, 0) };
}

export function makeJournal(rows: readonly LibraryRow[], simulated: boolean, noon = NOON): JournalEntry[] {
  const random = seededRandom(11);
  return Array.from({ length: 90 }, (_, i): JournalEntry => {
    const at = noon - i * 240_000 - (i > 40 ? 5_400_000 : 0);
    if (i === 22 || i === 60) {
      const [before, after] = i === 22 ? [ANCHORS.sadness, ANCHORS.calm] : [ANCHORS.neutral, ANCHORS.sadness];
      return { at, kind: 'transition', point: after, before, label: '', trackId: null, simulated };
    }
    if (i % 9 === 4) return { at, kind: 'song', point: null, label: '', trackId: rows[i]?.track.id ?? null, simulated };
    const point = { valence: 0.4 * Math.sin(i / 14) + 0.2 * random(), arousal: 0.5 * Math.cos(i / 18) };
    const label = point.arousal < 0 ? 'neutral' : point.valence > 0 ? 'happiness' : 'sadness';
    return { at, kind: i === 12 ? 'correction' : 'mood', point, label, trackId: null, simulated };
  });
}

export const LAB: Pick<LabContract, 'models' | 'latencies' | 'runtime'> = {
  models: [
    {
      name: 'face-emotion',
      version: '1.0.0',
      bytes: 3_900_000,
      isCached: true,
      backend: 'wasm, 2 threads',
      state: 'ready',
      failure: null,
      licence: 'Apache-2.0',
      trainedOn: ['FER+', 'affect64'],
      metrics: [
        { dataset: 'sample', split: 'test', name: 'accuracy', value: 0.5, n: 100 },
        { dataset: 'sample', split: 'test', name: 'ece', value: 0.05, n: 100 },
      ],
    },
    {
      name: 'music-affect',
      version: '1.0.0',
      bytes: 3_200_000,
      isCached: false,
      backend: null,
      state: 'failed',
      failure: 'model/hash-mismatch',
      licence: 'CC-BY-4.0',
      trainedOn: ['panda4q'],
      metrics: [],
    },
  ],
  latencies: [
    { stage: 'capture', p50: 4, p95: 9, n: 320 },
    { stage: 'detect', p50: 11, p95: 19, n: 320 },
    { stage: 'classify', p50: 7, p95: 14, n: 320 },
    { stage: 'capture to estimate', p50: 31, p95: 64, n: 320 },
  ],
  runtime: { crossOriginIsolated: true, wasmThreads: 2, webgpu: 'none', droppedFrames: 12 },
};

export const FAILURES: readonly { readonly path: string; readonly code: ErrorCode }[] = [
  { path: 'Music/old/broken.mp3', code: 'library/decode-failed' },
  { path: 'Music/notes.txt', code: 'library/not-audio' },
  { path: 'Music/zero.wav', code: 'library/empty-file' },
  { path: 'Music/copy of slow ferry home with a very long file name that never seems to end.flac', code: 'library/duplicate' },
];

function distance(row: LibraryRow, to: AffectPoint): number {
  return row.analysis ? Math.hypot(row.analysis.affect.valence - to.valence, row.analysis.affect.arousal - to.arousal) : Infinity;
}

function clamp(x: number): number {
  return Math.min(1, Math.max(-1, x));
}

export function indexById(rows: readonly LibraryRow[]): ReadonlyMap<TrackId, LibraryRow> {
  return new Map(rows.map((row) => [row.track.id, row]));
}

export function bySense(face: EmotionEstimate<'face'> | null): ReadonlyMap<'face', EmotionEstimate<'face'>> {
  return new Map(face ? [['face', face]] : []);
}

export function todayAt(hour: number): number {
  return new Date().setHours(hour, 0, 0, 0);
}

/** In the middle of taking songs in. */
export const IMPORTING: ImportState = {
  kind: 'running',
  phase: 'analysing',
  done: 104,
  total: 318,
  failed: 4,
  songsPerMinute: 42,
  secondsLeft: 306,
  stale: 0,
  current: 'Music/Salt Roads/03 Slow Ferry Home.flac',
  because: null,
};
