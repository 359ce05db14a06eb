import { afterEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '../../src/core/errors';
import type { TrackId } from '../../src/core/units';
import { openTrackFile, type PermissionHandle } from '../../src/library/files/fileAccess';
import type { LibraryEvent } from '../../src/library/pipeline/pipelineEvents';
import { copyNames, createFolder, freshDatabase, idsOf, setUp, songFile, type Setup } from './support/libraryFixtures';

const running: Setup[] = [];
const begin = (...given: Parameters<typeof setUp>): Setup => {
  const setup = setUp(...given);
  running.push(setup);
  return setup;
};
afterEach(() => {
  for (const { pipeline } of running.splice(0)) pipeline.stop();
});

const untilIdle = ({ pipeline }: Setup) => vi.waitFor(() => expect(pipeline.progress.kind).toBe('idle'), { timeout: 15_000, interval: 10 });
const until = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 10 });
const ofKind = <K extends LibraryEvent['kind']>({ events }: Setup, kind: K) =>
  events.filter((event): event is Extract<LibraryEvent, { kind: K }> => event.kind === kind);
const count = (setup: Setup, store: 'tracks' | 'analyses' | 'imports' | 'failures' | 'handles') => setup.db.count(store);

describe('taking in files', () => {
  test('plain files become songs with copies and analyses, and the queue is empty afterwards', async () => {
    const setup = begin(await freshDatabase());
    await setup.pipeline.start();
    expect(await setup.pipeline.importFiles([songFile(1), songFile(2), songFile(3)])).toEqual({ queued: 3, ignored: 0, known: 0 });
    await untilIdle(setup);
    expect([await count(setup, 'tracks'), await count(setup, 'analyses'), await count(setup, 'imports')]).toEqual([3, 3, 0]);
    const [track] = await setup.db.getAll('tracks');
    expect(track).toMatchObject({ mimeType: 'audio/wav', duration: 1, source: { kind: 'opfs', key: track?.id } });
    expect(await copyNames()).toEqual(expect.arrayContaining([...(await idsOf(setup.db))]));
    expect(ofKind(setup, 'analysed')).toHaveLength(3);
  });

  test('a folder is read where it lies; what is no sound is passed over; adding it again reads what is new', async () => {
    const folder = await createFolder({
      'a.wav': songFile(11),
      'Album/b.wav': songFile(12),
      'Album/cover.jpg': new Blob(['x']),
      'Album/.hidden.wav': songFile(13),
      'list.m3u': new Blob(['x']),
    });
    const setup = begin(await freshDatabase());
    await setup.pipeline.start();
    expect(await setup.pipeline.importHandle(folder)).toEqual({ queued: 2, ignored: 3, known: 0 });
    await untilIdle(setup);
    const tracks = await setup.db.getAll('tracks');
    expect(tracks.map(({ path }) => path).sort()).toEqual(['Album/b.wav', 'a.wav']);
    for (const track of tracks) {
      expect(track.source.kind).toBe('handle');
      expect((await openTrackFile(track, { db: setup.db, work: setup.works[0]! })).size).toBe(track.bytes);
    }
    const added = await (await folder.getFileHandle('c.wav', { create: true })).createWritable();
    await added.write(songFile(14));
    await added.close();
    expect(await setup.pipeline.importHandle(folder)).toEqual({ queued: 1, ignored: 3, known: 2 });
    await untilIdle(setup);
    expect([await count(setup, 'tracks'), await count(setup, 'handles')]).toEqual([3, 1]);
  });

  test('each unusable file is listed with its reason, and the others become songs', async () => {
    const setup = begin(await freshDatabase());
    await setup.pipeline.start();
    await setup.pipeline.importFiles([
      songFile(21),
      songFile(21, 'again.wav'),
      new File([], 'empty.mp3'),
      new File(['Buy milk.'.repeat(100)], 'shopping.mp3'),
      new File(['FORM\0\0\0\0AIFFCOMM'], 'old.aiff'),
    ]);
    await untilIdle(setup);
    const failures = Object.fromEntries((await setup.db.getAll('failures')).map(({ path, code }) => [path, code]));
    const duplicate = (await setup.db.getAll('tracks'))[0]?.path === 'again.wav' ? 'song21.wav' : 'again.wav';
    expect(failures).toEqual({
      [duplicate]: 'library/duplicate',
      'empty.mp3': 'library/empty-file',
      'shopping.mp3': 'library/not-audio',
      'old.aiff': 'library/decode-failed',
    });
    expect(await count(setup, 'tracks')).toBe(1);
    expect(ofKind(setup, 'failed')).toHaveLength(4);
    await setup.pipeline.clearFailures();
    expect(await count(setup, 'failures')).toBe(0);
  });

  test('the same files once more change nothing and are no news', async () => {
    const setup = begin(await freshDatabase());
    await setup.pipeline.start();
    for (let round = 0; round < 2; round++) {
      await setup.pipeline.importFiles([songFile(31), songFile(32)]);
      await untilIdle(setup);
    }
    expect([await count(setup, 'tracks'), await count(setup, 'failures')]).toEqual([2, 0]);
    expect(setup.works.flatMap(({ analysed }) => analysed)).toHaveLength(2);
  });

  test('a song whose file moved is found again by its content', async () => {
    const folder = await createFolder({ 'old/a.wav': songFile(41) });
    const setup = begin(await freshDatabase());
    await setup.pipeline.start();
    await setup.pipeline.importHandle(folder);
    await untilIdle(setup);
    await folder.removeEntry('old', { recursive: true });
    const moved = await (await folder.getFileHandle('a.wav', { create: true })).createWritable();
    await moved.write(songFile(41));
    await moved.close();
    await setup.pipeline.importHandle(folder);
    await untilIdle(setup);
    expect(await setup.db.getAll('tracks')).toMatchObject([{ path: 'a.wav' }]);
    expect(await count(setup, 'analyses')).toBe(1);
  });
});

