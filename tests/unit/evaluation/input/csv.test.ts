import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../../../evaluation/input/csv';

describe('parseCsv', () => {
  it('reads plain rows with either line break and without a last one', () => {
    expect(parseCsv('file,label\r\na.png,happy\nb.png,sad')).toEqual([
      ['file', 'label'],
      ['a.png', 'happy'],
      ['b.png', 'sad'],
    ]);
  });

  it('reads quoted commas, line breaks and doubled quotes', () => {
    expect(parseCsv('text,label\n"well, ""yes""\nno",joy\n')).toEqual([
      ['text', 'label'],
      ['well, "yes"\nno', 'joy'],
    ]);
  });

  it('keeps empty fields, also at the end of a row and of the text', () => {
    expect(parseCsv('a,b,c\n,,\n1,"",')).toEqual([
      ['a', 'b', 'c'],
      ['', '', ''],
      ['1', '', ''],
    ]);
  });

  it('drops a byte order mark and blank lines', () => {
    expect(parseCsv('\uFEFFa\n\n1\n\n')).toEqual([['a'], ['1']]);
  });

  it('gives no row for no text', () => {
    expect(parseCsv('')).toEqual([]);
  });

  it('says where a quote is never closed', () => {
    expect(() => parseCsv('a,"b')).toThrow('a quote opened at character 3 is never closed');
  });
});
