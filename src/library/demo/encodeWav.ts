import type { Stereo } from './synthesisePiece';

const HEADER_BYTES = 44;

/** 16-bit stereo PCM in a RIFF file. */
export function encodeWav({ left, right, sampleRate }: Stereo): Uint8Array<ArrayBuffer> {
  const bytes = left.length * 4;
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + bytes));
  const text = (at: number, value: string) => [...value].forEach((char, i) => view.setUint8(at + i, char.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, HEADER_BYTES - 8 + bytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 2, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 4, true);
  view.setUint16(32, 4, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, bytes, true);
  const toInt16 = (x: number) => Math.round(Math.min(1, Math.max(-1, x)) * 32_767);
  for (let i = 0; i < left.length; i++) {
    view.setInt16(HEADER_BYTES + 4 * i, toInt16(left[i] ?? 0), true);
    view.setInt16(HEADER_BYTES + 4 * i + 2, toInt16(right[i] ?? 0), true);
  }
  return new Uint8Array(view.buffer);
}