describe('a tab that is closed', () => {
  test('while songs are analysed: the next one goes on, nothing is lost or doubled', async () => {
    const db = await freshDatabase();
    const first = begin(db);
    await first.pipeline.start();
    await first.pipeline.importFiles([1, 2, 3, 4, 5].map((n) => songFile(50 + n)));
    await until(() => expect(ofKind(first, 'analysed').length).toBeGreaterThanOrEqual(1));
    for (const work of first.works) work.hold();
    first.pipeline.stop();
    const before = await db.count('analyses');
    const second = begin(db);
    await second.pipeline.start();
    await untilIdle(second);
    expect([await db.count('tracks'), await db.count('analyses'), await db.count('imports')]).toEqual([5, 5, 0]);
    expect(second.works.flatMap(({ analysed }) => analysed)).toHaveLength(5 - before);
    expect(new Set((await db.getAll('embeddings'))[0]?.trackIds).size).toBe(5);
  });

  test('while files are read: a copy that was finished is used, a file that was not copied is named', async () => {
    const db = await freshDatabase();
    const copied = crypto.randomUUID() as TrackId;
    const lost = crypto.randomUUID() as TrackId;
    const row = { handleId: null, piece: null, copy: true, queuedAt: 1, attempts: 1 };
    await db.put('imports', { ...row, id: copied, path: 'copied.wav' });
    await db.put('imports', { ...row, id: lost, path: 'lost.wav' });
    const { createCopy } = await import('../../src/storage/opfs');
    const copy = await createCopy(copied);
    await copy.write(new Uint8Array(await songFile(61).arrayBuffer()));
    await copy.finish();
    const setup = begin(db);
    await setup.pipeline.start();
    await untilIdle(setup);
    expect(await db.getAll('tracks')).toMatchObject([{ id: copied, title: 'copied', source: { kind: 'opfs', key: copied } }]);
    expect(await db.getAll('failures')).toMatchObject([{ path: 'lost.wav', code: 'library/file-missing' }]);
  });

  test('while a folder is listed: the listing is done again', async () => {
    const db = await freshDatabase();
    const handle = await createFolder({ 'a.wav': songFile(71), 'b.wav': songFile(72) });
    await db.put('handles', { id: 'folder', name: handle.name, handle, addedAt: 1, listedAt: null });
    const id = crypto.randomUUID() as TrackId;
    await db.put('imports', { id, path: 'a.wav', handleId: 'folder', piece: null, copy: false, queuedAt: 1, attempts: 0 });
    const setup = begin(db);
    await setup.pipeline.start();
    await untilIdle(setup);
    expect((await db.getAll('tracks')).map(({ path }) => path).sort()).toEqual(['a.wav', 'b.wav']);
  });

  test('by the same file each time: the file is given up', async () => {
    const db = await freshDatabase();
    const handle = await createFolder({ 'bomb.wav': songFile(73) });
    await db.put('handles', { id: 'folder', name: handle.name, handle, addedAt: 1, listedAt: 1 });
    const id = crypto.randomUUID() as TrackId;
    await db.put('imports', { id, path: 'bomb.wav', handleId: 'folder', piece: null, copy: false, queuedAt: 1, attempts: 3 });
    const setup = begin(db);
    await setup.pipeline.start();
    await untilIdle(setup);
    expect(await db.getAll('failures')).toMatchObject([{ path: 'bomb.wav', code: 'library/unreadable-file' }]);
  });

  test('what belongs to nothing is cleaned up', async () => {
    const { createCopy, openCopy } = await import('../../src/storage/opfs');
    const orphan = await createCopy('orphan');
    await orphan.write(Uint8Array.of(1));
    await orphan.finish();
    await begin(await freshDatabase()).pipeline.start();
    expect(await openCopy('orphan')).toBeNull();
  });
});

