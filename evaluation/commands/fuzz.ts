import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openPage } from '../browser/openPage';
import { RunError, UsageError } from '../input/commandErrors';
import { parseArguments } from '../input/parseArguments';

const FLAGS = { count: 'count', first: 'count' } as const;
const FIXTURES = resolve(import.meta.dirname, '../../tests/fixtures/audio');

/** `npm run fuzz`: prints what became of each broken file as one JSON object; fails when one was lost, unnamed or halted the import. */
export async function main(argv: readonly string[]): Promise<void> {
  const { words, counts } = parseArguments(argv, FLAGS);
  if (words.length > 0) throw new UsageError('Usage: npm run fuzz [-- --count N --first N]');
  const names = (await readdir(FIXTURES)).filter((name) => name.startsWith('tune.')).sort();
  const files = new Map(names.map((name, index) => [`/items/${index}`, join(FIXTURES, name)]));
  const opened = await openPage({ files });
  try {
    const request = { count: counts['count'] ?? 600, first: counts['first'] ?? 0, names };
    const result = await opened.during(() => opened.page.evaluate((asked) => window.fuzz(asked), request));
    console.log(JSON.stringify({ browser: opened.browserVersion, ...result }, null, 2));
    if (result.lost + result.unnamed + result.halts > 0) throw new RunError('Some files were lost or not named.');
  } finally {
    await opened.close();
  }
}
