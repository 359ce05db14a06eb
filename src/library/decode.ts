import type { AudioSample, Input, InputAudioTrack } from 'mediabunny';
import { AppError } from '../core/errors';
import type { Hertz } from '../core/units';
import { toFileError } from './files/fileError';

/** Some consecutive sound of a file. */
export interface PcmBlock {
  /** One array per channel, equally long, nominally [-1, 1]. */
  readonly channels: readonly Float32Array<ArrayBuffer>[];
  readonly sampleRate: Hertz;
  /** Seconds from the start of the file to the end of this block. */
  readonly end: number;
}

/** About 1.5 s at 44.1 kHz: long enough for the analyser to work in one go, short enough to hear an abort. */
const BLOCK_FRAMES = 65_536;

/** Packets are 10 to 90 ms long: gathers them into blocks, so that the analyser is not called a thousand times per song. */
class BlockGatherer {
  #channels: Float32Array<ArrayBuffer>[] = [];
  #frames = 0;

  constructor(
    private readonly channelCount: number,
    private readonly sampleRate: Hertz,
  ) {}

  /** @returns full blocks, in order */
  *push(sample: AudioSample): Generator<PcmBlock> {
    for (let from = 0; from < sample.numberOfFrames;) {
      if (this.#channels.length === 0) this.#channels = Array.from({ length: this.channelCount }, () => new Float32Array(BLOCK_FRAMES));
      const count = Math.min(BLOCK_FRAMES - this.#frames, sample.numberOfFrames - from);
      this.#channels.forEach((channel, index) => {
        const planeIndex = Math.min(index, sample.numberOfChannels - 1);
        const destination = channel.subarray(this.#frames, this.#frames + count);
        sample.copyTo(destination, { planeIndex, format: 'f32-planar', frameOffset: from, frameCount: count });
      });
      this.#frames += count;
      from += count;
      if (this.#frames === BLOCK_FRAMES) yield this.take(sample.timestamp + from / this.sampleRate);
    }
  }

  get isEmpty(): boolean {
    return this.#frames === 0;
  }

  take(end: number): PcmBlock {
    const channels = this.#channels.map((channel) => channel.subarray(0, this.#frames));
    this.#channels = [];
    this.#frames = 0;
    return { channels, sampleRate: this.sampleRate, end };
  }
}

/** What the browser throws when a file cannot be read any more. */
const isFileTrouble = (error: unknown): boolean =>
  error instanceof DOMException && ['NotFoundError', 'NotReadableError'].includes(error.name);

/** Names a failure of demuxer or decoder; AppErrors and aborts stay what they are. */
function toDecodeError(error: unknown): unknown {
  if (error instanceof AppError || (error instanceof Error && error.name === 'AbortError')) return error;
  if (isFileTrouble(error)) return toFileError(error);
  return new AppError('library/decode-failed', error instanceof Error ? error.message : String(error), { cause: error });
}

async function openTrack(input: Input): Promise<InputAudioTrack> {
  try {
    const track = await input.getPrimaryAudioTrack();
    if (!track) {
      const isWhole = (await input.getTracks()).length > 0;
      throw new AppError(
        isWhole ? 'library/not-audio' : 'library/decode-failed',
        isWhole ? 'pictures without sound' : 'nothing is left of the file',
      );
    }
    if (await track.canDecode()) return track;
    throw new AppError('library/decode-failed', `no decoder for ${(await track.getCodecParameterString()) ?? 'this sound'}`);
  } catch (error) {
    throw toDecodeError(error);
  }
}

/** Half-broken files: what comes before the damage is still music when there is this much of it. */
const ENOUGH_SECONDS = 5;

async function* gatherBlocks(samples: AsyncIterable<AudioSample>, signal: AbortSignal | undefined): AsyncGenerator<PcmBlock> {
  let gatherer: BlockGatherer | null = null;
  let decoded = 0;
  try {
    for await (const sample of samples) {
      signal?.throwIfAborted();
      gatherer ??= new BlockGatherer(sample.numberOfChannels, sample.sampleRate);
      decoded = sample.timestamp + sample.duration;
      try {
        yield* gatherer.push(sample);
      } finally {
        sample.close();
      }
    }
  } catch (error) {
    const failure = toDecodeError(error);
    if (failure === error || decoded < ENOUGH_SECONDS) throw failure;
  }
  if (gatherer && !gatherer.isEmpty) yield gatherer.take(decoded);
}

/**
 * Decodes the sound of a file block by block with WebCodecs: memory stays at a few blocks whatever the length. A file that breaks
 * off after five seconds of sound ends there. Runs in workers and on the page.
 * @throws AppError 'library/decode-failed' | 'library/not-audio'; an AbortError
 */
export async function* decodeBlocks(file: Blob, signal?: AbortSignal): AsyncGenerator<PcmBlock> {
  const { ALL_FORMATS, AudioSampleSink, BlobSource, Input } = await import('mediabunny');
  const input = new Input({ source: new BlobSource(file, { handleUnhandledError: () => undefined }), formats: ALL_FORMATS });
  try {
    yield* gatherBlocks(new AudioSampleSink(await openTrack(input)).samples(), signal);
  } finally {
    input.dispose();
  }
}

/** Seconds that the container states, without decoding; null when it says nothing or is broken. */
export async function readDuration(file: Blob): Promise<number | null> {
  const { ALL_FORMATS, BlobSource, Input } = await import('mediabunny');
  const input = new Input({ source: new BlobSource(file, { handleUnhandledError: () => undefined }), formats: ALL_FORMATS });
  try {
    const track = await input.getPrimaryAudioTrack();
    const duration = track && (await input.getDurationFromMetadata([track]));
    return duration !== null && Number.isFinite(duration) && duration > 0 ? duration : null;
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  } finally {
    input.dispose();
  }
}
