import { flushSync } from 'svelte';
import { vi } from 'vitest';
import { affectOf, CIRCUMPLEX } from '../../../src/core/circumplex';
import { EMOTIONS, type Emotion, type EmotionEstimate, type EmotionProbabilities, type Observation } from '../../../src/core/emotion';
import { NOTHING_STATED, type Track, type TrackAnalysis } from '../../../src/core/music';
import { NO_DETAIL } from '../../../src/core/trackDetail';
import type { EstimateId, TrackId } from '../../../src/core/units';
import { openDatabase, type SyncInDatabase } from '../../../src/storage/db';
import { EmotionStore } from '../../../src/stores/sensing/emotion.svelte';
import { FusionStore } from '../../../src/stores/sensing/fusion/fusion.svelte';
import { FeedbackLog } from '../../../src/stores/feedbackLog.svelte';
import { NoticesStore } from '../../../src/stores/notices.svelte';
import { SettingsStore } from '../../../src/stores/settings.svelte';

export const NOON = Date.UTC(2026, 0, 5, 12);

/** The stores that all others need, on a database of their own and a clock that stands still until moved. */
export async function createWorld() {
  const db: SyncInDatabase = await openDatabase({ name: `test-${crypto.randomUUID()}` });
  const clock = { time: NOON };
  const now = () => clock.time;
  const notices = new NoticesStore();
  const settings = new SettingsStore({ db, notices });
  await settings.load();
  const log = new FeedbackLog({ db, notices });
  const onChanged = vi.fn<(isWord: boolean) => void>();
  const fusion: FusionStore = new FusionStore({ settings, log, now, onChanged: () => emotion.refuse() });
  const emotion: EmotionStore = new EmotionStore({ db, log, fusion, notices, now, onChanged });
  return { db, clock, now, notices, settings, log, fusion, emotion, onChanged };
}

export type World = Awaited<ReturnType<typeof createWorld>>;

export function endWorld({ db, emotion }: World): void {
  emotion.close();
  db.close();
  indexedDB.deleteDatabase(db.name);
}

/** Nine tenths on one emotion. */
export function sure(emotion: Emotion): EmotionProbabilities {
  return Object.fromEntries(EMOTIONS.map((e) => [e, e === emotion ? 0.9 : 0.1 / 6])) as unknown as EmotionProbabilities;
}

export function seen(emotion: Emotion, at: number): Observation<'face'> {
  const probabilities = sure(emotion);
  const estimate: EmotionEstimate<'face'> = {
    id: `face-${at}` as EstimateId,
    source: 'face',
    at,
    windowMs: 0,
    probabilities,
    affect: { ...affectOf(probabilities), ...CIRCUMPLEX[emotion] },
    confidence: 0.9,
    signalQuality: 1,
    latencyMs: 40,
    models: [{ name: 'face-emotion', version: '1.0.0' }],
  };
  return { kind: 'estimate', estimate };
}

export function track(id: string, rest: Partial<Track> = {}): Track {
  return {
    id: id as TrackId,
    title: `Song ${id}`,
    artist: null,
    album: null,
    albumArtist: null,
    genre: null,
    year: null,
    trackNumber: null,
    discNumber: null,
    stated: NOTHING_STATED,
    lyrics: 'none',
    duration: 3,
    path: `${id}.wav`,
    bytes: 1000,
    mimeType: 'audio/wav',
    contentHash: id,
    coverId: null,
    source: { kind: 'opfs', key: id },
    addedAt: NOON,
    ...rest,
  };
}

export function analysis(id: string, valence: number, arousal: number): TrackAnalysis {
  return {
    trackId: id as TrackId,
    analyserVersion: 1,
    duration: 3,
    tempo: 100,
    tempoConfidence: 1,
    key: { pitchClass: 0, mode: 'major', confidence: 1 },
    loudness: -14,
    onsetRate: 2,
    spectralCentroid: 1500,
    affect: { valence, arousal, valenceSd: 0.2, arousalSd: 0.2 },
    quadrants: { Q1: 0.25, Q2: 0.25, Q3: 0.25, Q4: 0.25 },
    truePeak: -10,
    loudnessRange: 6,
    pulseClarity: 0.5,
    trim: { start: 0, end: 3 },
    embedding: new Float32Array(64).fill(0.125),
    detail: { ...NO_DETAIL, curve: [{ at: 0, valence, arousal, weight: 1 }], peaks: new Uint8Array(400).fill(80) },
    analysedAt: NOON,
    tookMs: 100,
  };
}

/** Runs what depends on changed state. */
export const settle = () => flushSync();
