import type { MusicalKey } from '../../core/music';

export type StatedKey = Pick<MusicalKey, 'pitchClass' | 'mode'>;

const NATURALS: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11, H: 11 };
const ACCIDENTALS: Readonly<Record<string, number>> = { '': 0, '#': 1, '♯': 1, b: -1, '♭': -1 };
const NAME = /^([A-H])\s*([#♯b♭]?)\s*(m|min|minor|moll|maj|major|dur|)$/i;
/** Camelot wheel: 8B is C major, 8A is A minor, one step is a fifth. */
const CAMELOT = /^(\d{1,2})\s*([AB])$/i;
/** Open Key: 1d is C major, 1m is A minor. */
const OPEN_KEY = /^(\d{1,2})\s*([dm])$/i;

function fromWheel(steps: number, mode: 'major' | 'minor'): StatedKey {
  const tonic = (((steps * 7) % 12) + 12) % 12;
  return { pitchClass: mode === 'major' ? tonic : (tonic + 9) % 12, mode };
}

function readWheel(text: string): StatedKey | null {
  for (const { pattern, first, minor } of [
    { pattern: CAMELOT, first: 8, minor: 'A' },
    { pattern: OPEN_KEY, first: 1, minor: 'M' },
  ]) {
    const [, hour, letter] = pattern.exec(text) ?? [];
    if (hour === undefined || letter === undefined) continue;
    if (Number(hour) < 1 || Number(hour) > 12) return null;
    return fromWheel(Number(hour) - first, letter.toUpperCase() === minor ? 'minor' : 'major');
  }
  return null;
}

function readName(text: string): StatedKey | null {
  const [, letter = '', sign = '', suffix = ''] = NAME.exec(text) ?? [];
  const natural = NATURALS[letter.toUpperCase()];
  if (natural === undefined) return null;
  // "M" alone is major; the accidental "b" may come in either case.
  const mode = /^min|^moll/i.test(suffix) || suffix === 'm' ? 'minor' : 'major';
  return { pitchClass: (natural + (ACCIDENTALS[sign.toLowerCase()] ?? 0) + 12) % 12, mode };
}

/** The key that a tag states: "Am", "C# minor", "F♯", "Bb maj", Camelot "8A", Open Key "1m"; null for anything else. */
export function parseKey(text: string | null): StatedKey | null {
  const name = text?.trim() ?? '';
  return readWheel(name) ?? readName(name);
}
