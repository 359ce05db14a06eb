import { AppError } from '../../core/errors';
import { createCopy, type CopyWriter } from '../../storage/opfs';
import type { ReadRequest, ReadResult } from '../libraryWork';
import { chooseLyrics, readSidecar } from '../lyrics/chooseLyrics';
import type { ParsedLyrics } from '../lyrics/parseLyrics';
import { guardFile } from './fileError';
import { readTags } from './readTags';
import { Sha256 } from './sha256';
import { shrinkCover } from './shrinkCover';
import { id3Length, sniffFormat, type AudioFormat } from './sniffFormat';

const SNIFF_BYTES = 65_536;
const CHUNK_BYTES = 4 * 1024 * 1024;

const bytesAt = (file: Blob, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> =>
  guardFile(async () => new Uint8Array(await file.slice(from, to).arrayBuffer()));

/** @throws AppError 'library/empty-file' | 'library/not-audio' | 'library/decode-failed' | 'library/unreadable-file' … */
export async function requireAudio(file: Blob): Promise<AudioFormat> {
  if (file.size === 0) throw new AppError('library/empty-file', 'the file has 0 bytes');
  const head = await bytesAt(file, 0, SNIFF_BYTES);
  const after = id3Length(head);
  const format = sniffFormat(after > 0 ? await bytesAt(file, after, after + SNIFF_BYTES) : head);
  if (!format) throw new AppError('library/not-audio', 'the content is of no known kind of sound');
  if (!format.decodable) throw new AppError('library/decode-failed', `${format.mimeType} is not decoded by browsers`);
  return format;
}

/** Reads the whole file once: hash, and the copy when one is wanted. */
async function digest(file: Blob, copy: CopyWriter | null, signal: AbortSignal | undefined): Promise<string> {
  const hash = new Sha256();
  for (let from = 0; from < file.size; from += CHUNK_BYTES) {
    signal?.throwIfAborted();
    const bytes = await bytesAt(file, from, from + CHUNK_BYTES);
    hash.update(bytes);
    await copy?.write(bytes);
  }
  return hash.hex();
}

async function copyAndDigest(file: Blob, copyKey: string | null, signal: AbortSignal | undefined): Promise<string> {
  const copy = copyKey === null ? null : await createCopy(copyKey);
  try {
    const contentHash = await digest(file, copy, signal);
    await copy?.finish();
    return contentHash;
  } catch (error) {
    await copy?.discard();
    throw error;
  }
}

/** A text that cannot be read any more leaves the song without it. */
async function readSidecarIfAny(sidecar: File): Promise<ParsedLyrics | null> {
  try {
    return await readSidecar(sidecar);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** All that the library must know of a file before its sound is analysed. */
export async function readFile({ file, copyKey, sidecar = null }: ReadRequest, signal?: AbortSignal): Promise<ReadResult> {
  const { mimeType } = await requireAudio(file);
  const contentHash = await copyAndDigest(file, copyKey, signal);
  signal?.throwIfAborted();
  const { tags, picture, lyrics } = await readTags(file, mimeType);
  return {
    bytes: file.size,
    mimeType,
    contentHash,
    tags,
    cover: picture && (await shrinkCover(picture)),
    lyrics: chooseLyrics(sidecar && (await readSidecarIfAny(sidecar)), lyrics),
  };
}
