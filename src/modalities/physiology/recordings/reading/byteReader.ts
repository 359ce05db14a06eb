/** Bytes of a stream, asked for a few at a time; holds one chunk. */
export class ByteReader {
  #chunk = new Uint8Array();
  #at = 0;
  /** Checksum of all bytes taken so far; see `crc16`. */
  checksum = 0;

  constructor(private readonly chunks: AsyncGenerator<Uint8Array, void>) {}

  /** The next bytes, or null when the stream ends before so many. Answers at once, without a promise, when they are here. */
  take(count: number): Uint8Array | null | Promise<Uint8Array | null> {
    if (this.#chunk.length - this.#at >= count) return this.#cut(count);
    return this.#takeLater(count);
  }

  async #takeLater(count: number): Promise<Uint8Array | null> {
    while (this.#chunk.length - this.#at < count) {
      const { done, value } = await this.chunks.next();
      if (done) return null;
      const rest = this.#chunk.subarray(this.#at);
      const joined = new Uint8Array(rest.length + value.length);
      joined.set(rest);
      joined.set(value, rest.length);
      this.#chunk = joined;
      this.#at = 0;
    }
    return this.#cut(count);
  }

  #cut(count: number): Uint8Array {
    const bytes = this.#chunk.subarray(this.#at, (this.#at += count));
    this.checksum = crc16(bytes, this.checksum);
    return bytes;
  }
}

/** Of each value of four bits. */
const NIBBLES = Uint16Array.of(
  ...[0x0000, 0xcc01, 0xd801, 0x1400, 0xf001, 0x3c00, 0x2800, 0xe401],
  ...[0xa001, 0x6c00, 0x7800, 0xb401, 0x5000, 0x9c01, 0x8801, 0x4400],
);

/** CRC-16/ARC (polynomial 0x8005, reflected), as FIT files end with: over a file and its checksum it is 0. */
export function crc16(bytes: Uint8Array, before = 0): number {
  let crc = before;
  for (const byte of bytes) {
    crc = (crc >> 4) ^ (NIBBLES[(crc ^ byte) & 15] ?? 0);
    crc = (crc >> 4) ^ (NIBBLES[(crc ^ (byte >> 4)) & 15] ?? 0);
  }
  return crc;
}
