import { AppError } from '../../core/errors';
import type { Track } from '../../core/music';
import type { SyncInDatabase } from '../../storage/db';
import { openCopy } from '../../storage/opfs';
import { getHandle } from '../../storage/rows/handles';
import { demoPiece } from '../demo/demoPieces';
import type { LibraryWork } from '../libraryWork';
import { sidecarPaths } from '../lyrics/chooseLyrics';
import { guardFile } from './fileError';

/** Members of the File System Access standard that the DOM types leave out. */
export interface PermissionHandle {
  queryPermission?(options: { readonly mode: 'read' }): Promise<PermissionState>;
  requestPermission?(options: { readonly mode: 'read' }): Promise<PermissionState>;
}

type AnyHandle = FileSystemDirectoryHandle | FileSystemFileHandle;

/** Whether the handle may be read now, without asking anyone. */
export async function isAllowed(handle: AnyHandle): Promise<boolean> {
  return ((await (handle as PermissionHandle).queryPermission?.({ mode: 'read' })) ?? 'granted') === 'granted';
}

/** Asks the browser to allow reading again; needs a user gesture. */
export async function askPermission(handle: AnyHandle): Promise<boolean> {
  return ((await (handle as PermissionHandle).requestPermission?.({ mode: 'read' })) ?? 'granted') === 'granted';
}

/**
 * The file at `path` below a folder, or the file itself.
 * @throws AppError 'library/permission-lost' | 'library/file-missing' | 'library/unreadable-file'
 */
export async function openHandleFile(handle: AnyHandle, path: string): Promise<File> {
  if (!(await guardFile(() => isAllowed(handle)))) throw new AppError('library/permission-lost', `no permission for "${handle.name}"`);
  return guardFile(async () => {
    if (handle.kind === 'file') return handle.getFile();
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    let folder = handle;
    for (const part of parts) folder = await folder.getDirectoryHandle(part);
    return (await folder.getFileHandle(name)).getFile();
  });
}

/** The bytes of a stored handle's file. */
export async function openStored(db: SyncInDatabase, handleId: string, path: string): Promise<File> {
  const stored = await getHandle(db, handleId);
  if (!stored) throw new AppError('library/file-missing', 'the folder was forgotten');
  return openHandleFile(stored.handle, path);
}

/** The text with lyrics beside a song of a folder, or null; a song that came alone has no neighbours. */
export async function openSidecar(db: SyncInDatabase, handleId: string, path: string): Promise<File | null> {
  const handle = (await getHandle(db, handleId))?.handle;
  if (handle?.kind !== 'directory') return null;
  for (const sidecar of sidecarPaths(path)) {
    try {
      return await openHandleFile(handle, sidecar);
    } catch (error) {
      if (!(error instanceof AppError)) throw error; // a name that no file has is no failure
    }
  }
  return null;
}

export interface FileAccess {
  readonly db: SyncInDatabase;
  /** Makes a demo piece again when the browser has dropped it. */
  readonly work: Pick<LibraryWork, 'synthesise'>;
}

/**
 * The bytes of a song, for playing and analysing, wherever they are.
 * @throws AppError 'library/permission-lost' | 'library/file-missing' | 'library/unreadable-file' | 'storage/…'
 */
export async function openTrackFile({ source, path }: Pick<Track, 'source' | 'path'>, { db, work }: FileAccess): Promise<File> {
  if (source.kind === 'handle') return openStored(db, source.handleId, path);
  const key = source.kind === 'opfs' ? source.key : demoPiece(source.piece).id;
  const copy = await openCopy(key);
  if (copy) return copy;
  if (source.kind === 'opfs') throw new AppError('library/file-missing', `no copy under ${key}`);
  await work.synthesise({ piece: source.piece, copyKey: key });
  const made = await openCopy(key);
  if (!made) throw new AppError('library/file-missing', `piece ${source.piece} was made and is gone`);
  return made;
}
