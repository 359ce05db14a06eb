import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImportFailure } from '../../src/core/music';
import type { TrackId } from '../../src/core/units';
import type { LibraryEvent } from '../../src/library/pipeline/pipelineEvents';
import { commitAnalysis } from '../../src/storage/rows/analyses';
import { putTrack } from '../../src/storage/rows/tracks';
import { LibraryStore, type Pipeline } from '../../src/stores/listening/library.svelte';
import { RecommendationStore } from '../../src/stores/listening/recommendation.svelte';
import { analysis, createWorld, endWorld, NOON, seen, track, type World } from './support/storeWorld';

let world: World;
let tell: (event: LibraryEvent) => void;

const pipeline = (): Pipeline => ({
  start: vi.fn(() => Promise.resolve()),
  importHandle: vi.fn(),
  importFiles: vi.fn(() => Promise.resolve({ queued: 0, ignored: 1, known: 0 })),
  importDrop: vi.fn(),
  allowFolder: vi.fn(() => Promise.resolve(true)),
  pause: vi.fn(),
  resume: vi.fn(),
  retryAll: vi.fn(() => Promise.resolve([])),
  prioritise: vi.fn(),
  exportAnalyses: vi.fn(() => Promise.resolve(new Blob([]))),
  importAnalyses: vi.fn(() => Promise.resolve({ imported: 0, known: 0, unknown: 0, outdated: 0 })),
  retry: vi.fn(() => Promise.resolve()),
  clearFailures: vi.fn(() => Promise.resolve()),
  remove: vi.fn(() => Promise.resolve()),
  addDemo: vi.fn(() => Promise.resolve()),
  removeDemo: vi.fn(() => Promise.resolve()),
  stop: vi.fn(),
});

function createLibrary(work = pipeline()) {
  const { db, log, notices } = world;
  const hooks = { onChanged: vi.fn(), onRemoved: vi.fn(), onImported: vi.fn() };
  const library = new LibraryStore({ db, log, notices, now: world.now, ...hooks, createPipeline: (onEvent) => ((tell = onEvent), work) });
  return { library, work, hooks };
}

const failure = (path: string, trackId: string | null = null): ImportFailure => ({
  id: trackId ?? path,
  path,
  code: 'library/not-audio',
  at: NOON,
  trackId: trackId as TrackId | null,
});
const id = (text: string) => text as TrackId;

beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => endWorld(world));

describe('library', () => {
  it('finds one recording in several files: as long, alike, with the same waveform', async () => {
    const wave = (seed: number) => Uint8Array.from({ length: 400 }, (_, k) => 128 + 100 * Math.sin(k / (5 + seed)));
    const songs: readonly (readonly [string, number, number])[] = [
      ['a', 1, 100],
      ['a as mp3', 1, 100.4],
      ['a live', 1, 104],
      ['as long, another', 9, 100.1],
    ];
    for (const [name, seed, duration] of songs) {
      await putTrack(world.db, track(name));
      const heard = analysis(name, 0, 0);
      await commitAnalysis(world.db, { ...heard, duration, detail: { ...heard.detail, peaks: wave(seed) } });
    }
    const { library } = createLibrary();
    expect(await library.nearDuplicates()).toEqual([]);
    await library.load();
    expect(await library.nearDuplicates()).toEqual([['a', 'a as mp3']]);
  });

  it('reads what is stored, then lets the pipeline go on', async () => {
    await putTrack(world.db, track('a'));
    await commitAnalysis(world.db, analysis('a', 0.5, 0.5));
    await putTrack(world.db, track('b', { source: { kind: 'demo', piece: 1 } }));
    world.log.append({ kind: 'rated', trackId: id('a'), rating: 'like', at: NOON, playlistId: null, affect: null });
    const { library, work } = createLibrary();
    expect(library.isReady).toBe(false);
    await library.load();
    expect(library.isReady).toBe(true);
    expect(work.start).toHaveBeenCalledOnce();
    expect(library.counts).toEqual({ total: 2, analysed: 1, waiting: 1, failed: 0 });
    expect(library.row(id('a'))).toMatchObject({ status: 'analysed', rating: 'like', analysis: { tempo: 100 } });
    expect(library.row(id('a'))?.analysis).not.toHaveProperty('embedding');
    expect(library.row(id('nobody'))).toBeNull();
    expect(library.hasDemoLibrary).toBe(true);
    expect(library.candidates.map(({ trackId }) => trackId)).toEqual(['a']);
    expect(structuredClone(library.rows)).toEqual(library.rows);
  });

  it('follows the pipeline, a few times a second', async () => {
    const { library, hooks } = createLibrary();
    await library.load();
    hooks.onChanged.mockClear();
    for (let i = 0; i < 300; i++) tell({ kind: 'track', track: track(`t${i}`) });
    tell({ kind: 'analysing', trackId: id('t0') });
    tell({ kind: 'analysed', analysis: analysis('t1', -0.5, 0.2) });
    tell({ kind: 'failed', failure: failure('t2.wav', 't2') });
    tell({ kind: 'failed', failure: failure('notes.txt') });
    await vi.waitFor(() => expect(library.counts).toEqual({ total: 300, analysed: 1, waiting: 298, failed: 1 }));
    expect(hooks.onChanged).toHaveBeenCalledOnce();
    expect(library.row(id('t0'))?.status).toBe('analysing');
    expect(library.row(id('t2'))).toMatchObject({ status: 'failed', failure: 'library/not-audio' });
    expect(library.failures.map(({ path }) => path)).toEqual(['notes.txt', 't2.wav']);
    await library.clearFailures();
    expect(library.failures.map(({ path }) => path)).toEqual(['t2.wav']);
    await library.retry(id('t2'));
    expect(library.row(id('t2'))?.status).toBe('waiting');
    tell({ kind: 'removed', trackIds: [id('t0'), id('t5')] });
    expect(library.counts.total).toBe(298);
    expect(library.row(id('t0'))).toBeNull();
    expect(library.row(id('t299'))?.track.title).toBe('Song t299');
    expect(hooks.onRemoved).toHaveBeenCalledWith(['t0', 't5']);
    library.applyRating(id('t1'), 'dislike');
    expect(library.row(id('t1'))?.rating).toBe('dislike');
  });

  it('tells when nothing in a selection was music, and what fails', async () => {
    const work = pipeline();
    const { library, hooks } = createLibrary(work);
    await library.importFiles([]);
    expect(world.notices.items.map(({ key }) => key)).toEqual(['noMusic']);
    vi.mocked(work.importFiles).mockResolvedValue({ queued: 2, ignored: 0, known: 0 });
    await library.importFiles([]);
    expect(hooks.onImported).toHaveBeenCalledOnce();
    vi.mocked(work.importFiles).mockRejectedValue(new DOMException('closed', 'AbortError'));
    await library.importFiles([]);
    expect(world.notices.items).toHaveLength(1);
    const bare = new LibraryStore({ db: null, log: world.log, notices: world.notices, now: world.now, createPipeline: null });
    await bare.load();
    expect(bare.isReady).toBe(true);
    await bare.addDemoLibrary();
    expect(world.notices.items.at(-1)?.code).toBe('storage/unavailable');
    expect(await bare.coverUrl('x')).toBeNull();
  });
});

