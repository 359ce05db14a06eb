import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readFusionManifest, sourcesIn } from '../../../../evaluation/fusion/readFusionManifest';
import type { ManifestOptions } from '../../../../evaluation/input/readManifest';

const ALL: Omit<ManifestOptions, 'labels' | 'input'> = { limit: null, labelColumn: null, groupColumn: null, byColumn: null, where: {} };
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fusion-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(lines: readonly string[], options: Partial<typeof ALL> = {}) {
  await writeFile(join(folder, 'manifest.csv'), lines.join('\n'));
  return readFusionManifest(folder, { ...ALL, ...options });
}

test('every prefix of an emotion is a sense; spellings are those of the label table, masses are made to sum to 1', async () => {
  const [first, second] = await read([
    'face_happy,face_sad,voice_anger,label,subject',
    '3,1,,joy,ann', //
    '1,1,0.5,angry,ben',
  ]);
  expect(first).toMatchObject({ label: 'happiness', group: 'ann', session: null, atMs: 0 });
  expect(first?.words).toHaveLength(1);
  expect(first?.words[0]).toMatchObject({
    source: 'face',
    p: [0, 0.75, 0.25, 0, 0, 0, 0],
    quality: 1,
    ageMs: 0,
    isPeople: false,
    affect: null,
  });
  expect(second?.words.map(({ source }) => source)).toEqual(['face', 'voice']);
  expect(sourcesIn(first && second ? [first, second] : [])).toEqual(['face', 'voice']);
});

test('what else a sense may say, and where a row stands in time', async () => {
  const [row] = await read([
    'heart_neutral,heart_arousal,heart_arousal_sd,heart_confidence,heart_quality,heart_age,heart_people,label,time,session',
    '1,0.4,0.3,0.6,0.5,2.5,1,neutral,12,a',
  ]);
  expect(row).toMatchObject({ session: 'a', atMs: 12_000 });
  const affect = { valence: 0, valenceSd: 1, arousal: 0.4, arousalSd: 0.3 };
  expect(row?.words[0]).toMatchObject({ source: 'heart', confidence: 0.6, quality: 0.5, ageMs: 2500, isPeople: true, affect });
});

test('--where, --limit and the named columns', async () => {
  const lines = ['face_anger,truth,who,sex', '1,anger,ann,F', '1,anger,ben,M', '1,anger,cem,F'];
  const rows = await read(lines, {
    labelColumn: 'truth',
    groupColumn: 'who',
    byColumn: 'sex',
    where: { sex: 'F' },
    limit: 1,
  });
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ group: 'ann', by: 'F' });
});

describe('one sentence that says what to put right', () => {
  test.each([
    ['no sense', ['label', 'anger'], /no columns of a sense/],
    ['an unknown label', ['face_anger,label', '1,envy'], /label "envy" in row 1/],
    ['no label column', ['face_anger,word', '1,anger'], /no column "emotion"/],
    ['a word', ['face_anger,label', 'much,anger'], /"much" in row 1/],
    ['less than nothing', ['face_anger,label', '-1,anger'], /"-1" in row 1/],
    ['a quality above 1', ['face_anger,face_quality,label', '1,2,anger'], /"2" in row 1/],
    ['nothing at all', ['face_anger,label', '0,anger'], /face says in row 1 .* sums to 0/],
    ['no rows', ['face_anger,label'], /lists no items/],
    ['an open quote', ['face_anger,label', '"1,anger'], /not valid CSV/],
  ])('%s', async (_, lines, sentence) => {
    await expect(read(lines)).rejects.toThrow(sentence);
  });

  test('no manifest', async () => {
    await expect(readFusionManifest(folder, ALL)).rejects.toThrow(/no readable/);
  });
});
