import { seededRandom } from '../../src/core/random';

type Bytes = Uint8Array<ArrayBuffer>;

/** A broken copy of a file, and how it was broken. */
export interface Mutant {
  /** E.g. "17-truncated.mp3". */
  readonly name: string;
  readonly bytes: Bytes;
}

export interface Original {
  readonly name: string;
  readonly bytes: Bytes;
}

interface Chance {
  /** Whole, 0 ≤ x < below. */
  below(limit: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
}

function createChance(seed: number): Chance {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  return { below, pick: (from) => from[below(from.length)] ?? from[0] };
}

/** Beginnings of the headers, boxes, chunks and frames that state how long something is. */
const MARKS =
  'ID3 TIT2 TPE1 APIC USLT fLaC OggS vorbis OpusHead OpusTags RIFF fmt data ftyp moov trak mdia stbl stsd esds stsz stco stsc stts mdat udta ilst Xing Info LAME'
    .split(' ')
    .map((text) => Uint8Array.from(text, (char) => char.charCodeAt(0)));

const LENGTHS = [0, 1, 7, 0x7f, 0xff, 0xffff, 0x00ff_ffff, 0x0fff_ffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff] as const;

function findMarks(bytes: Bytes): readonly number[] {
  const found: number[] = [];
  for (let at = 0; at < Math.min(bytes.length, 65_536); at++) {
    const mark = MARKS.find((letters) => letters.every((letter, i) => bytes[at + i] === letter));
    if (mark) found.push(at - 4, at + mark.length, at + mark.length + 4);
  }
  return found.filter((at) => at >= 0 && at + 4 <= bytes.length);
}

function join(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

type Breaker = (original: Bytes, chance: Chance, other: Bytes) => Bytes;

function flip(bytes: Bytes, chance: Chance, within: number, times: number): Bytes {
  const broken = bytes.slice();
  for (let i = 0; i < times; i++) broken[chance.below(Math.min(within, broken.length))] = chance.below(256);
  return broken;
}

const BREAKERS: Readonly<Record<string, Breaker>> = {
  flipped: (bytes, chance) => flip(bytes, chance, bytes.length, 1 + chance.below(200)),
  'head-flipped': (bytes, chance) => flip(bytes, chance, 1024, 1 + chance.below(24)),
  truncated: (bytes, chance) => bytes.slice(0, chance.below(bytes.length)),
  inflated(bytes, chance) {
    const broken = bytes.slice();
    const view = new DataView(broken.buffer);
    const marks = findMarks(bytes);
    for (let i = 1 + chance.below(3); i > 0; i--) {
      const at = marks[chance.below(marks.length)] ?? chance.below(bytes.length - 4);
      view.setUint32(at, chance.pick(LENGTHS), chance.below(2) === 1);
    }
    return broken;
  },
  spliced(bytes, chance, other) {
    const cut = 4 + chance.below(Math.min(4096, other.length));
    return join(other.subarray(0, cut), bytes.subarray(chance.below(2) === 0 ? cut : 0));
  },
  'cut-out'(bytes, chance) {
    const from = chance.below(bytes.length);
    return join(bytes.subarray(0, from), bytes.subarray(from + 1 + chance.below(bytes.length - from)));
  },
  repeated(bytes, chance) {
    const from = chance.below(bytes.length);
    const piece = bytes.subarray(from, from + 1 + chance.below(2048));
    return join(bytes.subarray(0, from), ...Array.from({ length: 1 + chance.below(20) }, () => piece), bytes.subarray(from));
  },
  zeroed(bytes, chance) {
    const from = chance.below(bytes.length);
    return bytes.slice().fill(0, from, from + chance.below(4096));
  },
  stuffed(bytes, chance) {
    const at = chance.below(bytes.length);
    const noise = Uint8Array.from({ length: 1 + chance.below(1024) }, () => chance.below(256));
    return join(bytes.subarray(0, at), noise, bytes.subarray(at));
  },
};

/** Breaks files: each number gives the same mutant for ever, and every kind of damage meets every file. */
export function mutate(originals: readonly [Original, ...Original[]], number: number): Mutant {
  const kinds = Object.entries(BREAKERS) as [[string, Breaker], ...[string, Breaker][]];
  const chance = createChance(number);
  const original = originals[number % originals.length] ?? originals[0];
  const [kind, breaker] = kinds[Math.floor(number / originals.length) % kinds.length] ?? kinds[0];
  const bytes = breaker(original.bytes, chance, chance.pick(originals).bytes);
  return { name: `${number}-${kind}.${original.name.split('.').at(-1) ?? ''}`, bytes };
}
