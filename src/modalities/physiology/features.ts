import type { Hertz, Seconds } from '../../core/units';
import { butterworth } from '../../dsp/physiology/filter/butterworth';
import { filterZeroPhase } from '../../dsp/physiology/filter/zeroPhase';
import { percentile } from '../../dsp/physiology/hrv/timeDomain';
import { bandPower } from '../../dsp/physiology/spectrum/bandPower';
import { findResponses } from '../../dsp/physiology/skin/responses';
import { deviation, mean } from '../../dsp/statistics';

/**
 * What the model sees of one moment, before a person's own rest is taken off. The Python twin is
 * training/physiology/features.py; 24 real windows of both agree within 1e-6 (tests/golden/physiology-windows.json).
 */

/** Skin conductance is averaged down to this rate first. */
export const SKIN_RATE: Hertz = 4;
/** That much must be there … */
export const WINDOW: Seconds = 60;
/** … and that much is looked at, where there is as much. */
export const CONTEXT: Seconds = 300;

const HEART_SPANS: readonly Seconds[] = [10, 20, 60, 120, 180, 300];
const SKIN_SPANS: readonly Seconds[] = [20, 60, 120, 180, 300];
const RESPONSE_SPANS: readonly Seconds[] = [30, 60, 120, 180, 300];
const BAND_SPANS: readonly Seconds[] = [60, 120, 180];
const RISE_SPANS: readonly Seconds[] = [60, 180];

type Band = readonly [from: Hertz, to: Hertz];
/** Slow waves of blood pressure, and breathing. */
const HEART_BANDS: readonly Band[] = [
  [0.04, 0.15],
  [0.15, 0.4],
];
/** Where sympathetic activity shows (Posada-Quintero et al. 2016), and above it. */
const SKIN_BAND: Band = [0.045, 0.25];
const FAST_SKIN_BAND: Band = [0.25, 0.8];

export const HEART_FEATURES = 6 * HEART_SPANS.length + HEART_BANDS.length * BAND_SPANS.length;
export const SKIN_FEATURES = 6 * SKIN_SPANS.length + 5 * RESPONSE_SPANS.length + 3 * BAND_SPANS.length + 2 * RISE_SPANS.length;
/** Where the mean heart rate of the last minute stands among the heart's features. */
export const MINUTE_RATE = 6 * HEART_SPANS.indexOf(60);

const SPLIT_HZ = 0.05;
/** Smaller responses are noise of a wrist sensor, microsiemens. */
const LEAST_RESPONSE = 0.01;
/** Of the log level: a response that counts beside the person's own level. */
const RELATIVE_RESPONSE = 0.03;
/** Fewer values know no such waves. */
const LEAST_VALUES = 20;
/** Added before the logarithm of a conductance, microsiemens. */
const LEVEL_FLOOR = 0.05;

/** Least-squares slope per minute of values `step` seconds apart; 0 for fewer than two. */
function slopeOf(values: ArrayLike<number>, step: Seconds): number {
  const n = values.length;
  const centre = mean(values);
  let product = 0;
  let square = 0;
  for (let i = 0; i < n; i++) {
    const t = ((i - (n - 1) / 2) * step) / 60;
    product += t * ((values[i] ?? 0) - centre);
    square += t * t;
  }
  return square > 0 ? product / square : 0;
}

const stepsOf = (values: Float64Array): Float64Array =>
  Float64Array.from({ length: Math.max(0, values.length - 1) }, (_, i) => (values[i + 1] ?? 0) - (values[i] ?? 0));

const last = (values: Float64Array, count: number): Float64Array => values.subarray(Math.max(0, values.length - count));

/** Log power of a band; 0 when there are too few values. */
const logBand = (values: Float64Array, rate: Hertz, [from, to]: Band): number =>
  values.length < LEAST_VALUES ? 0 : Math.log(bandPower(values, rate, from, to) + 1e-6);

