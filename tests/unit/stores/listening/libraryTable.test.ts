import { describe, expect, it } from 'vitest';
import type { AffectPoint } from '../../../../src/core/music';
import { seededRandom } from '../../../../src/core/random';
import type { TrackId } from '../../../../src/core/units';
import type { Rating } from '../../../../src/stores/feedbackLog.svelte';
import { LibraryTable } from '../../../../src/stores/listening/library/libraryTable';
import { makeAnalysis, makeTrack, trackId } from '../../storage/rowFixtures';

function setUp() {
  const log = { ratings: new Map<TrackId, Rating>(), corrections: new Map<TrackId, AffectPoint>() };
  return { log, table: new LibraryTable(log) };
}

const failure = (n: number) => ({ id: `${n}`, path: '', code: 'library/decode-failed', at: 1, trackId: trackId(n) }) as const;

describe('LibraryTable', () => {
  it('keeps counts and candidates right through any series of events', () => {
    const { table } = setUp();
    const random = seededRandom(11);
    const pick = () => Math.floor(random() * 12);
    for (let step = 0; step < 600; step++) {
      const n = pick();
      const move = Math.floor(random() * 5);
      if (move === 0) {
        const source = n < 3 ? ({ kind: 'demo', piece: n } as const) : ({ kind: 'opfs', key: 'k' } as const);
        table.apply({ kind: 'track', track: makeTrack(n, { source }) });
      } else if (move === 1) table.apply({ kind: 'analysed', analysis: makeAnalysis(n) });
      else if (move === 2) table.apply({ kind: 'failed', failure: failure(n) });
      else if (move === 3) table.setStatus(trackId(n), 'waiting', null);
      else table.remove(new Set([trackId(n), trackId(pick())]));
      const { rows, counts, hasDemo } = table.snapshot();
      const count = (status: string) => rows.filter((row) => row.status === status).length;
      expect(counts).toEqual({
        total: rows.length,
        analysed: count('analysed'),
        failed: count('failed'),
        waiting: rows.length - count('analysed') - count('failed'),
      });
      expect(hasDemo).toBe(rows.some(({ track }) => track.source.kind === 'demo'));
      expect(table.candidates().map((one) => one.trackId)).toEqual(rows.filter((row) => row.analysis).map((row) => row.track.id));
      for (const [place, { track }] of rows.entries()) expect(table.placeOf(track.id)).toBe(place);
    }
  });

  it('keeps the rows that nothing happened to', () => {
    const { table } = setUp();
    for (const n of [1, 2]) table.apply({ kind: 'track', track: makeTrack(n) });
    const before = table.snapshot().rows;
    table.apply({ kind: 'analysed', analysis: makeAnalysis(2) });
    const after = table.snapshot().rows;
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });

  it("the listener's word wins over the model, before and after an analysis, until it is taken back", () => {
    const { log, table } = setUp();
    const word = { valence: -0.5, arousal: 0.75 };
    const row = () => table.snapshot().rows[0];
    table.apply({ kind: 'track', track: makeTrack(1) });
    log.corrections.set(trackId(1), word);
    table.applyCorrection(trackId(1));
    expect(row()).toMatchObject({ isCorrected: true, analysis: null });
    table.apply({ kind: 'analysed', analysis: makeAnalysis(1) });
    expect(row()?.analysis?.affect).toEqual({ ...word, valenceSd: 0.1, arousalSd: 0.1 });
    expect(table.candidates()[0]?.affect).toEqual(row()?.analysis?.affect);
    log.corrections.set(trackId(1), { valence: 0, arousal: 0 });
    table.applyCorrection(trackId(1));
    expect(row()?.analysis?.affect.valence).toBe(0);
    log.corrections.delete(trackId(1));
    expect(table.applyCorrection(trackId(1))).toBe(true);
    expect(row()).toMatchObject({ isCorrected: false, analysis: { affect: makeAnalysis(1).affect } });
    expect(table.candidates()[0]?.affect).toEqual(makeAnalysis(1).affect);
    expect(table.applyCorrection(trackId(9))).toBe(false);
  });
});
