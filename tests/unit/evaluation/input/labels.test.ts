import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emotionLabels, quadrantLabels } from '../../../../evaluation/input/labels';
import { EMOTIONS } from '../../../../src/core/emotion';

describe('emotionLabels', () => {
  it.each([
    ['happy', 'happiness'],
    ['HAP', 'happiness'],
    [' Joy ', 'happiness'],
    ['sad', 'sadness'],
    ['ANG', 'anger'],
    ['angry', 'anger'],
    ['afraid', 'fear'],
    ['fearful', 'fear'],
    ['disgusted', 'disgust'],
    ['surprised', 'surprise'],
    ['neutral', 'neutral'],
  ])('reads %s as %s', (spelling, emotion) => {
    expect(emotionLabels.read(spelling)).toBe(emotion);
  });

  it.each(['contempt', 'calm', 'boredom'])('knows %s as a label that cannot be answered', (label) => {
    expect(emotionLabels.read(label)).toBe(label);
    expect(emotionLabels.answers).not.toContain(label);
  });

  it('does not guess', () => {
    expect(emotionLabels.read('hungry')).toBeNull();
    expect(emotionLabels.read('')).toBeNull();
    expect(emotionLabels.read('constructor')).toBeNull();
  });

  it('reads every emotion as itself', () => {
    expect(EMOTIONS.map((emotion) => emotionLabels.read(emotion))).toEqual([...EMOTIONS]);
  });

  it('agrees with the table that training uses, except that calm is not called neutral here', () => {
    const python = readFileSync(join(import.meta.dirname, '../../../../training/common/labels.py'), 'utf8');
    const table = python.slice(python.indexOf('SPELLINGS'), python.indexOf('CIRCUMPLEX'));
    const pairs = [...table.matchAll(/"([^"]+)": (?:"(\w+)"|None)/g)].map(([, spelling = '', emotion]) => [spelling, emotion] as const);
    expect(pairs.length).toBeGreaterThan(20);
    for (const [spelling, emotion] of pairs) {
      const read = emotionLabels.read(spelling);
      if (spelling === 'calm') continue;
      if (emotion === undefined) expect(emotionLabels.answers, spelling).not.toContain(read);
      expect(read, spelling).toBe(emotion ?? read);
      expect(read, spelling).not.toBeNull();
    }
  });
});

describe('quadrantLabels', () => {
  it('reads the four quadrants in either case', () => {
    expect(['Q1', 'q2', 'Q3', 'q4'].map((label) => quadrantLabels.read(label))).toEqual(['Q1', 'Q2', 'Q3', 'Q4']);
    expect(quadrantLabels.read('Q5')).toBeNull();
  });
});
