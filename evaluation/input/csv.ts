/**
 * Parses RFC 4180 text: quoted fields may hold commas, line breaks and doubled quotes; CRLF, LF and a missing last line
 * break are accepted, and so is a byte order mark. Wholly blank lines are skipped.
 * @returns rows of fields, header included
 */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  let row: string[] = [];
  let at = 0;
  while (at < source.length) {
    const field = source[at] === '"' ? readQuoted(source, at) : readPlain(source, at);
    row.push(field.value);
    at = field.end;
    if (source[at] === ',') {
      at += 1;
      if (at < source.length) continue;
      row.push('');
    }
    at += source.startsWith('\r\n', at) ? 2 : 1;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}

interface Field {
  readonly value: string;
  /** Index of the separator behind the field. */
  readonly end: number;
}

function readPlain(source: string, start: number): Field {
  let end = start;
  while (end < source.length && source[end] !== ',' && source[end] !== '\n' && source[end] !== '\r') end += 1;
  return { value: source.slice(start, end), end };
}

function readQuoted(source: string, start: number): Field {
  let value = '';
  let at = start + 1;
  for (;;) {
    const quote = source.indexOf('"', at);
    if (quote < 0) throw new SyntaxError(`a quote opened at character ${start + 1} is never closed`);
    value += source.slice(at, quote);
    if (source[quote + 1] !== '"') {
      const rest = readPlain(source, quote + 1);
      return { value: value + rest.value, end: rest.end };
    }
    value += '"';
    at = quote + 2;
  }
}
