/** A column of texts in which each different one lies once: artists and folders repeat. */
export interface TextColumn {
  /** All different texts, one after another. */
  readonly joined: string;
  /** [different] length of each, UTF-16 units. */
  readonly lengths: Uint32Array;
  /** [rows] 1 + place among the different texts; 0 = null. */
  readonly places: Uint16Array;
}

/** A column of numbers in the smallest type that holds them exactly; NaN = null. One item: all rows have it. */
export type NumberColumn = Float32Array | Float64Array;

/** @param texts fewer than 65,536 */
export function packTexts(texts: readonly (string | null)[]): TextColumn {
  const known = new Map<string, number>();
  const places = Uint16Array.from(texts, (text) => {
    if (text === null) return 0;
    const place = known.get(text) ?? known.size + 1;
    known.set(text, place);
    return place;
  });
  const different = [...known.keys()];
  return { joined: different.join(''), lengths: Uint32Array.from(different, (text) => text.length), places };
}

/** [rows] the texts as they were packed; equal ones are one string in memory. */
export function unpackTexts({ joined, lengths, places }: TextColumn): readonly (string | null)[] {
  const different: (string | null)[] = [null];
  let at = 0;
  for (const length of lengths) different.push(joined.slice(at, (at += length)));
  return Array.from(places, (place) => different[place] ?? null);
}

export function packNumbers(values: readonly (number | null)[]): NumberColumn {
  const exact = Float64Array.from(values, (value) => value ?? Number.NaN);
  const [first = Number.NaN] = exact;
  const kept = exact.every((value) => Object.is(value, first)) ? exact.slice(0, 1) : exact;
  return kept.every((value) => Object.is(Math.fround(value), value)) ? Float32Array.from(kept) : kept;
}

/** The number in a row; null where there was none. */
export function numberAt(column: NumberColumn, row: number): number | null {
  const value = column[column.length === 1 ? 0 : row] ?? Number.NaN;
  return Number.isNaN(value) ? null : value;
}
