import type { CancelSignal } from '../../../../core/units';
import type { RecordingFile } from '../recording';

export interface ReadContext {
  readonly signal: CancelSignal;
  /** Told how many bytes were read just now. */
  readonly onBytes: (count: number) => void;
}

/** No line, element or object of a known format is nearly as long: what is, is none, and must not fill the memory. */
const LONGEST_PIECE = 1_000_000;

/**
 * Hands on the bytes of a file, chunk by chunk.
 * @throws DOMException 'AbortError' when cancelled
 */
export async function* readBytes(file: RecordingFile, { signal, onBytes }: ReadContext): AsyncGenerator<Uint8Array, void> {
  const reader = file.stream().getReader();
  try {
    for (;;) {
      if (signal.aborted) throw new DOMException('reading was cancelled', 'AbortError');
      const { done, value } = await reader.read();
      if (done) return;
      onBytes(value.length);
      yield value;
    }
  } finally {
    // Ends the reading of the disk, too, when the caller stops early.
    await reader.cancel().catch(() => undefined);
  }
}

/**
 * Reads a text file in a window that moves on: memory holds one chunk and the piece that it cuts.
 * @param read takes what it can of the text and returns how many characters that was; called once more at the end, with `isLast`
 * @returns false when a piece was too long to be one, so that reading ended there
 */
export async function readText(
  file: RecordingFile,
  context: ReadContext,
  read: (text: string, isLast: boolean) => number,
): Promise<boolean> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of readBytes(file, context)) {
    const text = rest + decoder.decode(bytes, { stream: true });
    rest = text.slice(read(text, false));
    if (rest.length > LONGEST_PIECE) return false;
  }
  read(rest + decoder.decode(), true);
  return true;
}

/** Calls `see` with each line, without its end. @returns as `readText` */
export function readLines(file: RecordingFile, context: ReadContext, see: (line: string) => void): Promise<boolean> {
  return readText(file, context, (text, isLast) => {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      see(text.slice(from, text[end - 1] === '\r' ? end - 1 : end));
      from = end + 1;
    }
    if (isLast && from < text.length) see(text.slice(from));
    return from;
  });
}