/** Mean, log deviation, slope, log restlessness, 95th and 5th percentile of each span. */
function describeRates(rates: Float64Array): number[] {
  return [
    mean(rates),
    Math.log(deviation(rates) + 0.3),
    slopeOf(rates, 1),
    Math.log(mean(stepsOf(rates).map(Math.abs)) + 0.05),
    percentile(rates, 95) ?? 0,
    percentile(rates, 5) ?? 0,
  ];
}

/**
 * @param rates [n] one a second, oldest first, each the mean over about ten seconds; at least one
 * @returns [42]
 */
export function heartFeatures(rates: Float64Array): Float64Array<ArrayBuffer> {
  return Float64Array.from([
    ...HEART_SPANS.flatMap((span) => describeRates(last(rates, span))),
    ...BAND_SPANS.flatMap((span) => HEART_BANDS.map((band) => logBand(last(rates, span), 1, band))),
  ]);
}

const logLevel = (conductance: Float64Array): Float64Array => conductance.map((value) => Math.log(Math.max(value, 0) + LEVEL_FLOOR));

/** Level, slope, range, absolute and relative restlessness and ascent, all but the slope as logarithms. */
function describeLevel(conductance: Float64Array): number[] {
  const level = logLevel(conductance);
  const steps = stepsOf(conductance);
  return [
    mean(level),
    slopeOf(level, 1 / SKIN_RATE),
    (percentile(level, 95) ?? 0) - (percentile(level, 5) ?? 0),
    Math.log(mean(steps.map(Math.abs)) + 0.0005),
    Math.log(mean(stepsOf(level).map(Math.abs)) + 0.0005),
    Math.log(mean(steps.map((step) => Math.max(step, 0))) + 0.0005),
  ];
}

const amplitudesOf = (phasic: Float64Array): readonly number[] =>
  findResponses(phasic, SKIN_RATE, LEAST_RESPONSE).map(({ amplitude }) => amplitude ?? 0);

/** Responses: count, log sum of amplitudes, log deviation of the phasic part, log greatest amplitude, log relative deviation. */
function describeResponses(phasic: Float64Array, relative: Float64Array): number[] {
  const amplitudes = amplitudesOf(phasic);
  return [
    amplitudes.length,
    Math.log(amplitudes.reduce((sum, amplitude) => sum + amplitude, 0) + 0.02),
    Math.log(deviation(phasic) + 0.002),
    Math.log(Math.max(0, ...amplitudes) + 0.01),
    Math.log(deviation(relative) + 0.002),
  ];
}

/** Share of ascending steps, and how many responses are large beside the level. */
function describeRises(conductance: Float64Array, relative: Float64Array): number[] {
  return [
    mean(stepsOf(conductance).map((step) => (step > 0 ? 1 : 0))),
    amplitudesOf(relative).filter((amplitude) => amplitude > RELATIVE_RESPONSE).length,
  ];
}

/**
 * @param conductance [n] microsiemens at 4 Hz, oldest first; at least one
 * @returns [68]
 */
export function skinFeatures(conductance: Float64Array): Float64Array<ArrayBuffer> {
  const context = last(conductance, CONTEXT * SKIN_RATE);
  const level = logLevel(context);
  const split = butterworth(2, SPLIT_HZ, 'high', SKIN_RATE);
  const phasic = filterZeroPhase(split, context);
  const relative = filterZeroPhase(split, level);
  const tail = (values: Float64Array, span: Seconds) => last(values, span * SKIN_RATE);
  return Float64Array.from([
    ...SKIN_SPANS.flatMap((span) => describeLevel(tail(context, span))),
    ...RESPONSE_SPANS.flatMap((span) => describeResponses(tail(phasic, span), tail(relative, span))),
    ...BAND_SPANS.flatMap((span) => [
      logBand(tail(context, span), SKIN_RATE, SKIN_BAND),
      logBand(tail(level, span), SKIN_RATE, SKIN_BAND),
      logBand(tail(level, span), SKIN_RATE, FAST_SKIN_BAND),
    ]),
    ...RISE_SPANS.flatMap((span) => describeRises(tail(context, span), tail(relative, span))),
  ]);
}
