import { readdir, readFile, stat } from 'node:fs/promises';
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
  /** Value of the column by which figures are told apart. */
  readonly by: string | null;
}

export interface ManifestOptions {
  readonly labels: LabelSet;
  readonly input: 'file' | 'text';
  readonly limit: number | null;
  readonly labelColumn: string | null;
  readonly groupColumn: string | null;
  readonly byColumn: string | null;
  /** Only rows whose column has the value. */
  readonly where: Readonly<Record<string, string>>;
}

/** Columns taken for `label` and `group` when those are missing, first hit wins. */
const LABEL_COLUMNS = ['label', 'quadrant', 'emotion'];
const GROUP_COLUMNS = ['group', 'artist_group', 'artist', 'actor', 'speaker', 'subject'];

interface Table {
  readonly path: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Reads `<folder>/manifest.csv`, or where there is none the folders below that are named like labels. Throws UsageError with one
 * sentence that says what to put right.
 */
export async function readManifest(folder: string, options: ManifestOptions): Promise<Item[]> {
  const table = await readTable(folder, options);
  const { columns, path } = table;
  const source = column(columns, [options.input], path);
  const label = column(columns, options.labelColumn === null ? LABEL_COLUMNS : [options.labelColumn], path);
  const group =
    options.groupColumn === null
      ? columns.findIndex((name) => name === GROUP_COLUMNS.find((known) => columns.includes(known)))
      : column(columns, [options.groupColumn], path);
  const by = options.byColumn === null ? -1 : column(columns, [options.byColumn], path);
  return chosenRows(table, options).map(([row, line], index) => {
    const value = field(row, source);
    if (value === '') throw new UsageError(`Row ${line} of ${path} has no ${options.input}.`);
    const spelling = field(row, label);
    const name = options.labels.read(spelling);
    if (name === null) throw new UsageError(`Row ${line} of ${path} has the unknown label "${spelling}".`);
    const isFile = options.input === 'file';
    const content = { file: isFile ? value : null, text: isFile ? null : value };
    return { index, ...content, label: name, group: field(row, group) || null, by: field(row, by) || null };
  });
}

async function readTable(folder: string, { input, labels }: ManifestOptions): Promise<Table> {
  const path = join(folder, 'manifest.csv');
  const found = await stat(folder).catch((cause: unknown) => {
    throw new UsageError(`There is no folder ${folder}.`, { cause });
  });
  if (!found.isDirectory()) throw new UsageError(`${folder} is not a folder.`);
  const folders = input === 'file' && !(await stat(path).catch(() => null)) ? await readLabelFolders(folder, labels) : [];
  if (folders.length > 0) return { path: folder, columns: ['file', 'label'], rows: folders };
  const [header, ...rows] = parseText(await readText(folder, path), path);
  if (header === undefined || rows.length === 0) throw new UsageError(`${path} lists no items.`);
  return { path, columns: header.map((name) => name.trim()), rows };
}

/** Rows that fulfil every condition, with their number, up to the limit. */
function chosenRows({ rows, columns, path }: Table, { where, limit }: ManifestOptions): (readonly [readonly string[], number])[] {
  const conditions = Object.entries(where).map(([name, value]) => [column(columns, [name], path), value] as const);
  const chosen = rows.map((row, i) => [row, i + 1] as const).filter(([row]) => conditions.every(([at, value]) => field(row, at) === value));
  if (chosen.length === 0) throw new UsageError(`No row of ${path} fulfils --where.`);
  return chosen.slice(0, limit ?? undefined);
}

/** `[file, label]` of the files in folders whose names are labels. */
async function readLabelFolders(folder: string, labels: LabelSet): Promise<string[][]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const named = entries.filter((entry) => entry.isDirectory() && labels.read(entry.name) !== null).map(({ name }) => name);
  const lists = await Promise.all(
    named.toSorted().map(async (name) => (await readdir(join(folder, name))).toSorted().map((file) => [`${name}/${file}`, name])),
  );
  return lists.flat();
}

function field(row: readonly string[], column: number): string {
  return (row[column] ?? '').trim();
}

function column(columns: readonly string[], accepted: readonly string[], path: string): number {
  const name = accepted.find((candidate) => columns.includes(candidate));
  if (name === undefined) throw new UsageError(`${path} has no column "${accepted[0]}"; its columns are ${columns.join(', ')}.`);
  return columns.indexOf(name);
}

function readText(folder: string, path: string): Promise<string> {
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
