import { AppError } from '../../src/core/errors';
import { resample } from '../../src/dsp/resample';
import { SAMPLE_RATE } from '../../src/modalities/voice/frame';

const CODEC_RATE = 48_000;
const BITRATE = 24_000;
const PACKET = 960;

function failed(cause: unknown): AppError {
  return new AppError('unexpected', 'Opus failed', { cause });
}

/** Into Opus at 24 kb/s and back, as a call or a voice message does it. */
export async function throughOpus(sound: Float32Array<ArrayBuffer>): Promise<Float32Array<ArrayBuffer>> {
  const up = resample(sound, SAMPLE_RATE, CODEC_RATE);
  const decoded: Float32Array[] = [];
  const failures: unknown[] = [];
  const decoder = new AudioDecoder({
    output(audio) {
      const samples = new Float32Array(audio.numberOfFrames);
      audio.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
      audio.close();
      decoded.push(samples);
    },
    error: (error) => failures.push(error),
  });
  const encoder = new AudioEncoder({
    output(chunk, metadata) {
      if (metadata?.decoderConfig) decoder.configure(metadata.decoderConfig);
      decoder.decode(chunk);
    },
    error: (error) => failures.push(error),
  });
  encoder.configure({ codec: 'opus', sampleRate: CODEC_RATE, numberOfChannels: 1, bitrate: BITRATE });
  for (let at = 0; at < up.length; at += PACKET) {
    const data = new Float32Array(PACKET);
    data.set(up.subarray(at, at + PACKET));
    const audio = {
      format: 'f32-planar',
      sampleRate: CODEC_RATE,
      numberOfFrames: PACKET,
      numberOfChannels: 1,
      timestamp: (at / CODEC_RATE) * 1e6,
      data,
    } as const;
    encoder.encode(new AudioData(audio));
  }
  await encoder.flush();
  await decoder.flush();
  encoder.close();
  decoder.close();
  if (failures.length > 0) throw failed(failures[0]);
  const joined = new Float32Array(decoded.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of decoded) {
    joined.set(piece, at);
    at += piece.length;
  }
  return Float32Array.from(resample(joined, CODEC_RATE, SAMPLE_RATE));
}
