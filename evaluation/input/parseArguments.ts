import { UsageError } from './commandErrors';

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
  const rest = argv.flatMap(splitAtEquals);
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (!argument.startsWith('--')) {
      words.push(argument);
      continue;
    }
    const name = argument.slice(2);
    const kind = flags[name];
    if (kind === undefined) throw new UsageError(`Unknown option --${name}; known are ${listFlags(flags)}.`);
    if (kind === 'switch') switches.add(name);
    else if (kind === 'text') text[name] = valueOf(name, rest.shift());
    else counts[name] = readCount(name, valueOf(name, rest.shift()));
  }
  return { words, text, counts, switches };
}

function splitAtEquals(argument: string): string[] {
  const equals = argument.startsWith('--') ? argument.indexOf('=') : -1;
  return equals < 0 ? [argument] : [argument.slice(0, equals), argument.slice(equals + 1)];
}

function valueOf(name: string, value: string | undefined): string {
  if (value === undefined || value === '' || value.startsWith('--')) throw new UsageError(`--${name} needs a value.`);
  return value;
}

function readCount(name: string, value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new UsageError(`--${name} needs a whole number above zero, not "${value}".`);
  return Number(value);
}

function listFlags(flags: Flags): string {
  return Object.keys(flags)
    .map((name) => `--${name}`)
    .join(', ');
}
