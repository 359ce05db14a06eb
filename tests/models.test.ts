import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseManifest } from '../src/ml/parseManifest';
import { ROOT } from './support/sourceTree';

const MODELS = join(ROOT, 'models');
const names = existsSync(MODELS)
  ? readdirSync(MODELS, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
  : [];

/** A reader's promise: what a manifest says of its files is true of the files that lie beside it. */
describe.skipIf(names.length === 0)('models', () => {
  test.each(names)('%s has a valid manifest of its own name', (name) => {
    const manifest = parseManifest(JSON.parse(readFileSync(join(MODELS, name, 'manifest.json'), 'utf8')));
    expect(manifest.name).toBe(name);
  });

  test.each(names)('%s: the files are those that the manifest names', (name) => {
    const manifest = parseManifest(JSON.parse(readFileSync(join(MODELS, name, 'manifest.json'), 'utf8')));
    for (const file of manifest.files) {
      const bytes = readFileSync(join(MODELS, name, file.path));
      expect(bytes.length, file.path).toBe(file.bytes);
      expect(createHash('sha256').update(bytes).digest('hex'), file.path).toBe(file.sha256);
    }
  });

  test.each(names)('%s: the self-test pair is there and holds whole numbers of floats', (name) => {
    const { selfTest } = parseManifest(JSON.parse(readFileSync(join(MODELS, name, 'manifest.json'), 'utf8')));
    for (const path of [selfTest.input, selfTest.output]) {
      const { size } = statSync(join(MODELS, name, path));
      expect(size, path).toBeGreaterThan(0);
      expect(size % 4, path).toBe(0);
    }
  });
});
