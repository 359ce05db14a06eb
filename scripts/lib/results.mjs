// @ts-check
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @type {Counts} */
const NONE = { passed: 0, failed: 0, skipped: 0 };

/** @param {readonly Counts[]} all @returns {Counts} */
export const sumCounts = (all) =>
  all.reduce(
    (sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed, skipped: sum.skipped + one.skipped }),
    NONE,
  );

/** @param {Counts} counts the line that the run ends with */
export const summaryLine = (counts) => `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;

/** A check without tests of its own counts as one. @param {number} code its exit code @returns {Counts} */
export const countsOfCheck = (code) => (code === 0 ? { ...NONE, passed: 1 } : { ...NONE, failed: 1 });

/**
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number }} report Vitest's JSON
 * @returns {Counts}
 */
export const countsOfVitest = (report) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests,
  skipped: report.numPendingTests + report.numTodoTests,
});

/**
 * A flaky test passed at last; it counts as passed.
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } }} report Playwright's JSON
 * @returns {Counts}
 */
export const countsOfPlaywright = ({ stats }) => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected,
  skipped: stats.skipped,
});

/**
 * A run that failed without a failed test (a file that does not load, a browser that does not start) counts one failure.
 * @param {number} code exit code
 * @param {string} file the report
 * @param {(report: any) => Counts} read
 * @returns {Counts}
 */
export function countsOfRun(code, file, read) {
  const counts = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : NONE;
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
