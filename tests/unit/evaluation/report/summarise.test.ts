import { describe, expect, it } from 'vitest';
import { formatSummary, lastLine } from '../../../../evaluation/report/formatSummary';
import type { ResultRow } from '../../../../evaluation/subjects/subject';
import { summarise } from '../../../../evaluation/report/summarise';

const ANSWERS = ['happiness', 'sadness'];

function row(label: string, predicted: string | null, extra: Partial<ResultRow> = {}): ResultRow {
  const isRead = predicted !== null;
  return {
    file: 'a.png',
    text: null,
    group: null,
    by: null,
    label,
    predicted,
    probabilities: isRead ? { happiness: 0.5, sadness: 0.5 } : null,
    confidence: isRead ? 0.75 : null,
    valence: null,
    arousal: null,
    signalQuality: null,
    latencyMs: isRead ? 10 : null,
    reason: isRead ? null : 'no face was found',
    ...extra,
  };
}

describe('summarise', () => {
  it('keeps unreadable items and labels outside the answers in n, as wrong', () => {
    const summary = summarise(
      [row('happiness', 'happiness'), row('sadness', 'sadness'), row('contempt', 'sadness'), row('happiness', null)],
      ANSWERS,
    );
    expect(summary).toMatchObject({ n: 4, unreadable: 1, accuracy: 0.5, outside: ['contempt'], groups: null });
    expect(summary.accuracyOfRead).toBeCloseTo(2 / 3);
    expect(summary.uar).toBeCloseTo((0.5 + 1 + 0) / 3);
    expect(summary.ece).toBeCloseTo(Math.abs(2 / 3 - 0.75));
  });

  it('gives mean and spread over groups', () => {
    const summary = summarise(
      [
        row('happiness', 'happiness', { group: 'x' }),
        row('happiness', 'sadness', { group: 'y' }),
        row('sadness', 'sadness', { group: 'x' }),
      ],
      ANSWERS,
    );
    expect(summary.groups).toEqual({ n: 2, accuracy: { mean: 0.5, sd: Math.SQRT1_2 }, uar: { mean: 0.5, sd: Math.SQRT1_2 } });
  });

  it('knows no spread over a single group, and draws items then', () => {
    const rows = ['happiness', 'sadness', 'happiness', 'sadness'].map((predicted) => row('happiness', predicted, { group: 'all' }));
    const summary = summarise(rows, ANSWERS);
    expect(summary.groups).toBeNull();
    expect(summary.accuracyInterval.high).toBeGreaterThan(summary.accuracyInterval.low);
  });

  it('takes latency quantiles over the items that were read', () => {
    const rows = [1, 2, 3].map((latencyMs) => row('happiness', 'happiness', { latencyMs }));
    expect(summarise([...rows, row('sadness', null)], ANSWERS).latency.p50Ms).toBe(2);
  });

  it('has figures even when nothing could be read', () => {
    const summary = summarise([row('happiness', null)], ANSWERS);
    expect(summary).toMatchObject({ n: 1, unreadable: 1, accuracy: 0, accuracyOfRead: null, uar: 0, macroF1: 0, ece: null });
    expect(formatSummary(summary)).not.toContain('NaN');
  });
});

describe('formatSummary', () => {
  const summary = summarise([row('happiness', 'happiness'), row('contempt', 'sadness')], ANSWERS);

  it('ends with the line that other programs read', () => {
    expect(formatSummary(summary).split('\n').at(-1)).toBe(
      'n=2 accuracy=0.5000 uar=0.5000 macroF1=0.5000 ece=0.2500 p50Ms=10.0 p95Ms=10.0',
    );
    expect(lastLine(summary)).toMatch(/^n=\S+ accuracy=\S+ uar=\S+ macroF1=\S+ ece=\S+ p50Ms=\S+ p95Ms=\S+$/);
  });

  it('says that a label cannot be answered', () => {
    expect(formatSummary(summary)).toContain('contempt cannot be answered, so its items are wrong and its recall is 0');
  });

  it('prints the confusion with its unreadable column', () => {
    expect(formatSummary(summary)).toMatch(/happiness\s+sadness\s+unreadable/);
  });
});
