import { UsageError } from './usageError';

/** What a flag takes: a word, a whole number above zero, or nothing. */
export type FlagKind = 'text' | 'count' | 'switch';
export type Flags = Readonly<Record<string, FlagKind>>;

export interface Arguments {
  /** Words before and between the flags. */
  readonly words: readonly string[];
  readonly text: Readonly<Record<string, string>>;
  readonly counts: Readonly<Record<string, number>>;
  readonly switches: ReadonlySet<string>;
}

/** Reads `word --flag value --switch`; also `--flag=value`. Throws UsageError on anything not listed in `flags`. */
export function parseArguments(argv: readonly string[], flags: Flags): Arguments {
  const words: string[] = [];
  const text: Record<string, string> = {};
  const counts: Record<string, number> = {};
  const switches = new Set<string>();
  for (let i = 0; i < argv.length; i += 1) {
    const argument = argv[i] ?? '';
    if (!argument.startsWith('--')) {
      words.push(argument);
      continue;
    }
    const equals = argument.indexOf('=');
    const name = equals < 0 ? argument.slice(2) : argument.slice(2, equals);
    const kind = flags[name];
    if (kind === undefined) throw new UsageError(`Unknown option --${name}; known are ${listFlags(flags)}.`);
    if (kind === 'switch') {
      switches.add(name);
      continue;
    }
    const value = equals < 0 ? argv[(i += 1)] : argument.slice(equals + 1);
    if (value === undefined || value === '' || (equals < 0 && value.startsWith('--'))) throw new UsageError(`--${name} needs a value.`);
    if (kind === 'text') text[name] = value;
    else counts[name] = readCount(name, value);
  }
  return { words, text, counts, switches };
}

function readCount(name: string, value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new UsageError(`--${name} needs a whole number above zero, not "${value}".`);
  return Number(value);
}

function listFlags(flags: Flags): string {
  return Object.keys(flags).map((name) => `--${name}`).join(', ');
}
