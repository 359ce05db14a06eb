import type { EpochMs, Milliseconds, UnitInterval } from '../../core/units';
import type { BaselineState } from '../modality';
import { HEART_FEATURES, MINUTE_RATE, SKIN_FEATURES } from './features';

/** The guided rest. */
export const RECORDING: Milliseconds = 120_000;
/** Time between two steps of the recording, and of the adaptation. */
export const STEP: Milliseconds = 30_000;
/** Steps that a recording needs: at 60, 90 and 120 seconds. */
const NEEDED = 3;
/** A recording that cannot be completed for lack of signal is given up. */
const PATIENCE: Milliseconds = 600_000;

/** Steps that the recorded rest and other people's spread count for. */
const PRIOR = 20;
/** Steps that may count against them: the adaptation never stops and never runs away (two hours). */
const MOST_STEPS = 240;
/** Spreads that the adapted rest may lie from the recorded one. */
const MOST_DRIFT = 1.5;
/** A person's own spread, as a share of other people's. */
const LEAST_SPREAD = 0.5;
const MOST_SPREAD = 2;
const CLIP = 4;

export type Part = 'heart' | 'skin';
export const PARTS: readonly Part[] = ['heart', 'skin'];
const LENGTHS: Readonly<Record<Part, number>> = { heart: HEART_FEATURES, skin: SKIN_FEATURES };

/** One part's features at rest, in their own units: plain numbers. */
export interface PartBaseline {
  readonly rest: readonly number[];
  /** Drifts slowly after the person's days, within 1.5 spreads of `rest`. */
  readonly mean: readonly number[];
  /** Mean square distance from `rest`, other people's at first. */
  readonly square: readonly number[];
  readonly steps: number;
}

export interface SavedBaseline {
  readonly version: 2;
  readonly since: EpochMs;
  readonly parts: Readonly<Partial<Record<Part, PartBaseline>>>;
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** @param rows the windows of the recording @param spread other people's, from the model's manifest */
export function restOf(rows: readonly ArrayLike<number>[], spread: ArrayLike<number>): PartBaseline {
  const rest = Array.from(
    { length: spread.length },
    (_, i) => rows.reduce((sum, row) => sum + (row[i] ?? 0), 0) / Math.max(1, rows.length),
  );
  return { rest, mean: rest, square: Array.from(spread, (value) => value ** 2), steps: PRIOR };
}

/** One step of the slow adaptation: mean and spread move by 1 / steps, both within bounds. */
export function adapt(
  { rest, mean, square, steps: before }: PartBaseline,
  row: ArrayLike<number>,
  spread: ArrayLike<number>,
): PartBaseline {
  const steps = Math.min(before + 1, PRIOR + MOST_STEPS);
  return {
    rest,
    steps,
    mean: mean.map((value, i) => {
      const room = MOST_DRIFT * (spread[i] ?? 0);
      const centre = rest[i] ?? 0;
      return clamp(value + ((row[i] ?? 0) - value) / steps, centre - room, centre + room);
    }),
    square: square.map((value, i) => value + (((row[i] ?? 0) - (rest[i] ?? 0)) ** 2 - value) / steps),
  };
}

/** Distances from rest in own spreads, cut at ±4: what the model takes. */
export function normalise({ mean, square }: PartBaseline, row: ArrayLike<number>, spread: ArrayLike<number>): Float64Array {
  return Float64Array.from(row, (value, i) => {
    const common = spread[i] ?? 1;
    const own = clamp(Math.sqrt(square[i] ?? 0), LEAST_SPREAD * common, MOST_SPREAD * common);
    return own > 0 ? clamp((value - (mean[i] ?? 0)) / own, -CLIP, CLIP) : 0;
  });
}

const isNumbers = (value: unknown, length: number): value is readonly number[] =>
  Array.isArray(value) && value.length === length && value.every((one) => typeof one === 'number' && Number.isFinite(one));

function readPart(saved: unknown, length: number): PartBaseline | null {
  if (typeof saved !== 'object' || saved === null) return null;
  const { rest, mean, square, steps } = saved as Readonly<Record<string, unknown>>;
  const isWhole = isNumbers(rest, length) && isNumbers(mean, length) && isNumbers(square, length);
  if (!isWhole || typeof steps !== 'number' || !(steps >= PRIOR && steps <= PRIOR + MOST_STEPS)) return null;
  return { rest, mean, square, steps };
}

/** What `save` gave once, or null for anything else. */
export function readBaseline(saved: unknown): SavedBaseline | null {
  if (typeof saved !== 'object' || saved === null) return null;
  const { version, since, parts } = saved as Readonly<Record<string, unknown>>;
  // Version 1 knew other features.
  if (version !== 2 || typeof since !== 'number' || !Number.isFinite(since) || typeof parts !== 'object' || parts === null) return null;
  const read = PARTS.flatMap((part) => {
    const one = readPart((parts as Readonly<Record<string, unknown>>)[part], LENGTHS[part]);
    return one ? [[part, one] as const] : [];
  });
  return read.length > 0 ? { version: 2, since, parts: Object.fromEntries(read) } : null;
}

interface Recording {
  readonly startedAt: EpochMs;
  stepAt: EpochMs;
  readonly rows: Readonly<Record<Part, ArrayLike<number>[]>>;
}

/** Clean windows of the part that has most. */
function windowsOf({ rows }: Recording): number {
  return Math.max(...PARTS.map((part) => rows[part].length));
}

/** The person's rest: recorded once in two quiet minutes, then followed slowly. */
export class RestBaseline {
  #known: SavedBaseline | null = null;
  #recording: Recording | null = null;
  #isWanted = false;
  #progress: UnitInterval = 0;
  #stepAt: EpochMs = -Infinity;

