import type { RankedTrack, ReasonFeature } from '../../core/music';

export interface WhyTerm {
  readonly feature: ReasonFeature;
  /** Contribution in hundredths, rounded so that the terms add up to the rounded score. */
  readonly hundredths: number;
}

/** Largest-remainder rounding: what is shown sums exactly to the score that is shown. Terms come largest first; zeros are left out. */
export function roundedTerms({ score, reasons }: RankedTrack): { readonly score: number; readonly terms: readonly WhyTerm[] } {
  const total = Math.round(score * 100);
  const floors = reasons.map((r) => ({ feature: r.feature, exact: r.contribution * 100, hundredths: Math.floor(r.contribution * 100) }));
  const missing = total - floors.reduce((sum, r) => sum + r.hundredths, 0);
  const byRemainder = [...floors].sort((a, b) => b.exact - b.hundredths - (a.exact - a.hundredths));
  for (const term of byRemainder.slice(0, Math.max(0, missing))) term.hundredths += 1;
  const terms = floors
    .filter((r) => r.hundredths !== 0)
    .sort((a, b) => Math.abs(b.hundredths) - Math.abs(a.hundredths))
    .map(({ feature, hundredths }) => ({ feature, hundredths }));
  return { score: total, terms };
}