describe('stopping and going on', () => {
  test('a pause puts the song in hand back; resuming finishes it', async () => {
    const setup = begin(await freshDatabase());
    await setup.pipeline.start();
    for (const work of setup.works) work.hold();
    await setup.pipeline.importFiles([songFile(81), songFile(82), songFile(83)]);
    await until(() => expect(setup.pipeline.progress).toMatchObject({ phase: 'analysing' }));
    setup.pipeline.pause();
    await until(() => expect(setup.pipeline.progress).toMatchObject({ kind: 'paused', because: null, done: 0, total: 3, current: null }));
    expect(await setup.db.count('attempts')).toBe(0);
    for (const work of setup.works) work.release();
    setup.pipeline.resume();
    await untilIdle(setup);
    expect(await count(setup, 'analyses')).toBe(3);
  });

  test('without a model files are still read, and the reason is told', async () => {
    const setup = begin(await freshDatabase());
    for (const work of setup.works) work.failPrepare(new AppError('model/fetch-failed', 'offline'));
    await setup.pipeline.start();
    await setup.pipeline.importFiles([songFile(91), songFile(92), songFile(93)]);
    await until(() =>
      expect(setup.pipeline.progress).toMatchObject({ kind: 'paused', phase: 'analysing', because: 'model/fetch-failed', total: 3 }),
    );
    expect(await count(setup, 'tracks')).toBe(3);
    for (const work of setup.works) work.failPrepare(null);
    setup.pipeline.resume();
    await untilIdle(setup);
    expect(await count(setup, 'analyses')).toBe(3);
  });

  test('a full disk pauses and keeps everything queued', async () => {
    const setup = begin(await freshDatabase());
    const full = setup.works.map((work) => vi.spyOn(work, 'read').mockRejectedValue(new AppError('storage/quota', 'full')));
    await setup.pipeline.start();
    await setup.pipeline.importFiles([songFile(101), songFile(102)]);
    await until(() => expect(setup.pipeline.progress).toMatchObject({ kind: 'paused', because: 'storage/quota' }));
    expect(await setup.db.getAll('imports')).toMatchObject([{ attempts: 0 }, { attempts: 0 }]);
    for (const spy of full) spy.mockRestore();
    setup.pipeline.resume();
    await untilIdle(setup);
    expect(await count(setup, 'tracks')).toBe(2);
  });

  test('a song that fails says why, and can be tried again', async () => {
    const setup = begin(await freshDatabase());
    for (const work of setup.works) work.failAnalysis(new AppError('library/decode-failed', 'broken'));
    await setup.pipeline.start();
    await setup.pipeline.importFiles([songFile(111)]);
    await untilIdle(setup);
    const [track] = await setup.db.getAll('tracks');
    expect(await setup.db.getAll('failures')).toMatchObject([{ trackId: track?.id, code: 'library/decode-failed' }]);
    for (const work of setup.works) work.failAnalysis(null);
    await setup.pipeline.retry(track!.id);
    await untilIdle(setup);
    expect([await count(setup, 'failures'), await count(setup, 'analyses')]).toEqual([0, 1]);
  });

  test('crashing workers are given a few songs, then the pipeline stops blaming the songs', async () => {
    const setup = begin(await freshDatabase());
    for (const work of setup.works) work.failAnalysis(new AppError('worker/crashed', 'gone'));
    await setup.pipeline.start();
    await setup.pipeline.importFiles([1, 2, 3, 4, 5, 6].map((n) => songFile(120 + n)));
    await until(() => expect(setup.pipeline.progress).toMatchObject({ kind: 'paused', because: 'worker/crashed' }));
    expect(await count(setup, 'failures')).toBe(0);
  });
});

