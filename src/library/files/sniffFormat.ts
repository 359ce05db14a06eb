/** What the first bytes of a file say it is. `decodable` is false for sound that no browser decodes. */
export interface AudioFormat {
  readonly mimeType: string;
  readonly decodable: boolean;
}

interface Signature {
  readonly bytes: string;
  readonly at: number;
  readonly format: AudioFormat;
}

const known = (mimeType: string, decodable = true): AudioFormat => ({ mimeType, decodable });
const sign = (bytes: string, format: AudioFormat, at = 0): Signature => ({ bytes, at, format });

const SIGNATURES: readonly Signature[] = [
  sign('fLaC', known('audio/flac')),
  sign('OggS', known('audio/ogg')),
  sign('ftyp', known('audio/mp4'), 4),
  sign('\x1aE\xdf\xa3', known('audio/webm')),
  sign('MAC ', known('audio/x-ape', false)),
  sign('wvpk', known('audio/x-wavpack', false)),
  sign('MPCK', known('audio/x-musepack', false)),
  sign('MP+', known('audio/x-musepack', false)),
  sign('DSD ', known('audio/x-dsf', false)),
  sign('\x30\x26\xb2\x75\x8e\x66\xcf\x11', known('audio/x-ms-wma', false)),
];

const has = (bytes: Uint8Array, text: string, at: number): boolean => {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
};

function sniffRiff(bytes: Uint8Array): AudioFormat | null {
  if ((has(bytes, 'RIFF', 0) || has(bytes, 'RF64', 0)) && has(bytes, 'WAVE', 8)) return known('audio/wav');
  if (has(bytes, 'FORM', 0) && (has(bytes, 'AIFF', 8) || has(bytes, 'AIFC', 8))) return known('audio/aiff', false);
  return null;
}

/** kbit/s by index for MPEG 1 layer III and MPEG 2/2.5 layer III (ISO 11172-3, 13818-3). */
const BITRATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BITRATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const SAMPLE_RATES = [44_100, 48_000, 32_000];

/** Header bits from `shift` up; a frame header is 32 bits, ADTS goes on for 24 more. */
const bits = (word: number, shift: number, count: number): number => (word >>> shift) & ((1 << count) - 1);

/** By the two version bits: MPEG 2.5, reserved, MPEG 2, MPEG 1. */
const VERSIONS = [
  { divisor: 4, bitrates: BITRATES_2, bytesPerBit: 72 },
  null,
  { divisor: 2, bitrates: BITRATES_2, bytesPerBit: 72 },
  { divisor: 1, bitrates: BITRATES_1, bytesPerBit: 144 },
];

/** Length in bytes of the MPEG layer III frame at `at`, or 0 when none begins there. */
function mp3FrameLength(view: DataView, at: number): number {
  const word = view.getUint32(at);
  const version = VERSIONS[bits(word, 19, 2)];
  if (!version || bits(word, 21, 11) !== 0x7ff || bits(word, 17, 2) !== 1) return 0;
  const bitrate = version.bitrates[bits(word, 12, 4)];
  const sampleRate = SAMPLE_RATES[bits(word, 10, 2)];
  if (!bitrate || sampleRate === undefined) return 0;
  return Math.floor((version.bytesPerBit * bitrate * 1000 * version.divisor) / sampleRate) + bits(word, 9, 1);
}

/** Length in bytes of the ADTS frame at `at`, or 0 when none begins there. */
function adtsFrameLength(view: DataView, at: number): number {
  if ((view.getUint16(at) & 0xfff6) !== 0xfff0) return 0;
  return bits(view.getUint32(at + 2), 5, 13);
}

/** Two frames in a row: two equal sync bytes alone turn up in any file. A last frame that ends the sample counts too. */
function sniffFrames(bytes: Uint8Array, lengthAt: (view: DataView, at: number) => number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const last = bytes.length - 6; // the longest header
  for (let at = 0; at <= last; at++) {
    const length = bytes[at] === 0xff ? lengthAt(view, at) : 0;
    if (length <= 8) continue;
    const next = at + length;
    if (next === bytes.length || (next <= last && lengthAt(view, next) > 0)) return true;
  }
  return false;
}

/** Bytes of the ID3v2 tag at the start (its size field is 4 × 7 bits), 0 without one. */
export function id3Length(bytes: Uint8Array): number {
  if (!has(bytes, 'ID3', 0) || bytes.length < 10) return 0;
  const size = [6, 7, 8, 9].reduce((sum, i) => sum * 128 + ((bytes[i] ?? 0) & 0x7f), 0);
  return 10 + size + (((bytes[5] ?? 0) & 0x10) === 0 ? 0 : 10);
}

/**
 * Tells sound from other files by content; names lie.
 * @param bytes the first bytes after an ID3v2 tag, 64 kB or the whole file
 * @returns null when it is no sound that we know
 */
export function sniffFormat(bytes: Uint8Array): AudioFormat | null {
  const signature = SIGNATURES.find(({ bytes: text, at }) => has(bytes, text, at));
  if (signature) return signature.format;
  const riff = sniffRiff(bytes);
  if (riff) return riff;
  if (has(bytes, 'RIFF', 0) || has(bytes, 'PK\x03\x04', 0) || has(bytes, '%PDF', 0)) return null;
  if (sniffFrames(bytes, adtsFrameLength)) return known('audio/aac');
  return sniffFrames(bytes, mp3FrameLength) ? known('audio/mpeg') : null;
}
