import { expect, test } from 'vitest';
import { UtteranceGate } from '../../../../../src/modalities/voice/activity/utterances';

/** Each number is one block of a single hop. */
function run(probabilities: readonly number[]): { inside: string; since: number } {
  const gate = new UtteranceGate();
  const inside = probabilities.map((p) => String(gate.push(Float32Array.of(p))[0])).join('');
  return { inside, since: gate.hopsSinceSpeech };
}
const times = (n: number, p: number) => Array<number>(n).fill(p);

test('opens at the second likely hop and bridges pauses of less than 14 hops', () => {
  const { inside } = run([0.9, 0.9, ...times(13, 0.1), 0.9, ...times(14, 0.1), 0.1]);
  expect(inside).toBe(`0${'1'.repeat(28)}00`);
});

test('what is uncertain keeps an utterance going and begins none', () => {
  expect(run(times(40, 0.45)).inside).toBe('0'.repeat(40));
  expect(run([0.6, 0.6, ...times(40, 0.4)]).inside).toBe(`0${'1'.repeat(41)}`);
});

test('a click is no speech, a cough no utterance', () => {
  expect(run([0.9, ...times(20, 0.1)])).toEqual({ inside: '0'.repeat(21), since: Infinity });
  expect(run([0.9, 0.9, 0.9, ...times(20, 0.1)]).since).toBe(Infinity);
  expect(run([...times(10, 0.9), ...times(20, 0.1)]).since).toBeLessThanOrEqual(20);
});

test('the hop that began an utterance belongs to it, as far as its block reaches', () => {
  const gate = new UtteranceGate();
  expect(gate.push(Float32Array.of(0.1, 0.9, 0.9))).toEqual(Uint8Array.of(0, 1, 1));
  gate.reset();
  expect(gate.push(Float32Array.of(0.1, 0.1, 0.9))).toEqual(Uint8Array.of(0, 0, 0));
  expect(gate.push(Float32Array.of(0.9, 0.1, 0.1))).toEqual(Uint8Array.of(1, 1, 1));
  for (let i = 0; i < 3; i++) gate.push(Float32Array.of(0.9, 0.9, 0.9));
  expect(gate.hopsSinceSpeech).toBe(0);
  gate.reset();
  expect(gate.push(Float32Array.of(0.9, 0.1, 0.1))).toEqual(Uint8Array.of(0, 0, 0));
  expect(gate.hopsSinceSpeech).toBe(Infinity);
});
