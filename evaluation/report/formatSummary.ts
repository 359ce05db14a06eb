import type { Summary } from './summarise';

/** The report as printed; its last line is the one-line summary. */
export function formatSummary(summary: Summary): string {
  const { accuracyInterval: interval, groups } = summary;
  return [
    `items        ${summary.n}`,
    `unreadable   ${summary.unreadable} (they stay in n and count as wrong)`,
    `accuracy     ${fraction(summary.accuracy)}  95 % interval ${fraction(interval.low)} to ${fraction(interval.high)}, bootstrap by ${groups ? 'group' : 'item'}`,
    ...(summary.unreadable > 0 ? [`             ${fraction(summary.accuracyOfRead)} of the items that were read`] : []),
    `UAR          ${fraction(summary.uar)}  over the classes that occur${outsideNote(summary)}`,
    `macro-F1     ${fraction(summary.macroF1)}  over the same classes`,
    `ECE          ${fraction(summary.ece)}  15 bins`,
    `latency      p50 ${milliseconds(summary.latency.p50Ms)} ms, p95 ${milliseconds(summary.latency.p95Ms)} ms per item`,
    ...(groups ? [`groups       ${groups.n}: accuracy ${spread(groups.accuracy)}, UAR ${spread(groups.uar)} (mean ± sd over groups)`] : []),
    ...summary.parts.map(
      ({ value, n, accuracy, accuracyInterval: { low, high }, uar }) =>
        `${value.padEnd(12)} n ${n}: accuracy ${fraction(accuracy)} (${fraction(low)} to ${fraction(high)}), UAR ${fraction(uar)}`,
    ),
    '',
    ...classTable(summary),
    '',
    'confusion (rows: label, columns: answer)',
    ...confusionTable(summary),
    '',
    lastLine(summary),
  ].join('\n');
}

/** `n=… accuracy=… uar=… macroF1=… ece=… p50Ms=… p95Ms=…`, fractions in [0, 1]. */
export function lastLine({ n, accuracy, uar, macroF1, ece, latency }: Summary): string {
  return [
    `n=${n}`,
    `accuracy=${fraction(accuracy)}`,
    `uar=${fraction(uar)}`,
    `macroF1=${fraction(macroF1)}`,
    `ece=${fraction(ece)}`,
    `p50Ms=${milliseconds(latency.p50Ms)}`,
    `p95Ms=${milliseconds(latency.p95Ms)}`,
  ].join(' ');
}

function outsideNote({ outside }: Summary): string {
  return outside.length === 0 ? '' : `; ${outside.join(', ')} cannot be answered, so its items are wrong and its recall is 0`;
}

function classTable({ perClass }: Summary): string[] {
  const rows = perClass.map(({ label, n, precision, recall, f1 }) => [
    label,
    String(n),
    fraction(precision),
    fraction(recall),
    fraction(f1),
  ]);
  return table([['class', 'n', 'precision', 'recall', 'F1'], ...rows]);
}

function confusionTable({ confusion }: Summary): string[] {
  return table([['', ...confusion.columns], ...confusion.rows.map((label, i) => [label, ...(confusion.counts[i] ?? []).map(String)])]);
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

function spread({ mean, sd }: { readonly mean: number; readonly sd: number }): string {
  return `${fraction(mean)} ± ${fraction(sd)}`;
}

function fraction(value: number | null): string {
  return value === null ? 'none' : value.toFixed(4);
}

function milliseconds(value: number | null): string {
  return value === null ? 'none' : value.toFixed(1);
}
