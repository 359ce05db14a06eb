import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lombSpectrum, welchSpectrum, welchSpectrumOfSums } from '../../../../src/dsp/physiology/hrv/frequencyDomain';
import { coefficientsOfVariation, toichiIndices, triangularIndex } from '../../../../src/dsp/physiology/hrv/geometry';
import { sdann, sdnnIndex } from '../../../../src/dsp/physiology/hrv/segments';
import {
  countAbove,
  heartRates,
  medianAbsoluteDeviation,
  percentAbove,
  percentile,
  poincare,
  poincareOfPoints,
  rmssd,
  sdnn,
  sdsd,
  standardDeviation,
} from '../../../../src/dsp/physiology/hrv/timeDomain';
import { mean } from '../../../../src/dsp/statistics';

const folder = join(process.env['SYNCIN_DATA'] ?? '../shared/data', 'reference/hrv');
const json = <T>(name: string): T => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T;
interface Expected {
  readonly series: string;
  readonly tool: string;
  readonly values: Readonly<Record<string, number>>;
}

const median = (values: readonly number[]): number => percentile(values, 50) ?? NaN;
const MINUTE = 60_000;

/** What each tool calls what, in the convention its entry states. */
const MEASURES: Readonly<Record<string, (nn: readonly number[]) => Readonly<Record<string, number | null | undefined>>>> = {
  'hrv-analysis': (nn) => {
    const rates = heartRates(nn);
    const shape = poincare(nn);
    const indices = shape && toichiIndices(shape);
    const variation = coefficientsOfVariation(nn);
    return {
      mean: mean(nn),
      sdnn: sdnn(nn),
      sdsd: sdsd(nn, 0),
      rmssd: rmssd(nn),
      nn50: countAbove(nn, 50),
      pnn50: percentAbove(nn, 50),
      nn20: countAbove(nn, 20),
      pnn20: percentAbove(nn, 20),
      median: percentile(nn, 50),
      range: Math.max(...nn) - Math.min(...nn),
      cvsd: variation?.cvsd,
      cvnni: variation?.cvnn,
      mean_hr: mean(rates),
      max_hr: Math.max(...rates),
      min_hr: Math.min(...rates),
      std_hr: standardDeviation(rates, 0),
      triangular_index: triangularIndex(nn, 8, 300, 2000),
      sd1: shape?.sd1,
      sd2: shape?.sd2,
      sd2_sd1: indices?.csi,
      csi: indices?.csi,
      cvi: indices?.cvi,
      modified_csi: indices?.modifiedCsi,
    };
  },
  NeuroKit2: (nn) => neurokit(nn),
  'hrv (rhenanbartels)': (nn) => {
    const spectrum = welchSpectrum(nn);
    return {
      mrri: mean(nn),
      mhr: mean(heartRates(nn)),
      rmssd: rmssd(nn),
      sdnn: sdnn(nn),
      sdsd: sdsd(nn),
      nn50: countAbove(nn, 50),
      pnn50: percentAbove(nn, 50, 'intervals'),
      total_power: spectrum?.total,
      vlf: spectrum?.veryLow,
      lf: spectrum?.low,
      hf: spectrum?.high,
      lf_hf: spectrum?.ratio,
      lfnu: spectrum?.lowNormalised,
      hfnu: spectrum?.highNormalised,
    };
  },
  pyHRV: (nn) => {
    const shape = poincareOfPoints(nn);
    const spectrum = welchSpectrumOfSums(nn);
    return {
      mean: mean(nn),
      sdnn: sdnn(nn),
      rmssd: rmssd(nn),
      nn50: countAbove(nn, 50),
      pnn50: percentAbove(nn, 50),
      sd1: shape?.sd1,
      sd2: shape?.sd2,
      welch_total: spectrum?.total,
      welch_lf_hf: spectrum?.ratio,
    };
  },
};

function neurokit(nn: readonly number[]): Readonly<Record<string, number | null | undefined>> {
  const variation = coefficientsOfVariation(nn);
  const spread = medianAbsoluteDeviation(nn) ?? NaN;
  return {
    HRV_MeanNN: mean(nn),
    HRV_SDNN: sdnn(nn),
    HRV_SDANN1: sdann(nn, MINUTE),
    HRV_SDNNI1: sdnnIndex(nn, MINUTE),
    HRV_SDANN2: sdann(nn, 2 * MINUTE),
    HRV_SDNNI2: sdnnIndex(nn, 2 * MINUTE),
    HRV_RMSSD: rmssd(nn),
    HRV_SDSD: sdsd(nn),
    HRV_CVNN: variation?.cvnn,
    HRV_CVSD: variation?.cvsd,
    HRV_MedianNN: percentile(nn, 50),
    HRV_MadNN: spread,
    HRV_MCVNN: spread / median(nn),
    HRV_IQRNN: (percentile(nn, 75) ?? NaN) - (percentile(nn, 25) ?? NaN),
    HRV_Prc20NN: percentile(nn, 20),
    HRV_Prc80NN: percentile(nn, 80),
    HRV_pNN50: percentAbove(nn, 50, 'intervals'),
    HRV_pNN20: percentAbove(nn, 20, 'intervals'),
    HRV_MinNN: Math.min(...nn),
    HRV_MaxNN: Math.max(...nn),
    HRV_HTI: triangularIndex(nn),
  };
}

