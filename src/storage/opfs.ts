import { AppError } from '../core/errors';
import { guardStorage } from './storageError';

const FOLDER = 'audio';
const TEMPORARY = 'part-';

/** The parts of the private file system that the DOM types leave out or that only workers have. */
interface SyncFile extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<{
    write(bytes: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
    flush(): void;
    close(): void;
  }>;
  move(folder: FileSystemDirectoryHandle, name: string): Promise<void>;
}

const isSyncFile = (file: FileSystemFileHandle): file is SyncFile => 'createSyncAccessHandle' in file && 'move' in file;

/** Absent outside secure contexts and in some private windows, whatever the types say. */
const privateFiles = (): StorageManager | undefined => (globalThis as { navigator?: { storage?: StorageManager } }).navigator?.storage;

async function audioFolder(): Promise<FileSystemDirectoryHandle> {
  const storage = privateFiles();
  if (!storage || !('getDirectory' in storage)) throw new AppError('storage/unavailable', 'this browser has no private file system');
  return (await storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });
}

/** Takes bytes in order; nobody sees the file before `finish`, and a kill leaves no half file under its name. */
export interface CopyWriter {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  finish(): Promise<void>;
  /** Drops what was written. */
  discard(): Promise<void>;
}

/** Deletes a file, if it is there. */
async function removeIfThere(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  try {
    await folder.removeEntry(name);
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'NotFoundError') throw error;
  }
}

/** In workers: synchronous writes into a temporary file that is then moved in one step. */
async function createSyncWriter(folder: FileSystemDirectoryHandle, key: string, part: SyncFile): Promise<CopyWriter> {
  const access = await part.createSyncAccessHandle();
  let at = 0;
  return {
    async write(bytes) {
      const written = access.write(bytes, { at });
      if (written < bytes.byteLength) throw new AppError('storage/quota', `only ${written} of ${bytes.byteLength} bytes were written`);
      at += written;
    },
    async finish() {
      access.flush();
      access.close();
      await part.move(folder, key);
    },
    async discard() {
      access.close();
      await removeIfThere(folder, part.name);
    },
  };
}

/** Where synchronous access or moving is missing: the browser itself swaps the file in on close. */
async function createSwapWriter(folder: FileSystemDirectoryHandle, key: string): Promise<CopyWriter> {
  const file = await folder.getFileHandle(key, { create: true });
  const stream = await file.createWritable();
  return {
    write: (bytes) => stream.write(bytes),
    finish: () => stream.close(),
    async discard() {
      await stream.abort();
      await removeIfThere(folder, key);
    },
  };
}

/** Opens a new copy under `key`, replacing an older one when finished. */
export async function createCopy(key: string): Promise<CopyWriter> {
  const writer = await guardStorage(async () => {
    const folder = await audioFolder();
    const part = await folder.getFileHandle(TEMPORARY + key, { create: true });
    if (isSyncFile(part)) return createSyncWriter(folder, key, part);
    await folder.removeEntry(part.name);
    return createSwapWriter(folder, key);
  });
  return {
    write: (bytes) => guardStorage(() => writer.write(bytes)),
    finish: () => guardStorage(() => writer.finish()),
    discard: () => guardStorage(() => writer.discard()),
  };
}

/** The copy under `key`, or null. */
export async function openCopy(key: string): Promise<File | null> {
  return guardStorage(async () => {
    const folder = await audioFolder();
    try {
      const file = await (await folder.getFileHandle(key)).getFile();
      // A kill before the first swap leaves an empty file; no song is empty.
      return file.size > 0 ? file : null;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotFoundError') return null;
      throw error;
    }
  });
}

/** Deletes the copy under `key`, if there is one. */
export async function removeCopy(key: string): Promise<void> {
  await guardStorage(async () => removeIfThere(await audioFolder(), key));
}

/**
 * Deletes copies that nobody needs, and parts of them that a kill left. What appears while this runs stays: names are read first,
 * needs afterwards, and a file is queued before its copy begins.
 * @param loadNeeds says whether a song or a queued file has a key
 * @returns the deleted names
 */
export async function collectOrphans(loadNeeds: () => Promise<(key: string) => boolean>): Promise<readonly string[]> {
  return guardStorage(async () => {
    const folder = await audioFolder();
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    const isNeeded = await loadNeeds();
    const orphans = names.filter((name) => !isNeeded(name.startsWith(TEMPORARY) ? name.slice(TEMPORARY.length) : name));
    for (const name of orphans) await folder.removeEntry(name);
    return orphans;
  });
}