describe('recommendation', () => {
  const corners = [
    [0.6, 0.5],
    [-0.6, 0.5],
    [-0.6, -0.5],
    [0.6, -0.5],
  ] as const;

  async function create() {
    const { library } = createLibrary();
    await library.load();
    for (const [q, [valence, arousal]] of corners.entries()) {
      for (let i = 0; i < 15; i++) {
        tell({ kind: 'track', track: track(`q${q}-${i}`) });
        tell({ kind: 'analysed', analysis: analysis(`q${q}-${i}`, valence + i / 200, arousal + i / 200) });
      }
    }
    await vi.waitFor(() => expect(library.candidates).toHaveLength(60));
    const { emotion, log, settings, now } = world;
    const onDirection = vi.fn();
    const recommendation = new RecommendationStore({ emotion, library, log, settings, now, seed: () => 7, onDirection });
    world.onChanged.mockImplementation((isWord) => recommendation.affectChanged(isWord));
    recommendation.libraryChanged();
    return { recommendation, onDirection };
  }
  const quadrants = (store: RecommendationStore) => new Set(store.playlist?.items.map(({ trackId }) => trackId.slice(0, 2)));

  it('waits for a state, then follows it', async () => {
    const { recommendation } = await create();
    expect(recommendation.playlist).toBeNull();
    expect(recommendation.missing).toBe('state');
    world.emotion.accept(seen('happiness', world.clock.time), false);
    expect(recommendation.missing).toBeNull();
    expect(recommendation.playlist?.items).toHaveLength(10);
    expect(quadrants(recommendation)).toEqual(new Set(['q0']));
    expect(recommendation.playlist?.basedOn).toMatch(/^fusion-/);
    expect(structuredClone(recommendation.playlist)).toEqual(recommendation.playlist);
    recommendation.close();
  });

  it('is not restless: small moves and quick ones change nothing', async () => {
    const { recommendation, onDirection } = await create();
    world.emotion.accept(seen('happiness', world.clock.time), false);
    const { playlist } = recommendation;
    for (let i = 0; i < 40; i++) {
      world.clock.time += 100;
      world.emotion.accept(seen('happiness', world.clock.time), false);
    }
    expect(recommendation.playlist).toBe(playlist);
    expect(onDirection).not.toHaveBeenCalled();
    recommendation.close();
  });

  it('obeys a word, a target and a strategy at once', async () => {
    const { recommendation, onDirection } = await create();
    world.emotion.correct('calm');
    expect(quadrants(recommendation)).toEqual(new Set(['q3']));
    expect(recommendation.playlist?.basedOn).toBeNull();
    recommendation.setTarget({ valence: -0.6, arousal: 0.5 });
    expect(recommendation.strategy).toBe('target');
    expect(recommendation.playlist?.items.at(-1)?.trackId).toMatch(/^q1/);
    recommendation.setStrategy('contrast');
    expect(quadrants(recommendation)).toEqual(new Set(['q1']));
    recommendation.setTarget(null);
    expect(recommendation.strategy).toBe('contrast');
    expect(onDirection).toHaveBeenCalledTimes(4);
    recommendation.close();
  });

  it('explores without knowing anything of the listener', async () => {
    const { recommendation } = await create();
    recommendation.setStrategy('explore');
    expect(recommendation.playlist?.items).toHaveLength(10);
    recommendation.close();
  });

  it('goes on with songs that are not queued yet, and with any when all are', async () => {
    const { recommendation } = await create();
    world.emotion.correct('happiness');
    const queued = recommendation.playlist!.items.map(({ trackId }) => trackId);
    const more = recommendation.more(queued)!.items.map(({ trackId }) => trackId);
    expect(more.filter((trackId) => queued.includes(trackId))).toEqual([]);
    const all = Array.from({ length: 60 }, (_, i) => id(`q${Math.floor(i / 15)}-${i % 15}`));
    expect(recommendation.more(all)?.items).toHaveLength(10);
    recommendation.close();
  });
});
