import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emotionLabels, quadrantLabels } from '../../../../evaluation/input/labels';
import { readManifest, type ManifestOptions } from '../../../../evaluation/input/readManifest';

const OPTIONS: ManifestOptions = {
  labels: emotionLabels,
  input: 'file',
  limit: null,
  labelColumn: null,
  groupColumn: null,
  byColumn: null,
  where: {},
};
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'manifest-'));
});
afterEach(() => rm(folder, { recursive: true }));

function write(text: string): Promise<void> {
  return writeFile(join(folder, 'manifest.csv'), text);
}

describe('readManifest', () => {
  it('reads files, labels in corpus spelling and groups', async () => {
    await write('file,label,group\na.png,HAP,p1\n"b, c.png",contempt,\n');
    expect(await readManifest(folder, OPTIONS)).toEqual([
      { index: 0, file: 'a.png', text: null, label: 'happiness', group: 'p1', by: null },
      { index: 1, file: 'b, c.png', text: null, label: 'contempt', group: null, by: null },
    ]);
  });

  it('stops at the limit', async () => {
    await write('file,label\na,joy\nb,joy\nc,joy\n');
    expect(await readManifest(folder, { ...OPTIONS, limit: 2 })).toHaveLength(2);
  });

  it('reads texts', async () => {
    await write('text,label\nWhat a day!,joy\n');
    expect(await readManifest(folder, { ...OPTIONS, input: 'text' })).toMatchObject([{ file: null, text: 'What a day!' }]);
  });

  it('finds labels and groups under the names that corpora use', async () => {
    await write('file,quadrant,artist_group\na.opus,Q3,356\n');
    expect(await readManifest(folder, { ...OPTIONS, labels: quadrantLabels })).toMatchObject([{ label: 'Q3', group: '356' }]);
  });

  it('takes the columns it is told to take', async () => {
    await write('file,label,mine,fold\na.opus,Q1,Q3,5\n');
    const read = await readManifest(folder, { ...OPTIONS, labels: quadrantLabels, labelColumn: 'mine', groupColumn: 'fold' });
    expect(read).toMatchObject([{ label: 'Q3', group: '5' }]);
  });

  it.each([
    ['label\njoy\n', 'has no column "file"; its columns are label.'],
    ['file,feeling\na,joy\n', 'has no column "label"; its columns are file, feeling.'],
    ['file,label\na,hungry\n', 'has the unknown label "hungry".'],
    ['file,label\n,joy\n', 'has no file.'],
    ['file,label\n', 'lists no items.'],
    ['', 'lists no items.'],
    ['file,label\n"a,joy\n', 'is not valid CSV'],
  ])('refuses %j with one sentence', async (text, sentence) => {
    await write(text);
    await expect(readManifest(folder, OPTIONS)).rejects.toThrow(sentence);
  });

  it('names a missing folder and a missing manifest', async () => {
    await expect(readManifest(join(folder, 'none'), OPTIONS)).rejects.toThrow('There is no folder');
    await expect(readManifest(folder, OPTIONS)).rejects.toThrow('There is no readable manifest.csv');
    await write('x');
    await expect(readManifest(join(folder, 'manifest.csv'), OPTIONS)).rejects.toThrow('is not a folder');
  });
});
