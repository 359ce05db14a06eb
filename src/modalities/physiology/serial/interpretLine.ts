import type { SerialLine } from './parseLine';

/** What a plain number without a name is. */
export type PlainMeaning = 'skin' | 'pulse';

/** What one line of text measured; a quantity that it does not hold is absent. */
export interface SerialReading {
  /** Raw converter reading of a skin conductance module. */
  readonly skin?: number;
  /** Skin conductance that the sketch already converted, microsiemens. */
  readonly microsiemens?: number;
  /** Raw converter reading of an optical pulse sensor. */
  readonly pulse?: number;
  /** bpm. */
  readonly heartRate?: number;
  /** ms since the beat before. `isRepeated`: printed on every line, not once a beat. */
  readonly interval?: { readonly ms: number; readonly isRepeated: boolean };
  /** °C */
  readonly celsius?: number;
}

type Quantity = 'skin' | 'microsiemens' | 'pulse' | 'heartRate' | 'interval' | 'celsius' | 'fahrenheit';

/** Names that sketches give their readings, in lower case without spaces, digits and underscores. Spelling mistakes are theirs. */
const NAMES: Readonly<Record<string, Quantity>> = {
  gsr: 'skin',
  g: 'skin',
  sensorvalue: 'skin',
  gsrvalue: 'skin',
  gsraverage: 'skin',
  eda: 'skin',
  us: 'microsiemens',
  µs: 'microsiemens',
  edaus: 'microsiemens',
  gsrus: 'microsiemens',
  scl: 'microsiemens',
  microsiemens: 'microsiemens',
  conductance: 'microsiemens',
  s: 'pulse',
  signal: 'pulse',
  pulse: 'pulse',
  ppg: 'pulse',
  pulsesensor: 'pulse',
  b: 'heartRate',
  bpm: 'heartRate',
  hr: 'heartRate',
  heartrate: 'heartRate',
  q: 'interval',
  ibi: 'interval',
  ibims: 'interval',
  rr: 'interval',
  t: 'celsius',
  temp: 'celsius',
  tempc: 'celsius',
  temperature: 'celsius',
  temperaturec: 'celsius',
  temprature: 'celsius',
  skintemperature: 'celsius',
  object: 'celsius',
  tempf: 'fahrenheit',
};

const quantityOf = (name: string): Quantity | null => NAMES[name.toLowerCase().replace(/[^a-zµ]/g, '')] ?? null;

const isHeartRate = (value: number): boolean => value >= 30 && value <= 220;
const isInterval = (value: number): boolean => value >= 270 && value <= 2000;

/** `bpm,ibi,signal` is how the pulse sensor's plotter sketch prints; otherwise the first number is the sensor, the second its rate. */
function readValues(values: readonly number[], meaning: PlainMeaning): SerialReading {
  const [first = NaN, second = NaN, third = NaN] = values;
  if (values.length === 3 && isHeartRate(first) && isInterval(second)) {
    return { heartRate: first, interval: { ms: second, isRepeated: true }, pulse: third };
  }
  const sensor: SerialReading = meaning === 'skin' ? { skin: first } : { pulse: first };
  return values.length === 2 && isHeartRate(second) ? { ...sensor, heartRate: second } : sensor;
}

function readNamed(values: Readonly<Record<string, number>>, unit: string | null, isRow: boolean): SerialReading | null {
  const reading: { -readonly [K in keyof SerialReading]: SerialReading[K] } = {};
  for (const [name, value] of Object.entries(values)) {
    const quantity = quantityOf(name);
    if (quantity === 'fahrenheit' || (quantity === 'celsius' && unit?.toUpperCase() === 'F')) reading.celsius = ((value - 32) * 5) / 9;
    else if (quantity === 'interval') reading.interval = { ms: value, isRepeated: isRow };
    else if (quantity) reading[quantity] = value;
  }
  return Object.keys(reading).length > 0 ? reading : null;
}

/** Gives the numbers of parsed lines their meaning; remembers the header of a CSV. */
export class LineInterpreter {
  #columns: readonly string[] | null = null;

  constructor(private readonly plain: PlainMeaning) {}

  /** @returns null when the line holds nothing that is measured on a body */
  read(line: SerialLine): SerialReading | null {
    if (line.kind === 'header') {
      // Words with commas between them are a header only if they name something.
      if (line.names.some((name) => quantityOf(name))) this.#columns = line.names;
      return null;
    }
    if (line.kind === 'named') return readNamed(line.values, line.unit, Object.keys(line.values).length > 1);
    const columns = this.#columns;
    if (columns?.length !== line.values.length) return readValues(line.values, this.plain);
    return readNamed(Object.fromEntries(columns.map((name, i) => [name, line.values[i] ?? 0])), null, true);
  }
}
