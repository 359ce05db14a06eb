import { describe, expect, test } from 'vitest';
import { EMOTIONS } from '../../../../src/core/emotion';
import type { CorrectionEvidence, CorrectionLabel, FeedbackEvent } from '../../../../src/core/music';
import { seededRandom } from '../../../../src/core/random';
import { softmax } from '../../../../src/fusion/distribution';
import { applyCalibration, calibrationOf, learnCorrection, lessonsOf, UNCALIBRATED } from '../../../../src/fusion/personal/calibration';
import { replayLessons } from '../../../../src/fusion/personal/replay';

const MINUTE = 60_000;
const SAD_LOOKING: CorrectionEvidence = { shared: [0, 0, 0, 0, 0, 0, 0], bySource: { face: [0.5, -0.5, 1, -0.3, -0.3, -0.2, -0.2] } };

const said = (at: number, label: CorrectionLabel, evidence: CorrectionEvidence | null = SAD_LOOKING): FeedbackEvent => ({
  kind: 'emotion-corrected',
  ...{ at, label, evidence, playlistId: null, affect: null, estimateId: null, point: { valence: 0, arousal: 0 } },
});
const undone = (correctionAt: number): FeedbackEvent => ({
  kind: 'correction-undone',
  at: correctionAt + 1,
  playlistId: null,
  affect: null,
  correctionAt,
});

test('nothing learned changes nothing', () => {
  expect(applyCalibration(SAD_LOOKING, UNCALIBRATED)).toEqual(SAD_LOOKING.bySource['face']);
});

test('a correction moves towards the word, by a bounded step', () => {
  const once = learnCorrection(UNCALIBRATED, SAD_LOOKING, 'neutral');
  const before = softmax(applyCalibration(SAD_LOOKING, UNCALIBRATED))[0] ?? NaN;
  expect(softmax(applyCalibration(SAD_LOOKING, once))[0]).toBeGreaterThan(before);
  for (const emotion of EMOTIONS) expect(Math.abs(once.bias[emotion])).toBeLessThanOrEqual(0.25);
  expect(Math.abs(Math.log(once.gain['face'] ?? NaN))).toBeLessThanOrEqual(0.15);
  expect(once.corrections).toBe(1);
});

test('whatever is said, the bounds hold', () => {
  const random = seededRandom(7);
  let learned = UNCALIBRATED;
  for (let i = 0; i < 2000; i++) {
    const logs = EMOTIONS.map(() => 12 * random() - 6);
    learned = learnCorrection(learned, { shared: logs, bySource: { face: logs, voice: logs.map((x) => -x) } }, 'fear');
  }
  expect(Math.max(...Object.values(learned.bias).map(Math.abs))).toBeLessThanOrEqual(1.5);
  for (const factor of [learned.temperature, ...Object.values(learned.gain)]) {
    expect(factor).toBeGreaterThanOrEqual(0.5);
    expect(factor).toBeLessThanOrEqual(2);
  }
});

test('a sense that is often wrong gets less say', () => {
  let learned = UNCALIBRATED;
  const evidence = { shared: [0, 0, 0, 0, 0, 0, 0], bySource: { face: [0, 3, -1, 0, -1, 0, -1], voice: [0, -1, 3, 0, -1, 0, -1] } };
  for (let i = 0; i < 20; i++) learned = learnCorrection(learned, evidence, 'sadness');
  expect(learned.gain['face']).toBeLessThan(0.8);
  expect(learned.gain['voice']).toBeGreaterThan(1);
});

describe('the log', () => {
  test('undoing takes back exactly what was taught', () => {
    const first = said(0, 'neutral');
    expect(calibrationOf([first, said(10 * MINUTE, 'anger'), undone(10 * MINUTE)])).toEqual(calibrationOf([first]));
    expect(calibrationOf([first, undone(0)])).toBeNull();
  });

  test('words before a reset, and words about nobody, teach nothing', () => {
    expect(calibrationOf([said(0, 'neutral')], MINUTE)).toBeNull();
    expect(calibrationOf([said(0, 'neutral', null)])).toBeNull();
  });

  test('of several words within a minute the last counts', () => {
    const log = [said(0, 'anger'), said(20_000, 'fear'), said(40_000, 'neutral'), said(10 * MINUTE, 'sadness')];
    expect(lessonsOf(log, -Infinity).map(({ label }) => label)).toEqual(['neutral', 'sadness']);
  });
});

describe('replay', () => {
  test('nothing gives nothing', () => expect(replayLessons([])).toBeNull());

  test('judges each word by what was learned before it', () => {
    const once = replayLessons([{ evidence: SAD_LOOKING, label: 'neutral' }]);
    expect(once?.learned).toEqual(once?.without);
    const often = replayLessons(Array.from({ length: 12 }, () => ({ evidence: SAD_LOOKING, label: 'calm' as const })));
    expect(often?.without.right).toBe(0);
    expect(often?.learned.right).toBeGreaterThan(7);
    expect(often?.learned.logLoss).toBeLessThan(often?.without.logLoss ?? NaN);
  });

  test('bins hold every answer once', () => {
    const gain = replayLessons(
      Array.from({ length: 9 }, (_, i) => ({ evidence: SAD_LOOKING, label: i % 2 ? ('sadness' as const) : ('neutral' as const) })),
    );
    for (const { bins } of [gain!.without, gain!.learned]) expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(9);
  });
});