  /** @param spreads other people's spread of each part's features */
  constructor(private readonly spreads: Readonly<Record<Part, ArrayLike<number>>>) {}

  get state(): BaselineState {
    if (this.#isWanted || this.#recording) return { kind: 'recording', progress: this.#progress };
    return this.#known ? { kind: 'ready', since: this.#known.since } : { kind: 'none' };
  }

  start(): void {
    this.#isWanted = true;
    this.#recording = null;
    this.#progress = 0;
  }

  save(): SavedBaseline | null {
    return this.#known;
  }

  restore(saved: unknown): void {
    const read = readBaseline(saved);
    if (!read) return;
    this.#known = read;
    this.#recording = null;
    this.#isWanted = false;
  }

  /** When the recording began, so that signals from before it are left out; null when none runs. */
  get recordingSince(): EpochMs | null {
    return this.#recording?.startedAt ?? null;
  }

  /** Mean heart rate of the recorded rest; null when the heart was not there. */
  get restingRate(): number | null {
    return this.#known?.parts.heart?.rest[MINUTE_RATE] ?? null;
  }

  /** To be called with every packet: begins, and gives up what lacks signal for ten minutes. */
  tick(at: EpochMs): void {
    if (this.#isWanted) {
      this.#isWanted = false;
      this.#recording = { startedAt: at, stepAt: at + STEP, rows: { heart: [], skin: [] } };
    }
    const recording = this.#recording;
    if (!recording) return;
    const elapsed = at - recording.startedAt;
    // Never further than clean windows allow: time alone completes nothing.
    this.#progress = Math.min(elapsed / RECORDING, (windowsOf(recording) + 2) / (NEEDED + 1), 1);
    if (elapsed > PATIENCE) this.#recording = null;
  }

  /** Takes a window of clean signal from the recording's own time; completes it when enough were seen. */
  record(at: EpochMs, rows: Readonly<Partial<Record<Part, ArrayLike<number>>>>): void {
    const recording = this.#recording;
    if (!recording || at < recording.stepAt) return;
    recording.stepAt = at + STEP;
    for (const part of PARTS) {
      const row = rows[part];
      if (row) recording.rows[part].push(row);
    }
    if (windowsOf(recording) < NEEDED) return;
    const complete = PARTS.filter((part) => recording.rows[part].length >= NEEDED);
    const parts = Object.fromEntries(complete.map((part) => [part, restOf(recording.rows[part], this.spreads[part])]));
    this.#known = { version: 2, since: at, parts };
    this.#recording = null;
    this.#stepAt = at;
  }

  /** Normalised features of the parts whose rest is known; the window itself counts. Adapts every 30 seconds. */
  normalise(at: EpochMs, rows: Readonly<Partial<Record<Part, ArrayLike<number>>>>): Readonly<Partial<Record<Part, Float64Array>>> {
    const known = this.#known;
    if (!known) return {};
    const adapted = new Map<Part, PartBaseline>();
    const found: Partial<Record<Part, Float64Array>> = {};
    for (const part of PARTS) {
      const row = rows[part];
      const before = known.parts[part];
      if (!row || !before) continue;
      const after = adapt(before, row, this.spreads[part]);
      adapted.set(part, after);
      found[part] = normalise(after, row, this.spreads[part]);
    }
    if (at - this.#stepAt >= STEP) {
      this.#stepAt = at;
      this.#known = { ...known, parts: { ...known.parts, ...Object.fromEntries(adapted) } };
    }
    return found;
  }
}
