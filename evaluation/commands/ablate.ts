import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { FusionKind } from '../../src/core/fusion';
import { ablate } from '../fusion/ablate/ablate';
import { sectionOf } from '../fusion/ablate/markdown';
import { readFusionKind } from '../fusion/evaluateFusion';
import { openFusion } from '../fusion/fuseInBrowser';
import { readFusionManifest } from '../fusion/readFusionManifest';
import { UsageError } from '../input/commandErrors';
import { parseArguments } from '../input/parseArguments';
import { readWhere } from '../input/readWhere';

const FLAGS = {
  data: 'text',
  out: 'text',
  where: 'text',
  limit: 'count',
  fusion: 'text',
  'label-column': 'text',
  'group-column': 'text',
} as const;
const USAGE =
  'npm run ablate -- --data <folder, or folder of folders> [--out FILE.md] [--where COLUMN=VALUE] [--limit N] [--fusion KIND] [--label-column NAME] [--group-column NAME]';

interface Request {
  readonly folder: string;
  readonly out: string | null;
  readonly kind: FusionKind;
  readonly options: Parameters<typeof readFusionManifest>[1];
  /** Which rows, for the heading. */
  readonly which: string;
}

/** `npm run ablate`: every subset of the senses and every kind of fusion, by the weights that ship. Prints Markdown. */
export async function main(argv: readonly string[]): Promise<void> {
  const { folder, out, kind, options, which } = readRequest(argv);
  const folders = await foldersIn(folder);
  const sets = await Promise.all(folders.map(async (one) => ({ name: basename(one), rows: await readFusionManifest(one, options) })));
  const fusion = await openFusion();
  try {
    const sections: string[] = [];
    for (const { name, rows } of sets) sections.push(sectionOf(name, await ablate(rows, kind, fusion.fuse), kind));
    const report = [`# What each sense adds: ${fusion.model?.name} ${fusion.model?.version}, ${which}`, ...sections].join('\n\n');
    console.log(report);
    if (out !== null) await save(out, `${report}\n`);
  } finally {
    await fusion.close();
  }
}

function readRequest(argv: readonly string[]): Request {
  const { words, text, counts } = parseArguments(argv, FLAGS);
  if (text['data'] === undefined || words.length > 0) throw new UsageError(`Usage: ${USAGE}`);
  return {
    folder: resolve(text['data']),
    out: text['out'] === undefined ? null : resolve(text['out']),
    kind: readFusionKind(text['fusion']),
    options: {
      limit: counts['limit'] ?? null,
      labelColumn: text['label-column'] ?? null,
      groupColumn: text['group-column'] ?? null,
      byColumn: null,
      where: readWhere(text['where']),
    },
    which: text['where'] === undefined ? 'all rows' : `rows with ${text['where']}`,
  };
}

const hasManifest = async (folder: string): Promise<boolean> => (await stat(join(folder, 'manifest.csv')).catch(() => null)) !== null;

/** The folder itself, or those in it that have a manifest. @throws UsageError */
async function foldersIn(folder: string): Promise<readonly string[]> {
  if (await hasManifest(folder)) return [folder];
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new UsageError(`There is no folder ${folder}.`, { cause });
  });
  const found = [];
  for (const name of names.toSorted()) if (await hasManifest(join(folder, name))) found.push(join(folder, name));
  if (found.length === 0) throw new UsageError(`There is no manifest.csv in ${folder} or in a folder of it.`);
  return found;
}

async function save(path: string, report: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, report);
}
