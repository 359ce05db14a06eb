import { expect, test } from 'vitest';
import type { TrackId } from '../../../../src/core/units';
import { Backlog, type Job } from '../../../../src/library/pipeline/backlog';

const job = (kind: Job['kind'], id: string, handleId: string | null = null): Job => ({ kind, id: id as TrackId, path: id, handleId });

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