/** Not offered: NeuroKit2's TINN depends on its search order, sample entropy has no use in windows this short. */
const NOT_OFFERED = ['HRV_TINN', 'sampen'];
const SPECTRAL = /^(total_power|vlf|lf|hf|lf_hf|lfnu|hfnu|welch_)/;

/** One unit in the last digit of numbers that were cut short (the package hrv truncates), else 1e-6; 2 % for spectra. */
function toleranceOf(name: string, value: number): number {
  if (SPECTRAL.test(name)) return 0.02 * Math.abs(value);
  const digits = String(value).split('.')[1]?.length ?? 0;
  return Math.max(1e-6 * Math.abs(value), digits < 10 ? 10 ** -digits : 0);
}

describe.skipIf(!existsSync(folder))('heart rate variability as other tools compute it', () => {
  const { series } = existsSync(folder) ? json<{ series: Record<string, number[]> }>('rr_series.json') : { series: {} };
  const expected = existsSync(folder) ? json<Expected[]>('expected.json') : [];

  for (const { series: name, tool, values } of expected) {
    it.each(Object.entries(values).filter(([key]) => !NOT_OFFERED.includes(key)))(`${tool}, ${name}: %s = %d`, (key, value) => {
      const got = MEASURES[tool]?.(series[name] ?? [])[key];
      expect(got).toBeTypeOf('number');
      expect(Math.abs((got ?? NaN) - value)).toBeLessThanOrEqual(toleranceOf(key, value));
    });
  }
});

const edaFile = join(folder, '../eda/expected.json');

describe.skipIf(!existsSync(edaFile))('heart rate variability of NeuroKit2 between its R peaks', () => {
  interface Recording {
    readonly r_peaks_samples?: readonly number[];
    readonly hrv_time?: Readonly<Record<string, number | null>>;
  }
  const recordings = existsSync(edaFile)
    ? (JSON.parse(readFileSync(edaFile, 'utf8').replaceAll('NaN', 'null')) as Record<string, Recording>)
    : {};
  for (const [name, { r_peaks_samples: peaks, hrv_time: values }] of Object.entries(recordings)) {
    if (!peaks || !values) continue;
    const nn = peaks.slice(1).map((peak, i) => (peak - (peaks[i] ?? 0)) * 10);
    const known = Object.entries(values).filter(([key]) => !NOT_OFFERED.includes(key) && !/SDANN5|SDNNI5/.test(key));
    it.each(known)(`${name}: %s = %s`, (key, value) => {
      const got = neurokit(nn)[key] ?? null;
      if (value === null) expect(got).toBeNull();
      else expect(Math.abs((got ?? NaN) / value - 1)).toBeLessThanOrEqual(1e-6);
    });
  }
});

const windowsFile = join(folder, 'nsr_windows_expected.csv');
const rowsOf = (file: string): string[][] =>
  readFileSync(file, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));

describe.skipIf(!existsSync(windowsFile))('PhysioNet Cardiovascular Signal Toolbox, windows of 300 s', () => {
  const [header = [], ...rows] = existsSync(windowsFile) ? rowsOf(windowsFile) : [];
  const field = (row: readonly string[], name: string) => Number(row[header.indexOf(name)]);

  it.each(['nsr001', 'nsr004', 'nsr009'])('%s: median distance over the windows', (id) => {
    const beats = rowsOf(join(folder, `${id}_rr.csv`))
      .slice(1)
      .map(([time, interval]) => ({ time: Number(time), interval: Number(interval) }));
    const mine: Record<string, number[]> = {};
    const theirs: Record<string, number[]> = {};
    const note = (name: string, got: number, expected: number) => {
      (mine[name] ??= []).push(got);
      (theirs[name] ??= []).push(expected);
    };
    for (const row of rows.filter((row, i) => row[0] === id && i % 6 === 0)) {
      const from = field(row, 't_start');
      const inside = beats.filter(({ time }) => time >= from && time < from + 300);
      const nn = inside.map(({ interval }) => interval);
      const spectrum = lombSpectrum(nn);
      const duration = nn.slice(1).reduce((sum, interval) => sum + interval, 0) / 1000;
      // The toolbox leaves its sums unscaled: density times beats per second.
      const scale = nn.length / duration;
      // Where the toolbox's own filter took beats out, spectra of different beats would be compared.
      if (Math.abs((sdnn(nn) ?? NaN) - field(row, 'SDNN')) > 1e-3) continue;
      note('NNmean', mean(nn), field(row, 'NNmean'));
      note('SDNN', sdnn(nn) ?? NaN, field(row, 'SDNN'));
      note('RMSSD', rmssd(nn) ?? NaN, field(row, 'RMSSD'));
      note('vlf', (spectrum?.veryLow ?? NaN) * scale, field(row, 'vlf'));
      note('lf', (spectrum?.low ?? NaN) * scale, field(row, 'lf'));
      note('hf', (spectrum?.high ?? NaN) * scale, field(row, 'hf'));
      note('lfhf', spectrum?.ratio ?? NaN, field(row, 'lfhf'));
    }
    const distances = Object.keys(mine).map((name) => {
      const ratios = (mine[name] ?? []).map((value, i) => value / (theirs[name]?.[i] ?? NaN));
      return [name, Math.abs(median(ratios) - 1)] as const;
    });
    expect(mine['hf']?.length).toBeGreaterThan(5);
    for (const [name, distance] of distances) expect(distance, name).toBeLessThan(/vlf|lf|hf/.test(name) ? 0.02 : 1e-3);
  });
});
