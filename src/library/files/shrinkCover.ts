import type { Cover } from '../libraryWork';
import { Sha256 } from './sha256';

const MAX_SIDE = 512;
const REMEMBERED = 8;

/** Covers that this worker made lately, by id: the songs of an album come one after the other. */
const recent = new Map<string, Blob>();

async function shrink(picture: Uint8Array<ArrayBuffer>): Promise<Blob> {
  const bitmap = await createImageBitmap(new Blob([picture]));
  try {
    const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = new OffscreenCanvas(Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)));
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no 2d context');
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    // Browsers that cannot write WebP answer with PNG.
    return await canvas.convertToBlob({ type: 'image/webp', quality: 0.82 });
  } finally {
    bitmap.close();
  }
}

/** A picture of at most 512 px with the hash of the original as its name; null when it is no picture after all. */
export async function shrinkCover(picture: Uint8Array<ArrayBuffer>): Promise<Cover | null> {
  const id = new Sha256().update(picture).hex();
  const known = recent.get(id);
  if (known) return { id, image: known };
  try {
    const image = await shrink(picture);
    recent.set(id, image);
    const oldest = recent.keys().next();
    if (recent.size > REMEMBERED && oldest.done !== true) recent.delete(oldest.value);
    return { id, image };
  } catch (error) {
    // A song with a broken cover is a song without one.
    if (error instanceof Error || error instanceof DOMException) return null;
    throw error;
  }
}
