/** @param hex bytes as two digits each, with or without spaces */
export function bytesOf(hex: string): DataView {
  const pairs = hex.match(/[0-9a-f]{2}/gi) ?? [];
  return new DataView(Uint8Array.from(pairs, (pair) => parseInt(pair, 16)).buffer);
}
