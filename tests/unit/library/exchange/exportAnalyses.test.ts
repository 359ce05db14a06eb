import { describe, expect, test } from 'vitest';
import type { TrackAnalysis } from '../../../../src/core/music';
import { ANALYSER_VERSION } from '../../../../src/library/analyse';
import { readAnalyses } from '../../../../src/library/exchange/analysesFile';
import { toCell } from '../../../../src/library/exchange/analysesTable';
import { exportAnalyses, importAnalyses } from '../../../../src/library/exchange/exportAnalyses';
import type { SyncInDatabase } from '../../../../src/storage/db';
import { commitAnalysis } from '../../../../src/storage/rows/analyses';
import { mutate } from '../../../support/mutate';
import { addTracks, makeAnalysis, makeTrack, openFresh } from '../../storage/rowFixtures';

const hash = (n: number) => n.toString(16).padStart(64, '0');
const song = (n: number) => makeTrack(n, { contentHash: hash(n), title: `Song "${n}"`, artist: '=SUM(A1), 夜' });
const analysis = (n: number): TrackAnalysis => makeAnalysis(n, 4, ANALYSER_VERSION);

async function library(songs: readonly number[], analysed: readonly number[]): Promise<SyncInDatabase> {
  const db = await openFresh();
  await addTracks(db, songs.map(song));
  for (const n of analysed) await commitAnalysis(db, { ...analysis(n), embedding: Float32Array.of(0.6, -0.8, 0, n / 10) });
  return db;
}

const collect = async (file: Blob) => {
  const songs = [];
  for await (const each of readAnalyses(file)) songs.push(each);
  return songs;
};

describe('JSON', () => {
  test('what one library wrote, another takes over without an analysis', async () => {
    const file = await exportAnalyses(await library([1, 2, 3], [1, 2]), 'json', 0);
    const db = await library([1, 2, 4], [2]);
    const told: string[] = [];
    expect(await importAnalyses(db, file, (track) => told.push(track.title))).toEqual({ imported: 1, known: 1, unknown: 0, outdated: 0 });
    expect(told).toEqual(['Song "1"']);
    const exported = await exportAnalyses(db, 'json', 0);
    expect((await collect(exported)).map(({ contentHash }) => contentHash)).toEqual([hash(1), hash(2)]);
    expect((await collect(exported))[0]?.analysis).toEqual((await collect(file))[0]?.analysis);
  });

  test('songs that are not here and analyses of another version are counted', async () => {
    const text = await (await exportAnalyses(await library([1, 2], [1, 2]), 'json', 0)).text();
    const older = text.replace(`"analysis":{"analyserVersion":${ANALYSER_VERSION}`, '"analysis":{"analyserVersion":1');
    expect(await importAnalyses(await library([1], []), new Blob([older]), () => undefined)).toMatchObject({
      imported: 0,
      unknown: 1,
      outdated: 1,
    });
  });

  test('laid out anew by another program it reads the same', async () => {
    const file = await exportAnalyses(await library([1], [1]), 'json', 0);
    const pretty = JSON.stringify(JSON.parse(await file.text()), null, 2);
    expect(await collect(new Blob([pretty]))).toEqual(await collect(file));
  });

  test('an empty library writes a file that reads as empty', async () => {
    expect(await collect(await exportAnalyses(await library([1], []), 'json', 0))).toEqual([]);
  });
});

test.each([
  ['nothing', ''],
  ['a text', 'Buy milk'],
  ['another JSON', '{"songs":[]}'],
  ['a list', '[]'],
  ['a cut file', '{"format":"SyncIn analyses","version":1,"songs":[\n'],
  ['a later version', '{"format":"SyncIn analyses","version":2,"songs":[\n]}\n'],
  ['a wrong song', '{"format":"SyncIn analyses","version":1,"songs":[\n{"contentHash":"x"}\n]}\n'],
])('%s is refused', async (_name, text) => {
  await expect(collect(new Blob([text]))).rejects.toMatchObject({ code: 'library/analyses-invalid' });
});

test('one wrong field changes nothing, and damage of any kind is refused by its code', async () => {
  const db = await library([1, 2], []);
  const text = await (await exportAnalyses(await library([1, 2], [1, 2]), 'json', 0)).text();
  for (const [from, to] of [
    [/"tempo":[\d.]+(?![\s\S]*"tempo":\d)/, '"tempo":-5'],
    [/"valence":0.1(?![\s\S]*"valence":0.1)/, '"valence":7'],
    [/"Q4":0.25(?![\s\S]*"Q4")/, '"Q4":null'],
  ] as const) {
    expect(text).toMatch(from);
    await expect(importAnalyses(db, new Blob([text.replace(from, to)]), () => undefined)).rejects.toMatchObject({
      code: 'library/analyses-invalid',
    });
  }
  expect(await db.count('analyses')).toBe(0);
  const original = { name: 'a.json', bytes: new TextEncoder().encode(text) };
  for (let number = 0; number < 300; number++) {
    const outcome = await collect(new Blob([mutate([original], number).bytes])).then(
      () => null,
      (error: { code?: string }) => error.code,
    );
    if (outcome !== null) expect(outcome, `mutant ${number}`).toBe('library/analyses-invalid');
  }
});

test('CSV: one line a song, no formulas, quotes doubled', async () => {
  const [head = '', first = '', ...rest] = (await (await exportAnalyses(await library([1, 2], [1]), 'csv', 0)).text()).split('\r\n');
  expect(rest).toEqual(['']);
  expect(head.replace('\ufeff', '').split(',').slice(0, 3)).toEqual(['contentHash', 'title', 'artist']);
  expect(head).toContain(',mfcc20,');
  expect(first).toContain(`${hash(1)},"Song ""1""","'=SUM(A1), 夜"`);
  expect([null, -5, '-x', 'a\nb'].map(toCell)).toEqual(['', '-5', "'-x", '"a\nb"']);
});
