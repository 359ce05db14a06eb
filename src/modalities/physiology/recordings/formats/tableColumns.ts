/** What a column of a table holds. */
export type Column = 'time' | 'date' | 'heartRate' | 'rr' | 'eda' | 'skinTemperature';

/** Headings of the exports that are known, in lower case without spaces, signs and units in brackets. */
const NAMES: Readonly<Record<string, Column>> = {
  time: 'time',
  timestamp: 'time',
  datetime: 'time',
  phonetimestamp: 'time',
  starttime: 'time',
  elapsed: 'time',
  elapsedtime: 'time',
  seconds: 'time',
  secs: 'time',
  date: 'date',
  hr: 'heartRate',
  bpm: 'heartRate',
  heartrate: 'heartRate',
  heartratebpm: 'heartRate',
  beatsperminute: 'heartRate',
  pulse: 'heartRate',
  rr: 'rr',
  rri: 'rr',
  ibi: 'rr',
  nn: 'rr',
  rrms: 'rr',
  ibims: 'rr',
  rrinterval: 'rr',
  rrintervals: 'rr',
  eda: 'eda',
  edaus: 'eda',
  gsrus: 'eda',
  scl: 'eda',
  conductance: 'eda',
  skinconductance: 'eda',
  microsiemens: 'eda',
  temp: 'skinTemperature',
  tempc: 'skinTemperature',
  temperature: 'skinTemperature',
  temperaturec: 'skinTemperature',
  skintemp: 'skinTemperature',
  skintemperature: 'skinTemperature',
};

export type Columns = Readonly<Partial<Record<Column, number>>>;

const bare = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[[(].*$/, '')
    .replace(/[^a-zµ]/g, '');

/** Which cell holds what, if a row is a heading: it names a time and a reading, or beat intervals alone. Null for any other row. */
export function readHeading(cells: readonly string[]): Columns | null {
  const columns: Partial<Record<Column, number>> = {};
  cells.forEach((cell, i) => {
    const column = NAMES[bare(cell)];
    if (column && columns[column] === undefined) columns[column] = i;
  });
  const hasTime = columns.time !== undefined || columns.date !== undefined;
  const hasReading = (['heartRate', 'eda', 'skinTemperature'] as const).some((column) => columns[column] !== undefined);
  return (hasTime && hasReading) || columns.rr !== undefined ? columns : null;
}

/** Comma, semicolon or tab, whichever the row has most of. */
export function separatorOf(line: string): string {
  const counts = [',', ';', '\t'].map((separator) => [line.split(separator).length, separator] as const);
  return counts.reduce((best, count) => (count[0] > best[0] ? count : best))[1];
}

const QUOTED = /^\s*"((?:[^"]|"")*)"\s*$/;

/** Cells of one line; quotes keep separators, and a doubled quote is one. */
export function splitRow(line: string, separator: string): string[] {
  const parts = line.split(separator);
  if (!line.includes('"')) return parts.map((cell) => cell.trim());
  const cells: string[] = [];
  for (let i = 0; i < parts.length; i++) {
    let cell = parts[i] ?? '';
    // A quote that is still open: the separator belongs to the cell.
    while (cell.split('"').length % 2 === 0 && i + 1 < parts.length) cell += separator + (parts[++i] ?? '');
    cells.push((QUOTED.exec(cell)?.[1]?.replaceAll('""', '"') ?? cell).trim());
  }
  return cells;
}
