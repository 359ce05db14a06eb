import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../../evaluation/input/parseArguments';

const FLAGS = { data: 'text', limit: 'count', cropped: 'switch' } as const;

describe('parseArguments', () => {
  it('separates words, values, counts and switches', () => {
    const read = parseArguments(['face', '--data', 'a folder', '--limit=20', '--cropped'], FLAGS);
    expect(read.words).toEqual(['face']);
    expect(read.text).toEqual({ data: 'a folder' });
    expect(read.counts).toEqual({ limit: 20 });
    expect(read.switches.has('cropped')).toBe(true);
  });

  it.each([
    [['--folder', 'x'], 'Unknown option --folder; known are --data, --limit, --cropped.'],
    [['--data'], '--data needs a value.'],
    [['--data', '--cropped'], '--data needs a value.'],
    [['--limit', '0'], '--limit needs a whole number above zero, not "0".'],
    [['--limit', 'ten'], '--limit needs a whole number above zero, not "ten".'],
  ])('refuses %j with one sentence', (argv, sentence) => {
    expect(() => parseArguments(argv, FLAGS)).toThrow(sentence);
  });
});
