import { expect, test } from 'vitest';
import type { EmotionEstimate } from '../../../../src/core/emotion';
import type { PersonalCalibration } from '../../../../src/core/fusion';
import { fuseMoment, type Manner } from '../../../../src/fusion/fuse';
import { UNCALIBRATED } from '../../../../src/fusion/personal/calibration';
import { whySentence } from '../../../../src/ui/now/whySentence';
import { ageWords, partNote } from '../../../../src/ui/senses/partWords';
import { estimateOf } from '../../fusion/estimates';

const NOW = 50_000;

function fuse(estimates: EmotionEstimate[], manner: Partial<Manner> = {}, simulated = false) {
  const asked: Manner = { kind: 'late', network: null, leftOut: new Set(), calibration: null, memory: [], ...manner };
  const fused = fuseMoment({ now: NOW, simulated, estimates, silent: new Map() }, asked);
  if (!fused) throw new Error('nothing fused');
  return fused.state;
}
const why = (estimates: EmotionEstimate[], manner: Partial<Manner> = {}, simulated = false): string =>
  whySentence(fuse(estimates, manner, simulated), new Map(estimates.map((e) => [e.source as 'face', e])), false);

const face = estimateOf('face', NOW, { happiness: 0.8 });

test('one sense, or a simulated listener, is told as before', () => {
  expect(why([face])).toBe('From your face alone, fairly sure.');
  expect(why([face, estimateOf('voice', NOW, { happiness: 0.7 })], {}, true)).toMatch(/^No camera, no real person/);
});

test('several: who led, who backs it, who is against', () => {
  const voice = estimateOf('voice', NOW, { happiness: 0.5 });
  expect(why([face, voice])).toMatch(/^Mostly your face \(\d+ %\), backed by your voice; /);
  const text = estimateOf('text', NOW, { sadness: 0.55 });
  expect(why([face, voice, text])).toMatch(/^M\w+ (of all )?your face \(\d+ %\), backed by your voice, against your words; /);
});

test('what was taught is told when it moved the point', () => {
  const calibration: PersonalCalibration = { ...UNCALIBRATED, bias: { ...UNCALIBRATED.bias, sadness: 1.5 }, corrections: 9 };
  const doubtful = [estimateOf('face', NOW, { neutral: 0.4, sadness: 0.3 }), estimateOf('voice', NOW, { neutral: 0.4, sadness: 0.3 })];
  expect(why(doubtful, { calibration })).toContain('moved by what you told it before');
});

test('notes on parts', () => {
  const [context, old] = fuse([face, { ...estimateOf('voice', NOW - 9000, { happiness: 0.7 }) }]).parts;
  expect(context && partNote(context)).toBeNull();
  expect(old && partNote(old)).toMatch(/^What it said 9 s ago still counts \d+ %, and fades\.$/);
  const [out] = fuse([face, estimateOf('text', NOW, { fear: 0.6 })], { leftOut: new Set(['face']) }).parts;
  expect(out && partNote(out)).toBe('Left out in the Lab, so it has no weight.');
  expect(ageWords(300)).toBe('just now');
  expect(ageWords(300_000)).toBe('5 min ago');
});
