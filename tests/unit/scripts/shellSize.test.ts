import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { scriptsOf, shellScripts, staticImports } from '../../../scripts/lib/shellSize.mjs';

const folder = mkdtempSync(join(tmpdir(), 'syncin-size-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('static imports of minified code, not lazy ones', () => {
  const code = `import{a as b}from"./a-1.js";import"./b-2.js";export*from'../c.js';const d=()=>import("./lazy.js");import x from"svelte";`;
  expect(staticImports(code)).toEqual(['./a-1.js', './b-2.js', '../c.js']);
});

test('scripts and preloads of a page', () => {
  const html = `<script type="module" crossorigin src="./assets/index.js"></script>
    <link rel="modulepreload" crossorigin href="./assets/part.js"><link rel="stylesheet" href="./assets/index.css">`;
  expect(scriptsOf(html)).toEqual(['./assets/index.js', './assets/part.js']);
});

test('the whole graph is counted, each file once', () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<script type="module" src="./assets/index.js"></script>');
  writeFileSync(join(folder, 'assets/index.js'), 'import"./a.js";import("./lazy.js")');
  writeFileSync(join(folder, 'assets/a.js'), 'import"./index.js";import"./b.js"');
  writeFileSync(join(folder, 'assets/b.js'), 'export{}');
  writeFileSync(join(folder, 'assets/lazy.js'), 'x'.repeat(1000));
  const scripts = shellScripts(folder);
  expect(scripts.map(({ file }) => file)).toEqual(['assets/index.js', 'assets/a.js', 'assets/b.js']);
  expect(scripts[2]).toMatchObject({ bytes: 8 });
});
