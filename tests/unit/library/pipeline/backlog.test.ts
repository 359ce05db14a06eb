import { expect, test } from 'vitest';
import type { TrackId } from '../../../../src/core/units';
import { Backlog, type Job } from '../../../../src/library/pipeline/backlog';

const job = (kind: Job['kind'], id: string, handleId: string | null = null, isStale = false): Job => ({
  ...{ id: id as TrackId, path: id, handleId },
  ...(kind === 'read' ? { kind } : { kind, isStale }),
});

test('files before songs, each in the order it came', () => {
  const backlog = new Backlog();
  for (const each of [job('analyse', 'a'), job('read', 'b'), job('read', 'c'), job('read', 'b')]) backlog.add(each);
  expect([1, 2, 3, 4].map(() => backlog.take(true)?.id)).toEqual(['b', 'c', 'a', undefined]);
});

test('a job is in hand or waiting, never both', () => {
  const backlog = new Backlog();
  backlog.add(job('analyse', 'a'));
  const taken = backlog.take(true) as Job;
  backlog.add(job('analyse', 'a'));
  expect(backlog.count('analyse')).toBe(1);
  expect(backlog.take(true)).toBeUndefined();
  backlog.putBack(taken);
  expect(backlog.take(true)).toBe(taken);
  backlog.end(taken);
  expect(backlog.count('analyse')).toBe(0);
});

test('a dropped job does not come back', () => {
  const backlog = new Backlog();
  backlog.add(job('read', 'a'));
  const taken = backlog.take(true) as Job;
  backlog.drop(taken.id);
  backlog.putBack(taken);
  expect(backlog.count('read')).toBe(0);
});

test('without a model only files are taken', () => {
  const backlog = new Backlog();
  backlog.add(job('analyse', 'a'));
  expect(backlog.take(false)).toBeUndefined();
  backlog.add(job('read', 'b'));
  expect(backlog.take(false)?.id).toBe('b');
});

test('a folder that may not be read is passed over, and said to be in the way only when nothing else is left', () => {
  const backlog = new Backlog();
  backlog.add(job('read', 'a', 'folder'));
  backlog.add(job('analyse', 'b'));
  backlog.block('folder');
  expect(backlog.isStuck).toBe(false);
  const other = backlog.take(true) as Job;
  expect(other.id).toBe('b');
  backlog.end(other);
  expect(backlog.isStuck).toBe(true);
  backlog.unblock('folder');
  expect(backlog.isStuck).toBe(false);
  expect(backlog.take(true)?.id).toBe('a');
});

test('songs asked for and songs to play come first, songs in sight before other songs but after files', () => {
  const backlog = new Backlog();
  for (const id of ['a', 'b', 'c', 'd', 'e']) backlog.add(job('analyse', id));
  backlog.add(job('read', 'f'));
  backlog.prioritise('visible', ['e' as TrackId]);
  backlog.prioritise('queued', ['x', 'd'] as TrackId[]);
  backlog.prioritise('asked', ['c' as TrackId]);
  expect([1, 2, 3, 4, 5, 6].map(() => backlog.take(true)?.id)).toEqual(['c', 'd', 'f', 'e', 'a', 'b']);
});

test('the newest list of an urgency holds, and a blocked folder holds its songs back', () => {
  const backlog = new Backlog();
  for (const id of ['a', 'b', 'c']) backlog.add(job('analyse', id, id === 'c' ? 'folder' : null));
  backlog.block('folder');
  backlog.prioritise('visible', ['b' as TrackId]);
  backlog.prioritise('visible', ['c' as TrackId]);
  expect(backlog.take(true)?.id).toBe('a');
});

test('counts songs that have an older analysis', () => {
  const backlog = new Backlog();
  backlog.add(job('analyse', 'a', null, true));
  backlog.add(job('analyse', 'a', null, true));
  backlog.add(job('analyse', 'b'));
  expect(backlog.stale).toBe(1);
  const taken = backlog.take(true) as Job;
  expect(backlog.stale).toBe(1);
  backlog.putBack(taken);
  backlog.drop('a' as TrackId);
  expect([backlog.stale, backlog.count('analyse')]).toEqual([0, 1]);
});

test('100,000 waiting songs: a scroll costs nothing, a pick next to nothing', () => {
  const backlog = new Backlog();
  for (let i = 0; i < 100_000; i++) backlog.add(job('analyse', `${i}`));
  const ids = Array.from({ length: 100_000 }, (_, i) => `gone${i}` as TrackId);
  const start = performance.now();
  for (let i = 0; i < 1000; i++) {
    backlog.prioritise('visible', ids);
    backlog.take(true);
  }
  expect(performance.now() - start).toBeLessThan(500);
});
