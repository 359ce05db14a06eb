import type { ScreenName } from '../route/route';
import { FEEL_ORDER, type Mood } from '../words/mood';

/** What a key press means; `runCommand` carries it out. */
export type Command =
  | { readonly kind: 'toggle-play' }
  | { readonly kind: 'seek'; readonly by: number }
  | { readonly kind: 'previous' | 'next' | 'like' | 'dislike' | 'strategy' | 'target' | 'search' | 'help' | 'stop-sensing' }
  | { readonly kind: 'volume'; readonly by: number }
  | { readonly kind: 'feel'; readonly mood: Mood }
  | { readonly kind: 'go'; readonly screen: ScreenName };

export interface KeyPress {
  readonly key: string;
  readonly shift: boolean;
  /** Control, Alt or Meta is held: the browser's own keys. */
  readonly modified: boolean;
  /** Control or Meta alone is held. */
  readonly commanded: boolean;
  /** Where the focus is: typing takes all keys but Escape, a control keeps Space, Enter and arrows. */
  readonly focus: 'page' | 'control' | 'typing';
  /** Milliseconds, any origin. */
  readonly at: number;
}

/** Between two presses. */
export interface KeyMemory {
  readonly gAt: number;
  readonly escapeAt: number;
}
export const NO_MEMORY: KeyMemory = { gAt: -Infinity, escapeAt: -Infinity };

const PAIR_MS = 1200;
const GO: Readonly<Record<string, ScreenName>> = { n: 'now', l: 'library', p: 'playlists', j: 'journal', b: 'lab', s: 'settings' };
const LETTERS: Readonly<Record<string, Command>> = {
  l: { kind: 'like' },
  d: { kind: 'dislike' },
  s: { kind: 'strategy' },
  t: { kind: 'target' },
  '/': { kind: 'search' },
  '?': { kind: 'help' },
};
const MOVES: Readonly<Record<string, readonly [plain: Command, shifted: Command]>> = {
  ' ': [{ kind: 'toggle-play' }, { kind: 'toggle-play' }],
  ArrowLeft: [{ kind: 'seek', by: -5 }, { kind: 'previous' }],
  ArrowRight: [{ kind: 'seek', by: 5 }, { kind: 'next' }],
  ArrowUp: [
    { kind: 'volume', by: 0.05 },
    { kind: 'volume', by: 0.05 },
  ],
  ArrowDown: [
    { kind: 'volume', by: -0.05 },
    { kind: 'volume', by: -0.05 },
  ],
};

/**
 * One key press and what came before → a command or null, and what to remember.
 * @param hasSingleKeys false: letters, digits and signs alone do nothing, for people whose voice or switch types them by accident
 */
export function readKey(
  press: KeyPress,
  memory: KeyMemory,
  hasSingleKeys = true,
): { readonly command: Command | null; readonly memory: KeyMemory } {
  if (press.commanded && press.key.toLowerCase() === 'k') return { command: { kind: 'search' }, memory: NO_MEMORY };
  if (press.modified) return { command: null, memory: NO_MEMORY };
  if (press.key === 'Escape') return readEscape(press, memory);
  const isSwitchedOff = !hasSingleKeys && press.key.length === 1 && press.key !== ' ';
  if (press.focus === 'typing' || isSwitchedOff) return { command: null, memory: NO_MEMORY };
  return readPair(press, memory);
}

function readPair(press: KeyPress, memory: KeyMemory): { readonly command: Command | null; readonly memory: KeyMemory } {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.at - memory.gAt < PAIR_MS) {
    const screen = GO[key];
    return { command: screen ? { kind: 'go', screen } : null, memory: NO_MEMORY };
  }
  if (key === 'g') return { command: null, memory: { ...NO_MEMORY, gAt: press.at } };
  return { command: readPlain(key, press), memory: NO_MEMORY };
}

function readEscape(press: KeyPress, memory: KeyMemory): { readonly command: Command | null; readonly memory: KeyMemory } {
  if (press.at - memory.escapeAt < PAIR_MS) return { command: { kind: 'stop-sensing' }, memory: NO_MEMORY };
  return { command: null, memory: { ...NO_MEMORY, escapeAt: press.at } };
}

function readPlain(key: string, { shift, focus }: KeyPress): Command | null {
  const mood = /^[1-8]$/.test(key) ? FEEL_ORDER[Number(key) - 1] : undefined;
  if (mood) return { kind: 'feel', mood };
  const move = MOVES[key];
  if (move) return focus === 'page' ? move[shift ? 1 : 0] : null;
  return LETTERS[key] ?? null;
}
