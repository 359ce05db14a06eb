import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sourceHash } from '../../../scripts/lib/build.mjs';

const root = mkdtempSync(join(tmpdir(), 'syncin-build-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});
const hash = (): string => sourceHash(root, ['src', 'index.html', 'models']);

test('any change of a content or a name asks for a new build, and nothing else does', () => {
  mkdirSync(join(root, 'src/a'), { recursive: true });
  writeFileSync(join(root, 'src/a/one.ts'), '1');
  writeFileSync(join(root, 'index.html'), '<html>');
  const first = hash();
  writeFileSync(join(root, 'src/a/one.ts'), '1');
  writeFileSync(join(root, 'README.md'), 'not a source');
  expect(hash()).toBe(first);
  writeFileSync(join(root, 'src/a/one.ts'), '2');
  const second = hash();
  expect(second).not.toBe(first);
  renameSync(join(root, 'src/a/one.ts'), join(root, 'src/a/two.ts'));
  expect(hash()).not.toBe(second);
});
