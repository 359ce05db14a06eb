/** Builds ID3v2.3 tags, whole or deliberately broken. */

export interface Frame {
  /** Four letters, e.g. 'TIT2'. */
  readonly name: string;
  readonly body: Uint8Array;
  /** Claimed size; the true one unless told otherwise. */
  readonly size?: number;
}

const latin = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

export const textFrame = (name: string, text: string): Frame => ({ name, body: Uint8Array.of(0, ...latin(text)) });

export const pictureFrame = (picture: Uint8Array, mimeType = 'image/png'): Frame => ({
  name: 'APIC',
  body: Uint8Array.of(0, ...latin(mimeType), 0, 3, 0, ...picture),
});

/** @param claimed size of the tag; the true one unless told otherwise */
export function id3Tag(frames: readonly Frame[], claimed?: number): Uint8Array<ArrayBuffer> {
  const bodies = frames.map(({ name, body, size = body.length }) => {
    const head = new Uint8Array(10);
    head.set(latin(name));
    new DataView(head.buffer).setUint32(4, size);
    return [...head, ...body];
  });
  const all = bodies.flat();
  const size = claimed ?? all.length;
  const digits = [21, 14, 7, 0].map((shift) => (size >>> shift) & 0x7f);
  return Uint8Array.of(...latin('ID3'), 3, 0, 0, ...digits, ...all);
}

/** Unsynchronised lyrics. */
export const lyricsFrame = (text: string, language: string): Frame => ({
  name: 'USLT',
  body: Uint8Array.of(0, ...latin(language), 0, ...latin(text)),
});

/** Synchronised lyrics. @param entries text and ms */
export const syncedFrame = (entries: readonly (readonly [string, number])[], language = 'eng'): Frame => ({
  name: 'SYLT',
  body: Uint8Array.from([
    ...[0, ...latin(language), 2, 1, 0],
    ...entries.flatMap(([text, ms]) => [...latin(text), 0, ...[24, 16, 8, 0].map((shift) => (ms >>> shift) & 0xff)]),
  ]),
});

/** A text of the user's own naming. */
export const userFrame = (name: string, text: string): Frame => ({
  name: 'TXXX',
  body: Uint8Array.of(0, ...latin(name), 0, ...latin(text)),
});

/** The 128 bytes of an ID3v1.1 tag; each text is given as bytes. */
export function id3v1Tag(title: readonly number[], artist: readonly number[], track = 0): Uint8Array<ArrayBuffer> {
  const tag = new Uint8Array(128);
  tag.set(latin('TAG'));
  tag.set(title.slice(0, 30), 3);
  tag.set(artist.slice(0, 30), 33);
  tag[126] = track;
  tag[127] = 255;
  return tag;
}
