import en from './en.json';

type Leaves<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Prefix}${K}` : Leaves<T[K], `${Prefix}${K}.`>;
}[keyof T & string];

/** Path of a sentence in `en.json`, joined by dots. */
export type MessageKey = Leaves<typeof en>;
/** A sentence that has a `.one` and an `.other` form. */
export type PluralKey = Stem<MessageKey>;
type Stem<Key> = Key extends `${infer S}.one` ? S : never;
export type Params = Readonly<Record<string, string | number>>;

const sentences = new Map<string, string>();
collect(en, '');

function collect(branch: object, prefix: string): void {
  for (const [key, value] of Object.entries(branch) as [string, unknown][]) {
    if (typeof value === 'string') sentences.set(prefix + key, value);
    else if (typeof value === 'object' && value !== null) collect(value, `${prefix}${key}.`);
  }
}

const plurals = new Intl.PluralRules('en');

/** True when the catalogue has this sentence: for keys that arrive as plain strings. */
export function hasMessage(key: string): key is MessageKey {
  return sentences.has(key);
}

/** The sentence with its `{name}` places filled in; a place without a value stays visible, so that it is noticed. */
export function t(key: MessageKey, params: Params = {}): string {
  const sentence = sentences.get(key) ?? key;
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(params[name] ?? place));
}

/** The form of the sentence that fits the number; `{n}` is the number with separators. */
export function tn(key: PluralKey, n: number, params: Params = {}): string {
  const form = plurals.select(n) === 'one' ? 'one' : 'other';
  return t(`${key}.${form}` as MessageKey, { n: n.toLocaleString('en'), ...params });
}
