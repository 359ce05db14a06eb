import { describe, expect, it } from 'vitest';
import { readRecording } from '../../../../evaluation/input/readRecording';

describe('readRecording', () => {
  it('gives one frame a second, at its end', () => {
    const frames = readRecording('time,hr,eda,temp\n0,70,1.5,33\n0.25,,1.6,\n0.5,,1.7,\n0.75,,1.8,33.1\n1,71,1.9,\n');
    expect(frames?.map(([second]) => second)).toEqual([1, 2]);
    const [, first] = frames?.[0] ?? [];
    expect(first).toMatchObject({ kind: 'recording', heartRate: 70, rrIntervals: [], skinTemperature: 33.1, hasContact: null });
    expect(first?.eda?.sampleRate).toBe(4);
    expect([...(first?.eda?.samples ?? [])].map((value) => value.toFixed(1))).toEqual(['1.5', '1.6', '1.7', '1.8']);
  });

  it('reads RR intervals in any order of columns, and skips what is no number', () => {
    const frames = readRecording('rr,time\n800,0.8\n790,1.59\nx,1.8\n780,\n');
    expect(frames?.map(([second, frame]) => [second, frame.rrIntervals])).toEqual([
      [1, [800]],
      [2, [790]],
    ]);
  });

  it.each(['', 'hr,eda\n70,1\n', 'time,hr\n'])('gives null for %j', (text) => expect(readRecording(text)).toBeNull());
});
