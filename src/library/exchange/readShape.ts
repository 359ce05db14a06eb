import { AppError } from '../../core/errors';

/** Checks a value of a file and takes it over, or names the field that is wrong. */
export type Read<T> = (value: unknown, field: string) => T;

/** @throws AppError 'library/analyses-invalid' */
export function refuse(field: string, expected: string): never {
  throw new AppError('library/analyses-invalid', `${field}: expected ${expected}`);
}

export const number =
  (low: number, high: number): Read<number> =>
  (value, field) =>
    typeof value === 'number' && value >= low && value <= high ? value : refuse(field, `a number from ${low} to ${high}`);

export const whole =
  (low: number, high: number): Read<number> =>
  (value, field) =>
    Number.isInteger(value) ? number(low, high)(value, field) : refuse(field, 'a whole number');

export const text =
  (pattern: RegExp): Read<string> =>
  (value, field) =>
    typeof value === 'string' && pattern.test(value) ? value : refuse(field, `a text like ${pattern.source}`);

export const oneOf =
  <T extends string>(...words: readonly T[]): Read<T> =>
  (value, field) =>
    words.find((word) => word === value) ?? refuse(field, words.join(' or '));

export const list =
  <T>(item: Read<T>, most: number): Read<readonly T[]> =>
  (value, field) =>
    Array.isArray(value) && value.length <= most
      ? value.map((each: unknown, i) => item(each, `${field}[${i}]`))
      : refuse(field, `a list of at most ${most}`);

/** @param lengths fewest and most numbers */
export const floats =
  (lengths: readonly [number, number], low: number, high: number): Read<Float32Array<ArrayBuffer>> =>
  (value, field) => {
    const numbers = list(number(low, high), lengths[1])(value, field);
    return numbers.length < lengths[0] ? refuse(field, `at least ${lengths[0]} numbers`) : Float32Array.from(numbers);
  };

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Bytes that the file holds as base64. */
export const bytes =
  (most: number): Read<Uint8Array<ArrayBuffer>> =>
  (value, field) => {
    if (typeof value !== 'string' || value.length > (most * 4) / 3 + 4 || value.length % 4 !== 0 || !BASE64.test(value))
      return refuse(field, `at most ${most} bytes in base64`);
    return Uint8Array.from(atob(value), (char) => char.charCodeAt(0));
  };

export const shape =
  <T extends object>(fields: { readonly [K in keyof T]: Read<T[K]> }): Read<T> =>
  (value, field) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(field, 'an object');
    const given = value as Readonly<Record<string, unknown>>;
    const entries = Object.entries<Read<unknown>>(fields);
    // What the file says beyond these fields is passed over.
    return Object.fromEntries(entries.map(([name, read]) => [name, read(given[name], `${field}.${name}`)])) as T;
  };
