import { empaticaFileOf } from './formats/empatica';
import { readHeading, separatorOf, splitRow } from './formats/tableColumns';
import type { RecordingFile, RecordingFormat } from './recording';

/** What a file is, as far as its beginning tells. */
export type Sniffed = RecordingFormat | 'packed' | 'empty' | null;

const HEAD = 65_536;
const MOST_LINES = 40;

async function readHead(file: RecordingFile): Promise<Uint8Array> {
  const reader = file.stream().getReader();
  const head = new Uint8Array(Math.min(HEAD, file.size));
  let filled = 0;
  try {
    while (filled < head.length) {
      const { done, value } = await reader.read();
      if (done) break;
      head.set(value.subarray(0, head.length - filled), filled);
      filled += value.length;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  return head.subarray(0, Math.min(filled, head.length));
}

const startsWith = (bytes: Uint8Array, text: string, at = 0): boolean =>
  [...text].every((character, i) => bytes[at + i] === character.charCodeAt(0));

/** Zip, gzip, 7z, rar. */
const isPacked = (bytes: Uint8Array): boolean =>
  startsWith(bytes, 'PK\u0003\u0004') ||
  startsWith(bytes, '\u001f\u008b') ||
  startsWith(bytes, "7z\u00bc\u00af'") ||
  startsWith(bytes, 'Rar!');

function isIntervalList(lines: readonly string[]): boolean {
  const values = lines.slice(0, 20).map(Number);
  return values.length >= 3 && values.every((value) => (value >= 200 && value <= 4000) || (value >= 0.2 && value <= 4));
}

function isTable(text: string): boolean {
  const lines = text
    .split(/\r?\n/, MOST_LINES)
    .map((line) => line.replace(/^[\uFEFF#%\s]+/, ''))
    .filter((line) => line !== '');
  return isIntervalList(lines) || lines.some((line) => isHeading(splitRow(line, separatorOf(line))));
}

const isHeading = (cells: readonly string[]): boolean => readHeading(cells) !== null || (cells[0] === 'Type' && cells.includes('Field 1'));

function sniffText(text: string): RecordingFormat | null {
  if (/<(!DOCTYPE )?HealthData/.test(text)) return 'apple-health';
  if (text.includes('<TrainingCenterDatabase')) return 'tcx';
  if (/^\s*[[{]/.test(text)) return /"(dateTime|activities-heart)"/.test(text) ? 'fitbit' : null;
  return isTable(text) ? 'table' : null;
}

/** By its first bytes; of an Empatica session the name tells, its files hold bare numbers. */
export async function sniffFormat(file: RecordingFile): Promise<Sniffed> {
  const head = await readHead(file);
  if (head.length === 0) return 'empty';
  if (startsWith(head, '.FIT', 8)) return 'fit';
  if (isPacked(head)) return 'packed';
  // Text holds no zeros.
  if (head.includes(0)) return null;
  const text = new TextDecoder().decode(head);
  if (!empaticaFileOf(file.name)) return sniffText(text);
  return /^\s*\d[\d .:-]*(,|\r|\n)/.test(text) ? 'empatica' : null;
}
