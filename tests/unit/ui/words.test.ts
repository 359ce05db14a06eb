import { describe, expect, it } from 'vitest';
import type { RankedTrack } from '../../../src/core/music';
import type { TrackId } from '../../../src/core/units';
import {
  belowCertain,
  formatBytes,
  formatClock,
  formatDay,
  formatKey,
  formatScore,
  formatShare,
  formatSigned,
  formatSpan,
  spokenSigned,
} from '../../../src/ui/words/format';
import { certainty, headline, saysWhat } from '../../../src/ui/words/headline';
import { ANCHORS, FEEL_ORDER, moodSegments, nearestMood, songMood, songTint } from '../../../src/ui/words/mood';
import { roundedTerms } from '../../../src/ui/words/why';
import { makeEstimate, makeFused, makeProbabilities } from '../../support/uiFixtures';

describe('format', () => {
  it('writes scores with a true minus, and never minus nothing', () => {
    expect([0.226, -0.048, -0.001, 0].map(formatScore)).toEqual(['0.23', '−0.05', '0.00', '0.00']);
  });
  it('writes a day in words', () => {
    expect(formatDay(new Date(2026, 10, 26, 12).getTime())).toBe('26 November 2026');
  });
  it('calls nothing certain', () => {
    expect([0.2, 0.99, 0.997, 1].map(belowCertain)).toEqual([0.2, 0.99, 0.99, 0.99]);
  });
  it('writes clocks, also for hours and for the unknown', () => {
    expect([0, 98.4, 3700, -3].map(formatClock)).toEqual(['0:00', '1:38', '1:01:40', '0:00']);
    expect([formatClock(null), formatClock(NaN)]).toEqual(['–:––', '–:––']);
  });
  it('writes figures of the plane without a leading zero and never a minus zero', () => {
    expect([0.34, -0.22, 0, -0.001, 1, -1].map(formatSigned)).toEqual(['+.34', '−.22', '0', '0', '+1.00', '−1.00']);
    expect([0.34, -0.22, 0].map(spokenSigned)).toEqual(['plus 0.34', 'minus 0.22', '0']);
    expect([formatShare(0.14), formatShare(1.2)]).toEqual(['.14', '1.20']);
  });
  it('writes sizes, spans and keys', () => {
    expect([12, 4200, 3_900_000, 182_000_000, 2.14e10].map(formatBytes)).toEqual(['12 B', '4 kB', '3.9 MB', '182 MB', '21.4 GB']);
    expect([0.2, 40, 306, 7200].map(formatSpan)).toEqual(['1 s', '40 s', '5 min', '2 h']);
    expect([
      formatKey({ pitchClass: 9, mode: 'minor', confidence: 1 }),
      formatKey({ pitchClass: 6, mode: 'major', confidence: 1 }, true),
    ]).toEqual(['A min', 'F♯ major']);
  });
});

describe('headline', () => {
  const at = { valence: 0.3, arousal: -0.2 };
  const sentence = (weights: Parameters<typeof makeProbabilities>[0], point = at, confidence = 0.8, simulated = false) =>
    headline(makeFused(makeEstimate('face', makeProbabilities(weights), point, confidence), simulated), null);

  it('says what seems, and never more than the figures say', () => {
    expect(sentence({ neutral: 0.6, happiness: 0.3 }).sentence).toBe('You seem calm, and a little bright.');
    expect(sentence({ neutral: 0.9 }, { valence: -0.4, arousal: 0 }).sentence).toBe('You seem neutral.');
    expect(sentence({ happiness: 0.9 }).sentence).toBe('You seem happy.');
    expect(sentence({ sadness: 0.45, neutral: 0.4 }).sentence).toBe('You seem a little sad.');
  });
  it('is not sure below the threshold, but keeps the leading label for the figures', () => {
    expect(sentence({ anger: 0.3 }, at, 0.3)).toMatchObject({
      sentence: 'Not sure how you seem just now.',
      isSure: false,
      mood: null,
      emotion: 'anger',
    });
  });
  it('marks the simulated listener', () => {
    expect(sentence({ happiness: 0.9 }, at, 0.8, true).sentence).toBe('The demo listener seems happy.');
  });
  it('lets the user’s word win, also over nothing', () => {
    expect(headline(null, 'calm')).toMatchObject({ sentence: 'You feel calm: your word counts.', emotion: 'calm' });
    expect(headline(null, 'disgust').sentence).toBe('You feel disgust: your word counts.');
    expect(headline(null, null)).toMatchObject({ emotion: null, mood: null });
  });
  it('words certainty and a distribution', () => {
    expect([0.9, 0.5, 0.1].map(certainty)).toEqual(['fairly sure', 'somewhat sure', 'not sure']);
    expect(saysWhat(makeEstimate('face', makeProbabilities({ neutral: 0.5, happiness: 0.4 }), at))).toBe('Neutral, some happy');
    expect(saysWhat(makeEstimate('face', makeProbabilities({ neutral: 0.9 }), at))).toBe('Mostly neutral');
  });
});

describe('mood', () => {
  it('tells a song’s quadrant, and neutral in the middle', () => {
    const moods = [
      [0.5, 0.5],
      [-0.5, 0.5],
      [-0.5, -0.5],
      [0.5, -0.5],
      [0.05, -0.05],
    ] as const;
    expect(moods.map(([valence, arousal]) => songMood({ valence, arousal }))).toEqual(['happiness', 'anger', 'sadness', 'calm', 'neutral']);
  });
  it('tints in [0, 1], more with the distance', () => {
    const shares = [0.1, 0.2, 0.4, 1].map((x) => songTint({ valence: x, arousal: 0 }).share);
    expect(shares[0]).toBe(0);
    expect(shares[3]).toBe(1);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
  });
  it('finds each anchor nearest to itself', () => {
    for (const mood of FEEL_ORDER) expect(nearestMood(ANCHORS[mood])).toBe(mood);
  });
  it('cuts a curve where the mood changes and leaves short stretches out', () => {
    const curve = [0, 10, 20, 30, 40, 50].map((at, i) => ({ at, valence: i === 2 ? -0.5 : 0.5, arousal: i < 4 ? -0.5 : 0.5, weight: 1 }));
    expect(moodSegments(curve, 60, 0.2)).toEqual([
      { mood: 'calm', at: 0 },
      { mood: 'happiness', at: 40 },
    ]);
    expect(moodSegments([], 60)).toEqual([]);
  });
});

describe('why', () => {
  const ranked = (contributions: number[]): RankedTrack => {
    const features = ['affect-distance', 'liked', 'tempo-flow', 'novelty', 'recently-played', 'chance'] as const;
    const reasons = contributions.map((contribution, i) => ({ feature: features[i % 6] ?? 'chance', weight: 1, contribution }));
    return { trackId: 't' as TrackId, score: contributions.reduce((a, b) => a + b, 0), reasons };
  };
  it('shows terms that add up to the score that is shown', () => {
    for (const list of [
      [0.344, 0.214, 0.156, 0.084, -0.056],
      [0.333, 0.333, 0.333],
      [-0.125, 0.125, 0.005],
      [0.004, 0.004, 0.004, 0.004],
    ]) {
      const { score, terms } = roundedTerms(ranked(list));
      expect(terms.reduce((sum, term) => sum + term.hundredths, 0)).toBe(score);
    }
  });
  it('puts the largest first and leaves zeros out', () => {
    expect(roundedTerms(ranked([0.1, -0.3, 0, 0.2])).terms.map((term) => term.hundredths)).toEqual([-30, 20, 10]);
    expect(roundedTerms(ranked([])).terms).toEqual([]);
  });
});
