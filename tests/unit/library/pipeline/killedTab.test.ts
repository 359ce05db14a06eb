import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { seededRandom } from '../../../../src/core/random';
import type { TrackId } from '../../../../src/core/units';
import type { SyncInDatabase } from '../../../../src/storage/db';
import { createFakeWork, freshDatabase, setUp, songFile } from '../../../browser/support/libraryFixtures';
import { MemoryFolder } from '../../../support/memoryFiles';
import { MortalTab } from '../../../support/mortalTab';

const SONGS = 100;
const KILLS = 10;
const WORKERS = 2;
const SEEDS = [1, 2];

let tab: MortalTab;
let disk: MemoryFolder;

beforeEach(() => {
  disk = new MemoryFolder();
  // Each tab reaches the disk through itself: a dead tab writes nothing.
  vi.stubGlobal('navigator', { storage: { getDirectory: () => Promise.resolve(mortal(tab, disk)) } });
});
afterEach(() => void vi.unstubAllGlobals());

/** A folder whose files and folders stop answering when the tab dies. */
function mortal<T extends object>(of: MortalTab, target: T): T {
  return new Proxy(target, {
    get: (inner, key) => {
      const value: unknown = Reflect.get(inner, key);
      if (typeof value !== 'function') return value;
      if (key === 'keys') return () => Reflect.apply(value, inner, []) as unknown;
      return async (...given: unknown[]): Promise<unknown> => {
        if (!of.step()) return new Promise(() => undefined);
        const result: unknown = await Reflect.apply(value, inner, given);
        return typeof result === 'object' && result !== null && !(result instanceof Blob) ? mortal(of, result) : result;
      };
    },
  });
}

const files = Array.from({ length: SONGS }, (_, i) => songFile(i + 1));

interface Life {
  /** Songs whose analysis began, by path. */
  readonly begun: readonly string[];
  /** Calls to the database, the disk and the workers. */
  readonly steps: number;
}

/** One tab: it goes on with what is stored, is given the files that are missing, and works until it is done or killed. */
async function live(db: SyncInDatabase, lifespan: number): Promise<Life> {
  tab = new MortalTab(lifespan);
  const begun: string[] = [];
  const workers = Array.from({ length: WORKERS }, () => {
    const work = createFakeWork();
    const { analyse } = work;
    work.analyse = async (request, options) => {
      begun.push(request.file.name);
      await Promise.resolve(tab.step());
      return analyse(request, options);
    };
    return tab.wrap(work);
  });
  const { pipeline, events } = setUp(tab.database(db), {
    workers,
    battery: () => Promise.resolve(null),
    onEvent: (event) => void events.push(event),
  });
  const known = new Set((await db.getAll('tracks')).map(({ path }) => path));
  const work = async () => {
    await pipeline.start();
    await pipeline.importFiles(files.filter(({ name }) => !known.has(name)));
    await vi.waitFor(() => expect(pipeline.progress.kind).toBe('idle'), { timeout: 20_000, interval: 1 });
  };
  await Promise.race([work(), tab.died]);
  const { steps } = tab;
  pipeline.stop();
  return { begun, steps };
}

const stored = async (db: SyncInDatabase): Promise<ReadonlySet<string>> => new Set<string>(await db.getAllKeys('analyses'));

test.each(SEEDS)(
  `killed ${KILLS} times in an analysis of ${SONGS} songs (seed %i): nothing lost, nothing doubled, nothing analysed twice`,
  async (seed) => {
    const random = seededRandom(seed);
    const whole = (await live(await freshDatabase(), Infinity)).steps;
    disk = new MemoryFolder();
    const db = await freshDatabase();
    let repeated = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const before = await stored(db);
      // Nine tenths of the work on average before the last kill, so that the kills fall all over it.
      const { begun } = await live(db, 1 + Math.floor(((random() * 1.8) / KILLS) * whole));
      expect(begun.filter((id) => before.has(id))).toEqual([]);
      const after = await stored(db);
      const inFlight = begun.filter((id) => !after.has(id));
      expect(inFlight.length).toBeLessThanOrEqual(WORKERS);
      repeated += inFlight.length;
    }
    expect((await stored(db)).size, 'killed in the middle, not at the end').toBeLessThan(SONGS);
    const before = await stored(db);
    const { begun } = await live(db, Infinity);
    expect(begun.filter((id) => before.has(id))).toEqual([]);
    expect(repeated).toBeLessThanOrEqual(KILLS * WORKERS);

    const tracks = await db.getAll('tracks');
    expect(tracks.map(({ path }) => path).sort()).toEqual(files.map(({ name }) => name).sort());
    expect(new Set(tracks.map(({ contentHash }) => contentHash)).size).toBe(SONGS);
    expect([...(await stored(db))].sort()).toEqual(tracks.map(({ id }) => id).sort());
    const owners = (await db.getAll('embeddings')).flatMap(({ trackIds }) => trackIds.filter((id): id is TrackId => id !== null));
    expect([owners.length, new Set(owners).size]).toEqual([SONGS, SONGS]);
    expect([await db.count('imports'), await db.count('attempts')]).toEqual([0, 0]);
    // A picked file whose copy was not finished is named, and was picked again.
    const named = (await db.getAll('failures')).map(({ code }) => code);
    expect(named.filter((code) => code !== 'library/file-missing' && code !== 'library/duplicate')).toEqual([]);
  },
  120_000,
);
