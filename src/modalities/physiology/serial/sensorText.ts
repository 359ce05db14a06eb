import { LineInterpreter } from './interpretLine';
import { LineSplitter } from './lineSplitter';
import { parseLine } from './parseLine';

/** Fewer lines may fit by accident: noise holds a lone digit now and then. */
const LEAST_LINES = 3;
const LEAST_SHARE = 0.6;

/**
 * Judges text that was received at one baud rate. At a wrong rate bytes turn into others, and hardly a line can be read.
 * @returns whether it is text of a sensor; the first line is left out, since listening begins anywhere within it
 */
export function isSensorText(text: string): boolean {
  const lines = new LineSplitter().push(text).slice(1);
  const interpreter = new LineInterpreter('skin');
  const read = lines.filter((line) => {
    const parsed = parseLine(line);
    return parsed !== null && (parsed.kind === 'header' || interpreter.read(parsed) !== null);
  });
  return read.length >= LEAST_LINES && read.length >= LEAST_SHARE * lines.length;
}
