import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { countsOfCheck, countsOfPlaywright, countsOfRun, countsOfVitest, summaryLine, sumCounts } from '../../../scripts/lib/results.mjs';

const folder = mkdtempSync(join(tmpdir(), 'syncin-results-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const vitest = (over: object = {}) => ({ numPassedTests: 8, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, ...over });

test('stages add up to one plain line', () => {
  const playwright = countsOfPlaywright({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 } });
  expect(playwright).toEqual({ passed: 4, failed: 1, skipped: 2 });
  expect(summaryLine(sumCounts([countsOfCheck(0), countsOfCheck(2), countsOfVitest(vitest()), playwright]))).toBe(
    '13 passed, 2 failed, 4 skipped',
  );
  expect(summaryLine(sumCounts([]))).toBe('0 passed, 0 failed, 0 skipped');
});

test('a run that broke without a failed test counts as one failure', () => {
  const report = join(folder, 'report.json');
  writeFileSync(report, JSON.stringify(vitest()));
  expect(countsOfRun(1, report, countsOfVitest)).toEqual({ passed: 8, failed: 1, skipped: 2 });
  expect(countsOfRun(1, join(folder, 'absent.json'), countsOfVitest)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('failures that the report names are not counted twice', () => {
  const report = join(folder, 'failed.json');
  writeFileSync(report, JSON.stringify(vitest({ numFailedTests: 2 })));
  expect(countsOfRun(1, report, countsOfVitest).failed).toBe(2);
  expect(countsOfRun(0, report, countsOfVitest).failed).toBe(2);
});
