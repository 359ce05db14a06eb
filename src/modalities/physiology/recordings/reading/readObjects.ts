import type { RecordingFile } from '../recording';
import { readText, type ReadContext } from './readText';

/** Where a scan of JSON stands, kept from one chunk to the next. */
interface Scan {
  /** Open brackets outside of the wanted objects, '[' or '{'. */
  readonly open: string[];
  /** Depth inside of a wanted object; 0 outside. */
  depth: number;
  isText: boolean;
  isEscaped: boolean;
}

/** Deeper than any export; a file of nothing but brackets must not fill the memory. */
const DEEPEST = 64;

/**
 * Calls `see` with each object of the outermost arrays of a JSON file, parsed. Such exports are one long array, at the root or in
 * an object: they are never held as a whole.
 * @returns false when the text is no JSON throughout
 */
export async function readObjects(file: RecordingFile, context: ReadContext, see: (object: unknown) => void): Promise<boolean> {
  const scan: Scan = { open: [], depth: 0, isText: false, isEscaped: false };
  let isSound = true;
  let seen = 0;
  const take = (text: string) => {
    try {
      see(JSON.parse(text));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      isSound = false;
    }
  };
  const isWhole = await readText(file, context, (text) => {
    // What lies before `seen` was scanned with the chunk before.
    let start = scan.depth > 0 ? 0 : -1;
    for (let i = seen; i < text.length; i++) {
      const event = step(scan, text[i] ?? '');
      if (event === 'begins') start = i;
      if (event !== 'ends' || start < 0) continue;
      take(text.slice(start, i + 1));
      start = -1;
    }
    const used = start >= 0 ? start : text.length;
    seen = text.length - used;
    return used;
  });
  return isSound && isWhole && scan.open.length === 0 && scan.depth === 0;
}

/** @returns whether a wanted object begins or ends with this character */
function step(scan: Scan, character: string): 'begins' | 'ends' | null {
  if (scan.isText) {
    if (scan.isEscaped) scan.isEscaped = false;
    else if (character === '\\') scan.isEscaped = true;
    else if (character === '"') scan.isText = false;
    return null;
  }
  if (character === '"') scan.isText = true;
  else if (character === '{' || character === '[') return opened(scan, character);
  else if (character === '}' || character === ']') return closed(scan);
  return null;
}

function opened(scan: Scan, bracket: string): 'begins' | null {
  if (scan.depth > 0) {
    scan.depth++;
    return null;
  }
  if (bracket === '{' && scan.open.at(-1) === '[') {
    scan.depth = 1;
    return 'begins';
  }
  if (scan.open.length < DEEPEST) scan.open.push(bracket);
  return null;
}

function closed(scan: Scan): 'ends' | null {
  if (scan.depth === 0) {
    scan.open.pop();
    return null;
  }
  scan.depth--;
  return scan.depth === 0 ? 'ends' : null;
}
