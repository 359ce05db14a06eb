import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cleanConductance, splitConductance } from '../../../../src/dsp/physiology/skin/conductance';
import { findRelativeResponses } from '../../../../src/dsp/physiology/skin/responses';

const folder = join(process.env['SYNCIN_DATA'] ?? '../shared/data', 'reference/eda');

interface Recording {
  readonly scr_peaks: readonly number[];
  readonly scr_onsets?: readonly (number | null)[];
  readonly scr_amplitude?: readonly (number | null)[];
  readonly scr_height?: readonly number[];
  readonly scr_risetime_s?: readonly (number | null)[];
}
type Entry = Recording | { readonly neurokit: Recording };

function readConductance(name: string): Float64Array {
  const lines = gunzipSync(readFileSync(join(folder, `${name}.csv.gz`)))
    .toString('utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const column = Math.max(0, lines[0]?.indexOf('EDA') ?? 0);
  return Float64Array.from(lines.filter(([first]) => Number.isFinite(Number(first))).map((row) => Number(row[column])));
}

function readExpected(name: string): Recording {
  const all = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8').replaceAll('NaN', 'null')) as Record<string, Entry>;
  const entry = all[name];
  if (!entry) throw new Error(`no ${name}`);
  return 'neurokit' in entry ? entry.neurokit : entry;
}

/** Peaks of either side that the other has within 50 ms. */
function f1(found: readonly number[], wanted: readonly number[], rate: number): number {
  const near = (a: number, others: readonly number[]) => others.some((b) => Math.abs(a - b) <= 0.05 * rate);
  const hits = found.filter((peak) => near(peak, wanted)).length + wanted.filter((peak) => near(peak, found)).length;
  return hits / (found.length + wanted.length);
}

const RECORDINGS = [
  ['bio_eventrelated_100hz', 100],
  ['bio_resting_8min_100hz', 100],
  ['biosppy_eda_1000hz', 1000],
] as const;

describe.skipIf(!existsSync(folder))('skin conductance as NeuroKit2 0.2.0 reads it', () => {
  it.each(RECORDINGS)('%s: peaks, onsets, amplitudes, heights and rise times', (name, rate) => {
    const phasic = splitConductance(cleanConductance(readConductance(name), rate), rate).phasic;
    const found = findRelativeResponses(phasic, rate);
    const expected = readExpected(name);
    expect(
      f1(
        found.map(({ peak }) => peak),
        expected.scr_peaks,
        rate,
      ),
    ).toBeGreaterThanOrEqual(0.95);
    expect(found.map(({ peak }) => peak)).toEqual(expected.scr_peaks);
    if (expected.scr_onsets) expect(found.map(({ onset }) => onset)).toEqual(expected.scr_onsets);
    found.forEach(({ amplitude, height, riseTime }, i) => {
      const wanted = expected.scr_amplitude?.[i];
      // The signals were rounded to six digits after the reference was computed.
      if (wanted !== undefined && wanted !== null) expect(Math.abs((amplitude ?? NaN) - wanted)).toBeLessThan(1e-3);
      if (expected.scr_height) expect(Math.abs(height - (expected.scr_height[i] ?? NaN))).toBeLessThan(1e-3);
      if (expected.scr_risetime_s) expect(riseTime).toBe(expected.scr_risetime_s[i]);
    });
  });

  it.each(RECORDINGS.slice(0, 2))('%s: clean, tonic and phasic', (name, rate) => {
    const clean = cleanConductance(readConductance(name), rate);
    const { tonic, phasic } = splitConductance(clean, rate);
    const rows = readFileSync(join(folder, `${name}.eda_clean_tonic_phasic_10hz.csv`), 'utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1);
    let worst = 0;
    rows.forEach((row, i) => {
      const [, wantedClean, wantedTonic, wantedPhasic] = row.split(',').map(Number);
      const at = (i * rate) / 10;
      worst = Math.max(
        worst,
        Math.abs((clean[at] ?? NaN) - (wantedClean ?? NaN)),
        Math.abs((tonic[at] ?? NaN) - (wantedTonic ?? NaN)),
        Math.abs((phasic[at] ?? NaN) - (wantedPhasic ?? NaN)),
      );
    });
    expect(worst).toBeLessThan(1e-4);
  });
});
