import { createCopy } from '../../storage/opfs';
import { Sha256 } from '../files/sha256';
import type { ReadResult, SynthesiseRequest } from '../libraryWork';
import { demoPiece } from './demoPieces';
import { drawCover } from './drawCover';
import { encodeWav } from './encodeWav';
import { synthesisePiece } from './synthesisePiece';

/** Makes a demo piece and keeps it as a WAV in the origin private file system, from where it is played like any song. */
export async function synthesiseToCopy({ piece, copyKey }: SynthesiseRequest, signal?: AbortSignal): Promise<ReadResult> {
  const described = demoPiece(piece);
  const stereo = synthesisePiece(piece);
  signal?.throwIfAborted();
  const bytes = encodeWav(stereo);
  const copy = await createCopy(copyKey);
  try {
    await copy.write(bytes);
    await copy.finish();
  } catch (error) {
    await copy.discard();
    throw error;
  }
  return {
    bytes: bytes.length,
    mimeType: 'audio/wav',
    contentHash: new Sha256().update(bytes).hex(),
    tags: { ...described.tags, duration: stereo.left.length / stereo.sampleRate },
    cover: { id: described.id, image: await drawCover(described) },
    lyrics: null,
  };
}
