import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { benchLibrary } from '../app/benchLibrary';
import { openPage } from '../browser/openPage';
import { RunError, UsageError } from '../input/commandErrors';
import { parseArguments } from '../input/parseArguments';

const FLAGS = { data: 'text', clip: 'text', seconds: 'count' } as const;
const USAGE = 'npm run bench [-- face [--clip FILE] [--seconds N] | library --data <folder>]';
const CLIP = resolve(import.meta.dirname, '../../tests/fixtures/camera/smilingMan.mjpeg');

/** `npm run bench`: prints one JSON object. Compare figures of one run with each other, not those of two machines. */
export async function main(argv: readonly string[]): Promise<void> {
  const { words, text, counts } = parseArguments(argv, FLAGS);
  const [what = 'face', ...rest] = words;
  if (rest.length > 0 || !['face', 'library'].includes(what)) throw new UsageError(`Usage: ${USAGE}`);
  if (what === 'library' && text['data'] === undefined) throw new UsageError(`--data <folder> is missing. Usage: ${USAGE}`);
  const result =
    what === 'library'
      ? { library: await benchLibrary(resolve(text['data'] ?? '')) }
      : await benchPage(text['clip'] ?? CLIP, counts['seconds'] ?? 20);
  const machine = { cores: availableParallelism(), node: process.version, platform: `${process.platform} ${process.arch}` };
  console.log(JSON.stringify({ measuredAt: new Date().toISOString(), machine, ...result }, null, 2));
}

async function benchPage(clip: string, seconds: number): Promise<object> {
  const opened = await openPage({ flags: [`--use-file-for-fake-video-capture=${resolve(clip)}`] });
  try {
    const ended = await opened.during(() => opened.page.evaluate((request) => window.bench(request), { seconds }));
    if ('code' in ended) throw new RunError(`The product failed (${ended.code}): ${ended.message}`);
    return { browser: opened.browserVersion, ...ended };
  } finally {
    await opened.close();
  }
}
