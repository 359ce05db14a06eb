import type { Affect } from '../../src/core/emotion';
import {
  STRATEGY_IDS,
  type AffectPoint,
  type CorrectionLabel,
  type FusedEstimate,
  type RankedTrack,
  type StrategyId,
} from '../../src/core/music';
import { DEFAULT_SETTINGS, type Settings } from '../../src/core/settings';
import type { TrackId } from '../../src/core/units';
import type { AppStores, ImportState, LibraryRow, Notice, SenseState } from '../../src/stores/contracts';
import { BODY_ESTIMATE, createFakeBody } from './fakeBody';
import { contextView, createFakeContext } from './fakeContext';
import { createFakeFusion } from './fakeFusion.svelte';
import { createFakeVoice, voiceView } from './fakeVoice';
import { createFakeLyrics, createFakeWords, textView } from './fakeWords';
import { ANCHORS } from '../../src/ui/words/mood';
import {
  bySense,
  FAILURES,
  IMPORTING,
  indexById,
  todayAt,
  LAB,
  makeDetail,
  makeEstimate,
  makeFused,
  makeJournal,
  makePlaylist,
  makeProbabilities,
  makeRows,
  makeTrail,
  NOON,
} from './uiFixtures';

export const VARIANTS = [
  'first',
  'empty',
  'demo',
  'denied',
  'loading',
  'importing',
  'playing',
  'unsure',
  'corrected',
  'absent',
  'huge',
  'body',
  'voice',
  'written',
  'together',
] as const;
export type Variant = (typeof VARIANTS)[number];

const HERE = { valence: 0.34, arousal: -0.22 };
const SENSE: Partial<Record<Variant, SenseState>> = {
  denied: { kind: 'failed', code: 'sensor/permission-denied', retriable: true },
  loading: { kind: 'loading', loadedBytes: 2_100_000, totalBytes: 3_900_000 },
  playing: { kind: 'live' },
  unsure: { kind: 'live' },
  corrected: { kind: 'live' },
  absent: { kind: 'live' },
  huge: { kind: 'live' },
  body: { kind: 'live' },
  together: { kind: 'live' },
};
const COUNT: Partial<Record<Variant, number>> = { first: 0, empty: 0, denied: 0, demo: 12, huge: 10_000 };

