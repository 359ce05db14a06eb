import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../../evaluation/input/commandErrors';
import { CLEAN, isClean, nameOf, readCondition } from '../../../../evaluation/voice/soundCondition';

describe('readCondition', () => {
  it('is clean when nothing is asked for', () => {
    expect(readCondition(undefined, undefined, new Set())).toEqual(CLEAN);
    expect(isClean(CLEAN)).toBe(true);
    expect(nameOf(CLEAN)).toBe('clean');
  });
  it('takes white noise when no kind is named', () => {
    expect(readCondition(10, undefined, new Set()).noise).toEqual({ kind: 'white', snr: 10 });
  });
  it('reads everything that happens to a recording', () => {
    const condition = readCondition(5, 'babble', new Set(['reverb', 'codec', 'suppress']));
    expect(isClean(condition)).toBe(false);
    expect(nameOf(condition)).toBe('5 dB babble, reverb, Opus 24 kb/s, suppressed');
  });
  it('takes 0 dB for noise as loud as the speech', () => {
    expect(nameOf(readCondition(0, 'music', new Set()))).toBe('0 dB music');
  });
  it('refuses an unknown kind, and a kind without a ratio', () => {
    expect(() => readCondition(10, 'rain', new Set())).toThrow(UsageError);
    expect(() => readCondition(undefined, 'music', new Set())).toThrow('--kind needs --noise');
  });
});
