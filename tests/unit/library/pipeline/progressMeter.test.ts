import { expect, test } from 'vitest';
import { ProgressMeter } from '../../../../src/library/pipeline/progressMeter';

const backlog = (reading: number, analysing: number) => ({
  reading,
  analysing,
  isPaused: false,
  because: null,
  current: 'a.mp3',
  stale: 0,
});

test('idle when nothing is left', () => {
  expect(new ProgressMeter().describe(backlog(0, 0))).toEqual({ kind: 'idle' });
});

test('counts each phase on its own, failures over both', () => {
  const meter = new ProgressMeter();
  meter.count('reading', false, 0);
  meter.count('reading', true, 0);
  expect(meter.describe(backlog(3, 1))).toMatchObject({ phase: 'reading', done: 2, total: 5, failed: 1 });
  meter.count('analysing', true, 0);
  expect(meter.describe(backlog(0, 4))).toMatchObject({ phase: 'analysing', done: 1, total: 5, failed: 2 });
});

test('rate and time left come from the last songs, and only when there are enough', () => {
  const meter = new ProgressMeter();
  for (let song = 0; song < 3; song++) meter.count('analysing', false, song * 2000);
  expect(meter.describe(backlog(0, 10))).toMatchObject({ songsPerMinute: null, secondsLeft: null });
  meter.count('analysing', false, 6000);
  expect(meter.describe(backlog(0, 10))).toMatchObject({ songsPerMinute: 30, secondsLeft: 20 });
  expect(meter.describe(backlog(5, 10))).toMatchObject({ secondsLeft: 30 });
  for (let song = 1; song <= 30; song++) meter.count('analysing', false, 6000 + song * 1000);
  expect(meter.describe(backlog(0, 10))).toMatchObject({ songsPerMinute: 60 });
});

test('a pause does not slow the rate', () => {
  const meter = new ProgressMeter();
  for (const at of [0, 1000, 2000]) meter.count('analysing', false, at);
  meter.rest(2000);
  meter.rest(50_000);
  meter.work(602_000);
  for (const at of [603_000, 604_000]) meter.count('analysing', false, at);
  expect(meter.describe(backlog(0, 1))).toMatchObject({ songsPerMinute: 60 });
});

test('counts begin anew after a reset', () => {
  const meter = new ProgressMeter();
  for (let song = 0; song < 5; song++) meter.count('analysing', true, song);
  meter.reset();
  expect(meter.describe(backlog(0, 2))).toMatchObject({ done: 0, total: 2, failed: 0, songsPerMinute: null });
});
