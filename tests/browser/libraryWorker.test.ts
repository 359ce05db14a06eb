import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LibraryWork } from '../../src/library/libraryWork';
import { DEMO_PIECES } from '../../src/library/demo/demoPieces';
import { openCopy, removeCopy } from '../../src/storage/opfs';
import { createLibraryCrew, crewSize } from '../../src/workers/libraryCrew';
import { id3Tag, pictureFrame, textFrame } from '../support/id3';
import { hugeHeaderWav, textAsMp3, wavFile } from '../support/media';
import { copyNames } from './support/libraryFixtures';

const fixture = async (name: string): Promise<File> =>
  new File([await (await fetch(new URL(`../fixtures/audio/${name}`, import.meta.url))).blob()], name);
const sha256 = async (file: Blob) =>
  Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

let work: LibraryWork;
beforeAll(() => {
  [work] = createLibraryCrew({ baseUrl: new URL('/', location.href).href, size: 1 }) as [LibraryWork];
});
afterAll(() => work.stop());

test('one worker on one core, at most four, two cores left free', () => {
  expect([1, 2, 3, 4, 8, 64, Number.NaN].map(crewSize)).toEqual([1, 1, 1, 2, 4, 4, 1]);
});

describe('reading', () => {
  test('hash, tags and a copy that is moved into place', async () => {
    const file = await fixture('tune.flac');
    const read = await work.read({ file, copyKey: 'worker-copy' });
    expect(read).toMatchObject({ mimeType: 'audio/flac', bytes: file.size, tags: { title: 'Tune in flac', artist: 'SyncIn' } });
    expect(read.contentHash).toBe(await sha256(file));
    expect(await sha256((await openCopy('worker-copy')) as File)).toBe(read.contentHash);
    await work.read({ file, copyKey: 'worker-copy' }); // again, over the first
    expect((await copyNames()).filter((name) => name.includes('worker-copy'))).toEqual(['worker-copy']);
    await removeCopy('worker-copy');
  });

  test('covers are shrunk to 512 px and named by their content', async () => {
    const canvas = new OffscreenCanvas(1200, 600);
    canvas.getContext('2d')?.fillRect(0, 0, 600, 600);
    const picture = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
    const song = await fixture('tune.mp3');
    const { cover } = await work.read({
      file: new File([id3Tag([textFrame('TIT2', 'x'), pictureFrame(picture)]), song], 'a.mp3'),
      copyKey: null,
    });
    expect(cover?.id).toBe(await sha256(new Blob([picture])));
    const bitmap = await createImageBitmap(cover?.image as Blob);
    expect([bitmap.width, bitmap.height]).toEqual([512, 256]);
  });

  test('a cover that is no picture is no cover', async () => {
    const song = new File([id3Tag([pictureFrame(new Uint8Array(100))]), await fixture('tune.mp3')], 'a.mp3');
    expect(await work.read({ file: song, copyKey: null })).toMatchObject({ cover: null });
  });

  test.each([
    ['empty', new File([], 'a.mp3'), 'library/empty-file'],
    ['a text', new File([textAsMp3()], 'a.mp3'), 'library/not-audio'],
  ])('%s is refused and leaves no copy', async (_, file, code) => {
    await expect(work.read({ file, copyKey: 'refused' })).rejects.toMatchObject({ code });
    expect((await copyNames()).filter((name) => name.includes('refused'))).toEqual([]);
  });
});

test('a demo piece is made, kept and described', async () => {
  const read = await work.synthesise({ piece: 12, copyKey: 'demo-test' });
  expect(read).toMatchObject({ mimeType: 'audio/wav', tags: { title: DEMO_PIECES[12]?.tags.title, artist: 'SyncIn demo' } });
  const file = (await openCopy('demo-test')) as File;
  expect(file.size).toBe(read.bytes);
  expect(await sha256(file)).toBe(read.contentHash);
  expect(read.cover?.image.size).toBeGreaterThan(500);
  await removeCopy('demo-test');
});

describe('analysing with the real model', () => {
  test.each(['tune.mp3', 'tune.m4a', 'tune.flac', 'tune.ogg', 'tune.opus'])('%s', async (name) => {
    const progress: number[] = [];
    const { analysis, stages } = await work.analyse({ file: await fixture(name) }, { onProgress: (value) => progress.push(value) });
    expect(analysis.duration).toBeGreaterThan(3.9);
    expect(Object.values(analysis.quadrants).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 4);
    expect(Math.hypot(...analysis.embedding)).toBeCloseTo(1, 3);
    expect(Object.keys(stages)).toEqual(['decode', 'features', 'model']);
    expect(progress.length).toBeGreaterThan(0);
  });

  test('sound that the page decoded gives the same answer', async () => {
    const wav = wavFile({ seconds: 6, sampleRate: 22_050 });
    const direct = await work.analyse({ file: new File([wav], 'a.wav') });
    const samples = new Float32Array((wav.length - 44) / 2);
    const view = new DataView(wav.buffer);
    for (let i = 0; i < samples.length; i++) samples[i] = view.getInt16(44 + 2 * i, true) / 32_768;
    const { analysis } = await work.analysePcm({ channels: [samples], sampleRate: 22_050 });
    expect(analysis.affect.valence).toBeCloseTo(direct.analysis.affect.valence, 2);
    expect(analysis.tempo).toBeCloseTo(direct.analysis.tempo, 1);
  });

  test('a header that promises 2 GB, and no sound at all', async () => {
    expect((await work.analyse({ file: new File([hugeHeaderWav()], 'a.wav') })).analysis.duration).toBeCloseTo(1, 2);
    await expect(work.analyse({ file: new File([wavFile({ seconds: 0 })], 'a.wav') })).rejects.toMatchObject({
      code: 'library/empty-file',
    });
  });

  test('an abort is heard between blocks', async () => {
    const controller = new AbortController();
    const file = new File([wavFile({ seconds: 60, sampleRate: 44_100 })], 'long.wav');
    const running = work.analyse({ file }, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  });
});
