import { expect, test } from 'vitest';
import { simulatePeople } from '../../../../evaluation/fusion/simulatePeople';
import shown from '../../../../src/ui/lab/measured/personalGain.json';

test('the lab shows what the simulation gives, and nobody is much worse off', { timeout: 60_000 }, () => {
  const measured = simulatePeople();
  for (const [i, report] of measured.entries()) {
    expect(shown[i]).toMatchObject({ kind: report.kind, people: report.people });
    expect(shown[i]?.gain).toBeCloseTo(report.gain, 3);
    expect(report.gain).toBeGreaterThan(0);
    expect(report.worst).toBeGreaterThan(-0.02);
    expect(report.helped).toBeGreaterThan(0.85);
  }
});
