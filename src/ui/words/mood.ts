import { EMOTIONS, type Emotion, type EmotionProbabilities } from '../../core/emotion';
import type { AffectPoint, CurvePoint } from '../../core/music';
import type { Seconds, UnitInterval } from '../../core/units';

/** The seven labels and calm, which is a region of the plane and not a class. */
export type Mood = Emotion | 'calm';

/** Order of the keys 1 to 8. */
export const FEEL_ORDER: readonly Mood[] = ['happiness', 'calm', 'neutral', 'sadness', 'anger', 'fear', 'disgust', 'surprise'];

/** Where each word stands on the plane; after Russell's circumplex, moved apart so that words do not overlap. */
export const ANCHORS: Readonly<Record<Mood, AffectPoint>> = {
  happiness: { valence: 0.56, arousal: 0.62 },
  surprise: { valence: 0.16, arousal: 0.84 },
  anger: { valence: -0.44, arousal: 0.74 },
  fear: { valence: -0.78, arousal: 0.46 },
  disgust: { valence: -0.7, arousal: 0.08 },
  sadness: { valence: -0.64, arousal: -0.52 },
  calm: { valence: 0.6, arousal: -0.62 },
  neutral: { valence: -0.16, arousal: -0.3 },
};

/** A song's affect tells the four quadrants apart and the middle; it cannot tell fear from anger. */
export const SONG_MOODS = ['happiness', 'calm', 'sadness', 'anger', 'neutral'] as const;
export type SongMood = (typeof SONG_MOODS)[number];

const NEUTRAL_RADIUS = 0.15;

/** The mood of a song at a point of the plane: its quadrant, or neutral within 0.15 of the middle. */
export function songMood({ valence, arousal }: AffectPoint): SongMood {
  if (Math.hypot(valence, arousal) < NEUTRAL_RADIUS) return 'neutral';
  if (arousal >= 0) return valence >= 0 ? 'happiness' : 'anger';
  return valence >= 0 ? 'calm' : 'sadness';
}

/** Between neutral at the middle and the quadrant's mood 0.6 away from it. @returns share of `mood` in [0, 1] */
export function songTint(point: AffectPoint): { readonly mood: SongMood; readonly share: UnitInterval } {
  const mood = songMood(point);
  const distance = Math.hypot(point.valence, point.arousal);
  return { mood, share: mood === 'neutral' ? 0 : Math.min(1, Math.max(0, (distance - 0.05) / 0.4)) };
}

/** Nearest word on the plane, for a person's point. */
export function nearestMood(point: AffectPoint): Mood {
  const distance = (mood: Mood) => Math.hypot(ANCHORS[mood].valence - point.valence, ANCHORS[mood].arousal - point.arousal);
  return FEEL_ORDER.reduce((best, mood) => (distance(mood) < distance(best) ? mood : best));
}

/** Labels from most to least probable; ties keep the canonical order. */
export function rankedEmotions(probabilities: EmotionProbabilities): readonly Emotion[] {
  return [...EMOTIONS].sort((a, b) => probabilities[b] - probabilities[a]);
}

export interface MoodSegment {
  readonly mood: SongMood;
  readonly at: Seconds;
}

/** Where the mood of a song changes; stretches shorter than `shortest` of the song join the one before. Empty for an empty curve. */
export function moodSegments(curve: readonly CurvePoint[], duration: Seconds, shortest: UnitInterval = 0.12): readonly MoodSegment[] {
  const segments: MoodSegment[] = [];
  for (const [i, point] of curve.entries()) {
    const mood = songMood(point);
    if (segments.at(-1)?.mood === mood) continue;
    const end = curve.slice(i).find((p) => songMood(p) !== mood)?.at ?? duration;
    if (segments.length > 0 && end - point.at < shortest * duration) continue;
    segments.push({ mood, at: point.at });
  }
  return segments;
}
