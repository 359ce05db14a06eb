import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { folderSignature } from '../../../../evaluation/browser/folderSignature';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signature-'));
  await mkdir(join(folder, 'a'));
  await writeFile(join(folder, 'a/b.ts'), 'one');
});
afterEach(() => rm(folder, { recursive: true }));

it('stays while nothing changes', async () => {
  expect(await folderSignature([folder])).toBe(await folderSignature([folder]));
});

it.each([
  ['a file is written', () => utimes(join(folder, 'a/b.ts'), 0, 0)],
  ['a file appears', () => writeFile(join(folder, 'a/c.ts'), '')],
  ['a file disappears', () => rm(join(folder, 'a/b.ts'))],
])('changes when %s', async (_, change) => {
  const before = await folderSignature([folder]);
  await change();
  expect(await folderSignature([folder])).not.toBe(before);
});