describe('permissions', () => {
  test('a folder whose permission is gone waits and is named; allowing it goes on', async () => {
    const db = await freshDatabase();
    const handle = await createFolder({ 'a.wav': songFile(131) });
    await db.put('handles', { id: 'folder', name: handle.name, handle, addedAt: 1, listedAt: null });
    const allowed = vi.spyOn(FileSystemHandle.prototype as PermissionHandle & object, 'queryPermission').mockResolvedValue('prompt');
    const asked = vi.spyOn(FileSystemHandle.prototype as PermissionHandle & object, 'requestPermission').mockResolvedValueOnce('denied');
    const id = crypto.randomUUID() as TrackId;
    await db.put('imports', { id, path: 'a.wav', handleId: 'folder', piece: null, copy: false, queuedAt: 1, attempts: 0 });
    const setup = begin(db);
    await setup.pipeline.start();
    await until(() => expect(ofKind(setup, 'folders').at(-1)?.folders).toEqual([{ id: 'folder', name: handle.name }]));
    expect(setup.pipeline.progress).toMatchObject({ kind: 'paused', because: 'library/permission-lost' });
    expect(await setup.pipeline.allowFolder('folder')).toBe(false);
    allowed.mockRestore();
    asked.mockRestore();
    expect(await setup.pipeline.allowFolder('folder')).toBe(true);
    await untilIdle(setup);
    expect(ofKind(setup, 'folders').at(-1)?.folders).toEqual([]);
    expect(await db.count('tracks')).toBe(1);
  });
});

describe('removing', () => {
  test('a song goes with its copy; one that is being analysed does not come back', async () => {
    const setup = begin(await freshDatabase());
    await setup.pipeline.start();
    for (const work of setup.works) work.hold();
    await setup.pipeline.importFiles([songFile(141), songFile(142)]);
    await until(() => expect(ofKind(setup, 'analysing')).toHaveLength(2));
    const ids = await idsOf(setup.db);
    await setup.pipeline.remove(ids);
    for (const work of setup.works) work.release();
    await untilIdle(setup);
    expect([await count(setup, 'tracks'), await count(setup, 'analyses')]).toEqual([0, 0]);
    const left = await copyNames();
    for (const id of ids) expect(left).not.toContain(id);
    expect(ofKind(setup, 'removed')).toMatchObject([{ trackIds: ids }]);
  });

  test('the demo library comes once and goes whole', async () => {
    const setup = begin(await freshDatabase());
    await setup.pipeline.start();
    await setup.pipeline.addDemo();
    await untilIdle(setup);
    await setup.pipeline.addDemo();
    await untilIdle(setup);
    const tracks = await setup.db.getAll('tracks');
    expect(tracks).toHaveLength(16);
    expect(tracks[0]).toMatchObject({ artist: 'SyncIn demo', source: { kind: 'demo' } });
    expect((await copyNames()).filter((name) => name.startsWith('demo-'))).toHaveLength(16);
    await setup.pipeline.removeDemo();
    expect(await count(setup, 'tracks')).toBe(0);
    expect((await copyNames()).filter((name) => name.startsWith('demo-'))).toHaveLength(0);
  });
});

test('two tabs: the second waits and takes over when the first is closed', async () => {
  const db = await freshDatabase();
  const first = begin(db, { locks: navigator.locks });
  await first.pipeline.start();
  for (const work of first.works) work.hold();
  await first.pipeline.importFiles([songFile(151), songFile(152)]);
  await until(() => expect(ofKind(first, 'analysing')).toHaveLength(2));
  const second = begin(db, { locks: navigator.locks });
  await second.pipeline.start();
  expect(second.pipeline.progress.kind).toBe('idle');
  first.pipeline.stop();
  await until(() => expect(ofKind(second, 'analysed')).toHaveLength(2));
  expect(await db.count('analyses')).toBe(2);
});