/** All stores with invented data: complete and reactive, so that every screen can be clicked through. `calls` records every verb. */
export function createFakeStores(variant: Variant, settingsPatch: Partial<Settings> = {}) {
  const calls: string[] = [];
  const log = (name: string, ...rest: unknown[]) => void calls.push([name, ...rest.map(String)].join(' '));
  const later = (name: string, ...rest: unknown[]) => (log(name, ...rest), Promise.resolve());
  const isDemo = variant === 'demo';
  const seen = isDemo || ['playing', 'unsure', 'corrected', 'huge', 'body', 'voice', 'written', 'together'].includes(variant);
  const probabilities =
    variant === 'unsure'
      ? makeProbabilities({ neutral: 0.24, happiness: 0.2, sadness: 0.18, fear: 0.14, surprise: 0.1 })
      : makeProbabilities({ neutral: 0.5, happiness: 0.36, surprise: 0.08 });
  const face = makeEstimate('face' as const, probabilities, HERE, variant === 'unsure' ? 0.28 : 0.78);
  const wide = variant === 'unsure' ? { ...face, affect: { ...face.affect, valenceSd: 0.32, arousalSd: 0.3 } } : face;
  let latest = $state.raw<FusedEstimate | null>(seen ? makeFused(wide, isDemo) : null);
  let correction = $state.raw<{ label: CorrectionLabel; point: AffectPoint; at: number } | null>(
    variant === 'corrected' ? { label: 'sadness', point: ANCHORS.sadness, at: NOON } : null,
  );
  let rows = $state.raw<readonly LibraryRow[]>(makeRows(COUNT[variant] ?? 64));
  let sense = $state.raw<SenseState>(SENSE[variant] ?? { kind: 'off' });
  let bodySense = $state.raw<SenseState>(variant === 'body' ? { kind: 'live' } : { kind: 'off' });
  let voiceSense = $state.raw<SenseState>(['voice', 'together'].includes(variant) ? { kind: 'live' } : { kind: 'off' });
  let textSense = $state.raw<SenseState>(variant === 'written' ? { kind: 'live' } : { kind: 'off' });
  const contextSense: SenseState = variant === 'together' ? { kind: 'live' } : { kind: 'off' };
  let isSimulated = $state(isDemo);
  let settings = $state.raw<Settings>({ ...DEFAULT_SETTINGS, consentAt: variant === 'first' ? null : NOON, ...settingsPatch });
  let strategy = $state<StrategyId>(variant === 'playing' ? 'target' : 'match');
  let pool = $state.raw<ReadonlySet<TrackId> | null>(null);
  let target = $state.raw<AffectPoint | null>(variant === 'playing' ? { valence: 0.7, arousal: 0.34 } : null);
  let notices = $state.raw<readonly Notice[]>(
    variant === 'importing'
      ? [
          {
            id: 1,
            tone: 'problem',
            code: 'library/permission-lost',
            key: null,
            params: {},
            action: { key: 'allow', run: () => log('allow') },
          },
        ]
      : [],
  );
  let importState = $state.raw<ImportState>(variant === 'importing' ? IMPORTING : { kind: 'idle' });
  let failures = $state.raw(
    variant === 'importing'
      ? FAILURES.map((f, i) => ({ ...f, id: String(i), at: NOON, trackId: i === 0 ? ('song-31' as TrackId) : null }))
      : [],
  );
  const setSense = (id: string, to: SenseState) => (id === 'voice' ? (voiceSense = to) : id === 'text' ? (textSense = to) : (sense = to));
  const affect = $derived<Affect | null>(correction ? { ...correction.point, valenceSd: 0.1, arousalSd: 0.1 } : (latest?.affect ?? null));
  const playlist = $derived(
    rows.length > 0 && (affect || target)
      ? makePlaylist(pool ? rows.filter((row) => pool?.has(row.track.id)) : rows, affect ?? { valence: 0, arousal: 0 }, target)
      : null,
  );
  const isPlaying = ['playing', 'demo', 'huge'].includes(variant);
  let at = $state(0);
  let state = $state<AppStores['playback']['state']>(isPlaying ? 'playing' : 'idle');
  let queue = $state.raw<readonly RankedTrack[]>([]);
  let position = $state(98);
  let volume = $state(0.62);
  let isMuted = $state(false);
  let rating = $state<'like' | 'dislike' | 'none'>('like');
  const items = $derived(queue.length > 0 ? queue : isPlaying ? (playlist?.items ?? []) : []);
  const current = $derived(items[at] ?? null);
  const byId = $derived(indexById(rows));
  const start = (list: readonly RankedTrack[], index: number) => ((queue = list), (at = index), (state = 'playing'), (position = 0));
  const counts = $derived({
    total: rows.length,
    analysed: rows.filter((r) => r.analysis).length,
    waiting: rows.filter((r) => r.status === 'waiting').length,
    failed: rows.filter((r) => r.status === 'failed').length,
  });

  const stores: AppStores = {
    session: {
      get senses() {
        const observation =
          variant === 'absent'
            ? ({ kind: 'absent', source: 'face', at: NOON, reason: 'no-face' } as const)
            : seen && !isSimulated
              ? ({ kind: 'estimate', estimate: face } as const)
              : null;
        return [
          {
            id: 'face' as const,
            state: sense,
            bytesToLoad: sense.kind === 'off' ? 3_900_000 : 0,
            observation: sense.kind === 'live' ? observation : null,
            framesPerSecond: sense.kind === 'live' ? 24 : 0,
          },
          voiceView(voiceSense),
          textView(textSense),
          {
            id: 'physiology' as const,
            state: bodySense,
            bytesToLoad: 0,
            observation: bodySense.kind === 'live' ? ({ kind: 'estimate', estimate: BODY_ESTIMATE } as const) : null,
            framesPerSecond: 0,
          },
          contextView(contextSense),
        ];
      },
      get isSensing() {
        return sense.kind === 'live';
      },
      get isSimulated() {
        return isSimulated;
      },
      cameras: [
        { id: 'a', label: 'Built-in camera' },
        { id: 'b', label: 'External camera with a long name' },
      ],
      cameraId: 'a',
      previewStream: null,
      faceGeometry:
        seen && !isDemo
          ? {
              width: 320,
              height: 240,
              box: { x: 110, y: 60, width: 100, height: 120 },
              landmarks: Float32Array.from([140, 100, 180, 100, 160, 125, 145, 150, 175, 150]),
              faces: 1,
            }
          : null,
      start: (id) => (setSense(id, { kind: 'live' }), later('start', id)),
      stop: (id) => (setSense(id, { kind: 'off' }), (latest = null), log('stop', id)),
      stopAll: () => ((sense = { kind: 'off' }), (isSimulated = false), (latest = null), log('stopAll')),
      chooseCamera: (id) => later('chooseCamera', id),
      startSimulation: () => ((isSimulated = true), (latest = makeFused(face, true)), log('startSimulation')),
      stopSimulation: () => ((isSimulated = false), (latest = null), log('stopSimulation')),
    },
    voice: createFakeVoice(variant === 'voice', log),
    words: createFakeWords(variant === 'written', log),
    context: createFakeContext(variant === 'together', log),
    fusion: createFakeFusion(variant === 'together', () => latest, log),
    lyrics: createFakeLyrics(log),
    body: createFakeBody(variant === 'body', log, (state) => (bodySense = state)),
    emotion: {
      get latest() {
        return latest;
      },
      isStale: false,
      get trail() {
        return latest ? makeTrail(latest) : [];
      },
      get bySense() {
        return bySense(latest ? face : null);
      },
      get correction() {
        return correction;
      },
      get affect() {
        return affect;
      },
      correct: (label) => ((correction = { label, point: ANCHORS[label], at: NOON }), log('correct', label)),
      undoCorrection: () => ((correction = null), log('undoCorrection')),
    },
    library: {
      isReady: true,
      get rows() {
        return rows;
      },
      get counts() {
        return counts;
      },
      get importState() {
        return importState;
      },
      get failures() {
        return failures;
      },
      foldersToAllow: variant === 'importing' ? [{ id: 'f', name: 'Music' }] : [],
      canPickFolder: true,
      importFolder: () => later('importFolder'),
      importFiles: (files) => later('importFiles', files.length),
      importDrop: () => later('importDrop'),
      allowFolder: (id) => later('allowFolder', id),
      pause: () => ((importState = importState.kind === 'running' ? { ...importState, kind: 'paused' } : importState), log('pause')),
      resume: () => ((importState = importState.kind === 'paused' ? { ...importState, kind: 'running' } : importState), log('resume')),
      retry: (id) => later('retry', id),
      retryAll: () => later('retryAll'),
      prioritise: () => undefined,
      exportAnalyses: () => Promise.resolve(new Blob([])),
      importAnalyses: () => later('importAnalyses'),
      clearFailures: () => ((failures = []), later('clearFailures')),
      remove: (ids) => ((rows = rows.filter((row) => !ids.includes(row.track.id))), later('remove', ids)),
      addDemoLibrary: () => ((rows = [...makeRows(12), ...rows]), later('addDemoLibrary')),
      removeDemoLibrary: () => ((rows = rows.filter((row) => row.track.source.kind !== 'demo')), later('removeDemoLibrary')),
      get hasDemoLibrary() {
        return rows.some((row) => row.track.source.kind === 'demo');
      },
      row: (id) => byId.get(id) ?? null,
      detail: (id) => {
        const row = byId.get(id);
        return Promise.resolve(row ? makeDetail(row) : null);
      },
      similar: (id, count) => {
        const others = rows.filter((row) => row.analysis && row.track.id !== id).slice(0, count);
        return Promise.resolve(others.map((row, i) => ({ trackId: row.track.id, similarity: 0.95 - 0.03 * i })));
      },
      nearDuplicates: () => Promise.resolve([rows.slice(0, 2), rows.slice(2, 5)].map((group) => group.map(({ track }) => track.id))),
      modelAffect: (id) => (byId.get(id)?.isCorrected ? { valence: -0.2, arousal: 0.31 } : null),
      correctMood: (id, point) => {
        rows = rows.map((row) =>
          row.track.id === id && row.analysis
            ? { ...row, isCorrected: point !== null, analysis: { ...row.analysis, affect: { ...row.analysis.affect, ...point } } }
            : row,
        );
        log('correctMood', id, JSON.stringify(point));
      },
      coverUrl: () => Promise.resolve(null),
    },
    playback: {
      get state() {
        return state;
      },
      failure: null,
      get trackId() {
        return current?.trackId ?? null;
      },
      get ranked() {
        return current;
      },
      get position() {
        return position;
      },
      get duration() {
        return (current && byId.get(current.trackId)?.track.duration) || 0;
      },
      get volume() {
        return volume;
      },
      get isMuted() {
        return isMuted;
      },
      get upcoming() {
        return items.slice(at + 1);
      },
      get rating() {
        return rating;
      },
      playPlaylist: (list, index = 0) => (start(list.items, index), later('playPlaylist', index)),
      playTracks: (ids, index = 0) => (
        start(
          ids.map((trackId) => ({ trackId, score: 0, reasons: [] })),
          index,
        ),
        later('playTracks', ids.length, index)
      ),
      enqueue: (ids, place) => later('enqueue', ids.length, place),
      toggle: () => ((state = state === 'playing' ? 'paused' : 'playing'), later('toggle')),
      stop: () => ((state = 'idle'), log('stop')),
      seek: (to) => ((position = to), log('seek', to)),
      next: () => ((at = Math.min(items.length - 1, at + 1)), later('next')),
      previous: () => ((at = Math.max(0, at - 1)), later('previous')),
      setVolume: (to) => ((volume = to), log('setVolume', to)),
      toggleMute: () => ((isMuted = !isMuted), log('toggleMute')),
      rate: (to) => ((rating = to), log('rate', to)),
    },
    recommendation: {
      strategies: STRATEGY_IDS,
      get strategy() {
        return strategy;
      },
      get target() {
        return target;
      },
      get playlist() {
        return playlist;
      },
      get missing() {
        return rows.length === 0 ? 'songs' : affect || target ? null : 'state';
      },
      get pool() {
        return pool;
      },
      setPool: (ids) => ((pool = ids && new Set(ids)), log('setPool', ids?.length ?? 'all')),
      setStrategy: (id) => ((strategy = id), log('setStrategy', id)),
      setTarget: (point) => ((target = point), (strategy = 'target'), log('setTarget', JSON.stringify(point))),
      refresh: () => log('refresh'),
    },
    notices: {
      get items() {
        return notices;
      },
      problem: (code, options) =>
        (notices = [
          ...notices,
          { id: notices.length + 9, tone: 'problem', code, key: null, params: options?.params ?? {}, action: options?.action ?? null },
        ]),
      inform: (key, options) =>
        (notices = [
          ...notices,
          { id: notices.length + 9, tone: 'info', code: null, key, params: options?.params ?? {}, action: options?.action ?? null },
        ]),
      dismiss: (id) => ((notices = notices.filter((notice) => notice.id !== id)), log('dismiss', id)),
    },
    settings: {
      get value() {
        return settings;
      },
      isReady: true,
      update: (patch) => ((settings = { ...settings, ...patch }), later('update', JSON.stringify(patch))),
    },
    storage: {
      usedBytes: 182_000_000,
      quotaBytes: 60_000_000_000,
      isPersisted: false,
      measure: () => later('measure'),
      askToPersist: () => later('askToPersist'),
      exportAll: () => (log('exportAll'), Promise.resolve(new Blob(['{}']))),
      eraseEverything: () => later('eraseEverything'),
    },
    lab: { ...LAB, refresh: () => later('refreshLab') },
    journal: {
      get entries() {
        return variant === 'empty' ? [] : makeJournal(rows, isDemo, todayAt(14));
      },
      load: (from, to) => later('load', to - from),
    },
    updates: {
      isReady: variant === 'importing',
      canInstall: variant === 'demo',
      isOffline: variant === 'denied',
      apply: () => log('apply'),
      install: () => later('install'),
    },
  };
  return { stores, calls };
}
