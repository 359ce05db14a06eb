import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCsv } from './csv';
import type { LabelSet } from './labels';
import { UsageError } from './commandErrors';

/** One line of a labelled folder. */
export interface Item {
  readonly index: number;
  /** Path below the folder, or null for a text item. */
  readonly file: string | null;
  readonly text: string | null;
  /** Canonical class; not one of the subject's answers when the corpus knows more classes than we do. */
  readonly label: string;
  readonly group: string | null;
}

export interface ManifestOptions {
  readonly labels: LabelSet;
  readonly input: 'file' | 'text';
  readonly limit: number | null;
  readonly labelColumn: string | null;
  readonly groupColumn: string | null;
}

/** Columns taken for `label` and `group` when those are missing, first hit wins. */
const LABEL_COLUMNS = ['label', 'quadrant', 'emotion'];
const GROUP_COLUMNS = ['group', 'artist_group', 'artist', 'actor', 'speaker', 'subject'];

/** Reads `<folder>/manifest.csv`. Throws UsageError with one sentence that says what to put right. */
export async function readManifest(folder: string, options: ManifestOptions): Promise<Item[]> {
  const path = join(folder, 'manifest.csv');
  const [header, ...body] = parseText(await readText(folder, path), path);
  if (header === undefined || body.length === 0) throw new UsageError(`${path} lists no items.`);
  const columns = header.map((name) => name.trim());
  const source = column(columns, [options.input], path);
  const label = column(columns, options.labelColumn === null ? LABEL_COLUMNS : [options.labelColumn], path);
  const group =
    options.groupColumn === null
      ? columns.findIndex((name) => name === GROUP_COLUMNS.find((known) => columns.includes(known)))
      : column(columns, [options.groupColumn], path);
  return body.slice(0, options.limit ?? undefined).map((row, index) => {
    const value = field(row, source);
    if (value === '') throw new UsageError(`Row ${index + 1} of ${path} has no ${options.input}.`);
    const spelling = field(row, label);
    const name = options.labels.read(spelling);
    if (name === null) throw new UsageError(`Row ${index + 1} of ${path} has the unknown label "${spelling}".`);
    const isFile = options.input === 'file';
    return { index, file: isFile ? value : null, text: isFile ? null : value, label: name, group: field(row, group) || null };
  });
}

function field(row: readonly string[], column: number): string {
  return (row[column] ?? '').trim();
}

function column(columns: readonly string[], accepted: readonly string[], path: string): number {
  const name = accepted.find((candidate) => columns.includes(candidate));
  if (name === undefined) throw new UsageError(`${path} has no column "${accepted[0]}"; its columns are ${columns.join(', ')}.`);
  return columns.indexOf(name);
}

async function readText(folder: string, path: string): Promise<string> {
  const folderStat = await stat(folder).catch((cause: unknown) => {
    throw new UsageError(`There is no folder ${folder}.`, { cause });
  });
  if (!folderStat.isDirectory()) throw new UsageError(`${folder} is not a folder.`);
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`There is no readable manifest.csv in ${folder}.`, { cause });
  });
}

function parseText(text: string, path: string): string[][] {
  try {
    return parseCsv(text);
  } catch (cause) {
    throw new UsageError(`${path} is not valid CSV: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause });
  }
}
