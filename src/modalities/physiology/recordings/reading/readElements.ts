import type { RecordingFile } from '../recording';
import { readText, type ReadContext } from './readText';

/**
 * Calls `see` with each XML element of a name, from `<name` to its end tag or `/>`, as text; elements of the same name must not
 * lie in each other. No tree is built, so a file of any size can be read.
 * @returns as `readText`
 */
export function readElements(file: RecordingFile, context: ReadContext, name: string, see: (element: string) => void): Promise<boolean> {
  const opening = `<${name}`;
  return readText(file, context, (text, isLast) => {
    let from = 0;
    for (;;) {
      const start = text.indexOf(opening, from);
      // The name itself may be cut in two.
      if (start < 0) return isLast ? text.length : Math.max(from, text.length - opening.length);
      if (/[\w.-]/.test(text[start + opening.length] ?? '')) {
        from = start + opening.length;
        continue;
      }
      const end = endOf(text, start, `</${name}>`);
      if (end < 0) return start;
      see(text.slice(start, end));
      from = end;
    }
  });
}

/** Behind the element that begins at `start`; -1 when the text ends before. */
function endOf(text: string, start: number, closing: string): number {
  const tagEnd = text.indexOf('>', start);
  if (tagEnd < 0) return -1;
  if (text[tagEnd - 1] === '/') return tagEnd + 1;
  const end = text.indexOf(closing, tagEnd);
  return end < 0 ? -1 : end + closing.length;
}

/** The value of an attribute; null when the tag has none. Numbers and dates need no entities. */
export function attribute(element: string, name: string): string | null {
  const start = element.indexOf(` ${name}="`);
  if (start < 0) return null;
  const from = start + name.length + 3;
  const end = element.indexOf('"', from);
  return end < 0 ? null : element.slice(from, end);
}
