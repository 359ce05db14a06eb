import { AppError } from '../core/errors';
import type { PcmRequest } from './libraryWork';

/** Whole songs as PCM: a minute of stereo is 21 MB, so large files stay out. */
const MAX_BYTES = 200e6;
/** decodeAudioData resamples to the rate of its context; this one keeps most music as it is. */
const SAMPLE_RATE = 44_100;

/**
 * The browser's own decoder, for files that the block-wise path cannot read. It exists on the page only and returns the whole song at
 * once, off the page's thread.
 * @throws AppError 'library/too-large' | 'library/decode-failed' | 'library/empty-file'
 */
export async function decodeOnPage(file: Blob): Promise<PcmRequest> {
  if (file.size > MAX_BYTES) throw new AppError('library/too-large', `${file.size} bytes are too many to decode at once`);
  const context = new OfflineAudioContext(1, 1, SAMPLE_RATE);
  try {
    const buffer = await context.decodeAudioData(await file.arrayBuffer());
    if (buffer.length === 0) throw new AppError('library/empty-file', 'the sound has no samples');
    const channels = Array.from({ length: buffer.numberOfChannels }, (_, index) => buffer.getChannelData(index));
    return { channels, sampleRate: buffer.sampleRate };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('library/decode-failed', 'decodeAudioData failed', { cause: error });
  }
}
