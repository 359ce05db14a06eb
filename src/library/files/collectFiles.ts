import { isWorthReading } from './classifyName';
import { sidecarStem, stem } from '../lyrics/chooseLyrics';
import { guardFile } from './fileError';

/** A file of a folder. */
export interface FoundFile {
  /** Below the folder. */
  readonly path: string;
  readonly handle: FileSystemFileHandle;
}

export interface Listing {
  ignored: number;
}

/** Deeper than anyone sorts music; a link that leads back up must not go on for ever. */
const MAX_DEPTH = 32;

/** The sound files below a folder, in the order the browser gives; counts the others. */
export async function* walkFolder(folder: FileSystemDirectoryHandle, listing: Listing, prefix = '', depth = 0): AsyncGenerator<FoundFile> {
  const entries = folder.values();
  for (;;) {
    const next = await guardFile(() => entries.next());
    if (next.done === true) return;
    const handle = next.value;
    const path = prefix + handle.name;
    if (handle.kind === 'file') {
      if (isWorthReading(path)) yield { path, handle };
      else listing.ignored++;
    } else if (depth < MAX_DEPTH && !handle.name.startsWith('.')) yield* walkFolder(handle, listing, `${path}/`, depth + 1);
  }
}

/** What a drop brought. */
export interface Dropped {
  readonly handles: readonly (FileSystemDirectoryHandle | FileSystemFileHandle)[];
  readonly files: readonly LooseFile[];
}

/** A file without a handle, and where it lay. */
export interface LooseFile {
  readonly file: File;
  readonly path: string;
}

type HandleItem = DataTransferItem & { getAsFileSystemHandle?(): Promise<FileSystemDirectoryHandle | FileSystemFileHandle | null> };

/**
 * Takes everything out of a drop. The browser empties it after the event, so all items are asked before the first wait.
 */
export function takeDrop(transfer: DataTransfer): Promise<Dropped> {
  const items = Array.from(transfer.items).filter(({ kind }) => kind === 'file') as HandleItem[];
  const loose = Array.from(transfer.files, (file) => ({ file, path: file.name }));
  const entries = items.map((item) => item.webkitGetAsEntry?.() ?? null);
  const handles = items.map((item) => item.getAsFileSystemHandle?.() ?? Promise.resolve(null));
  return settleDrop(loose, entries, handles);
}

async function settleDrop(
  loose: readonly LooseFile[],
  entries: readonly (FileSystemEntry | null)[],
  pending: readonly Promise<FileSystemDirectoryHandle | FileSystemFileHandle | null>[],
): Promise<Dropped> {
  if (entries.length === 0) return { handles: [], files: loose };
  const settled = await Promise.allSettled(pending);
  const handles = settled.map((result) => (result.status === 'fulfilled' ? result.value : null));
  const files: LooseFile[] = [];
  for (const [index, entry] of entries.entries()) if (!handles[index] && entry) for await (const file of walkEntry(entry)) files.push(file);
  return { handles: handles.filter((handle) => handle !== null), files };
}

const isFileEntry = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolderEntry = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** The files below a dropped entry, for browsers whose drops bring no handles. */
export async function* walkEntry(entry: FileSystemEntry, depth = 0): AsyncGenerator<LooseFile> {
  const path = entry.fullPath.replace(/^\//, '');
  if (isFileEntry(entry)) {
    yield { file: await guardFile(() => new Promise<File>((resolve, reject) => entry.file(resolve, reject))), path };
    return;
  }
  if (!isFolderEntry(entry) || depth > MAX_DEPTH) return;
  const reader = entry.createReader();
  for (;;) {
    // Each call brings at most 100 entries.
    const batch = await guardFile(() => new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject)));
    if (batch.length === 0) return;
    for (const child of batch) yield* walkEntry(child, depth + 1);
  }
}

/** A plain file of this session, with the text of lyrics that came along. */
export interface LooseSong {
  readonly file: File;
  readonly sidecar: File | null;
}

export interface PairedFiles {
  readonly songs: readonly (LooseSong & LooseFile)[];
  /** Files that are neither songs nor lyrics of one. */
  readonly ignored: number;
}

/** Parts songs from what else came along, and gives each the lyrics that bear its name; .lrc goes before .txt. */
export function pairFiles(files: readonly LooseFile[]): PairedFiles {
  const texts = new Map<string, File>();
  for (const { file, path } of files) {
    const name = sidecarStem(path);
    if (name !== null && !(texts.has(name) && path.toLowerCase().endsWith('.txt'))) texts.set(name, file);
  }
  const songs = files
    // A file chosen by name is always looked at; inside a folder the rules of folders hold.
    .filter(({ path }) => isWorthReading(path) || (!path.includes('/') && sidecarStem(path) === null))
    .map((song) => ({ ...song, sidecar: texts.get(stem(song.path)) ?? null }));
  const used = new Set(songs.map(({ path }) => stem(path)));
  const sidecars = files.filter(({ path }) => used.has(sidecarStem(path) ?? ''));
  return { songs, ignored: files.length - songs.length - sidecars.length };
}

/** Where a file of an `<input>` lay: below the chosen folder, or just its name. */
export const loosePath = (file: File): string => file.webkitRelativePath || file.name;
