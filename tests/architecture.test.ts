import { basename, dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../src/core/errors';
import { forbiddenImports } from './support/importRules';
import { filesBelow, read, sentenceKeys, trackedFiles } from './support/sourceTree';

const SOURCES = filesBelow('src').filter((file) => /\.(ts|svelte)$/.test(file));
const LOCALES = filesBelow('src/locales').filter((file) => file.endsWith('.json'));
const lineCount = (path: string): number => read(path).split('\n').length - 1;

describe('rooms', () => {
  test('a planted import is found, however it is written', () => {
    expect(forbiddenImports('core/units.ts', "import { mel } from '../dsp/mel';")).toEqual(['dsp/mel']);
    expect(forbiddenImports('ui/views/Now.svelte', "const db = await import('../../storage/db');")).toEqual(['storage/db']);
    expect(forbiddenImports('dsp/mel.ts', "export { x } from '../ml/session';")).toEqual(['ml/session']);
    expect(forbiddenImports('player/queue.ts', "import '../stores/session.svelte';")).toEqual(['stores/session.svelte']);
    expect(forbiddenImports('library/work.ts', "new Worker(new URL('../workers/library.worker.ts', import.meta.url))")).toHaveLength(1);
    expect(forbiddenImports('unknown/a.ts', "import '../core/units';")).toEqual(['core/units']);
    expect(forbiddenImports('core/units.ts', "import x from '../../scripts/headers.mjs';")).toEqual(['../scripts/headers.mjs']);
    expect(forbiddenImports('ml/onnx.ts', "import type { T } from './session'; import { AppError } from '../core/errors';")).toEqual([]);
  });

  test('each room imports only from the rooms it may', () => {
    const guilty = SOURCES.filter((file) => file.includes('/')).flatMap((file) =>
      forbiddenImports(file, read(`src/${file}`)).map((target) => `${file} imports ${target}`),
    );
    expect(guilty).toEqual([]);
  });

  test('only main.ts lies outside a room', () => {
    expect(SOURCES.filter((file) => !file.includes('/') && !file.endsWith('.d.ts'))).toEqual(['main.ts']);
  });

  test('main.ts only puts the parts together', () => {
    expect(lineCount('src/main.ts')).toBeLessThanOrEqual(80);
  });

  test('no barrels: an index.ts is a modality', () => {
    const barrels = SOURCES.filter((file) => basename(file) === 'index.ts' && !/^modalities\/\w+\/index\.ts$/.test(file));
    expect(barrels).toEqual([]);
  });
});

describe('sizes and names', () => {
  test('files are short enough to read', () => {
    const limitOf = (file: string) => (file.endsWith('.svelte') ? 150 : 300);
    const guilty = SOURCES.map((file) => ({ file, lines: lineCount(`src/${file}`), limit: limitOf(file) }));
    expect(guilty.filter(({ lines, limit }) => lines > limit)).toEqual([]);
  });

  test('the script of a component is at most 60 lines', () => {
    const scriptLines = (file: string) => (/<script[^>]*>([\s\S]*?)<\/script>/.exec(read(`src/${file}`))?.[1] ?? '').split('\n').length - 2;
    const components = SOURCES.filter((file) => file.endsWith('.svelte'));
    expect(components.map((file) => ({ file, lines: scriptLines(file) })).filter(({ lines }) => lines > 60)).toEqual([]);
  });

  test('no folder holds more than 12 files', () => {
    const counts = new Map<string, number>();
    for (const file of SOURCES) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > 12)).toEqual([]);
  });

  test('files are named after what they hold', () => {
    const misnamed = SOURCES.filter((file) => {
      const name = basename(file);
      return file.endsWith('.svelte')
        ? !/^[A-Z][A-Za-z0-9]*\.svelte$/.test(name)
        : !/^[a-z][A-Za-z0-9]*(\.(svelte|worker|worklet|d))?\.ts$/.test(name);
    });
    expect(misnamed).toEqual([]);
  });
});

describe('sentences', () => {
  test.each(LOCALES)('%s has one for every error code, and none for codes that are gone', (file) => {
    const { error } = JSON.parse(read(`src/locales/${file}`)) as { error: Record<string, string> };
    expect(Object.keys(error).sort()).toEqual([...ERROR_CODES].sort());
    for (const sentence of Object.values(error)) expect(sentence).toMatch(/\S.*[.!?]$/);
  });

  test.each(LOCALES.filter((file) => file !== 'en.json'))('%s says what en.json says', (file) => {
    const keysOf = (name: string) => sentenceKeys(JSON.parse(read(`src/locales/${name}`)) as object).sort();
    expect(keysOf(file)).toEqual(keysOf('en.json'));
  });
});

describe('what the repository holds', () => {
  const tracked = trackedFiles();
  const isText = (file: string) => !/\.(png|onnx|f32|wav|mjpeg|y4m|tflite|task|wasm|webp|opus|mp3|npz|bin)$/.test(file);

  test.skipIf(tracked === null)('no path of the machine it was written on', () => {
    // Put together here, so that this file does not find itself.
    const paths = new RegExp(['work', 'root', 'home', 'Users'].map((name) => `(?<![\\w.~-])/${name}/[\\w.-]+`).join('|'));
    const guilty = (tracked ?? [])
      .filter(isText)
      .flatMap((file) => (paths.test(read(file)) ? [`${file}: ${paths.exec(read(file))?.[0]}`] : []));
    expect(guilty).toEqual([]);
  });

  test.skipIf(tracked === null)('no file that is made, fetched or private', () => {
    const guilty = (tracked ?? []).filter((file) => /^(dist|node_modules|public\/vendor)\/|\.(pyc|log)$|(^|\/)\.env/.test(file));
    expect(guilty).toEqual([]);
  });

  test('the lock of packages names no registry', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved":/);
  });
});

describe('packages', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  const sources = SOURCES.map((file) => read(`src/${file}`)).join('\n') + read('assets.lock.json');

  test('every runtime dependency reaches users', () => {
    const unused = Object.keys(dependencies).filter((name) => !new RegExp(`['"]${name}(/[^'"]*)?['"]`).test(sources));
    expect(unused).toEqual([]);
  });

  test('every runtime dependency is pinned and explained', () => {
    const described = read('docs/dependencies.md');
    for (const [name, version] of Object.entries(dependencies)) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      expect(described, name).toContain(name.replace(/^.*(?=-backend|-precaching|-routing)/, ''));
    }
  });
});
