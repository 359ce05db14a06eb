import { EMOTIONS, type EmotionProbabilities } from '../../../core/emotion';
import type { LyricsLine } from '../../../core/music';
import { feltProbabilities, type TextEstimate, type TextReading } from '../../../core/records/writtenEntry';

/** Lines and what they say together. */
interface ReadLyrics {
  readonly lines: readonly (TextReading | null)[];
  readonly song: Pick<TextEstimate, 'by' | 'probabilities' | 'affect' | 'confidence'> | null;
  readonly language: string | null;
}

/** Most lines of a song tell its story, not its feeling: what a neutral line says counts so much beside one that says something. */
const LEAST_SHARE = 0.1;

const weightOf = ({ confidence, signalQuality, probabilities }: TextEstimate): number =>
  Math.max(0.01, confidence * signalQuality) * Math.max(LEAST_SHARE, 1 - probabilities.neutral);

function languageOf(readings: readonly (TextReading | null)[]): string | null {
  const told = readings.filter((reading) => reading !== null && reading.language !== null);
  return told.length > readings.filter((reading) => reading !== null).length / 2 ? (told[0]?.language ?? null) : null;
}

/**
 * A song's words: the mean over its lines, each by how sure its reading is and how much it is not neutral. Repeated lines count each time, as
 * they are heard.
 */
export function summariseLyrics(lines: readonly LyricsLine[], readings: readonly (TextReading | null)[]): ReadLyrics {
  const read = lines.flatMap((_, i) => {
    const reading = readings[i];
    return reading?.kind === 'estimate' ? [{ ...reading, probabilities: feltProbabilities(reading) }] : [];
  });
  const language = languageOf(readings);
  if (read.length === 0) return { lines: readings, song: null, language };
  const weights = read.map(weightOf);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (of: (reading: TextEstimate) => number) =>
    read.reduce((sum, reading, i) => sum + (weights[i] ?? 0) * of(reading), 0) / total;
  const spread = (axis: 'valence' | 'arousal', sd: 'valenceSd' | 'arousalSd') => {
    const centre = mean(({ affect }) => affect[axis]);
    return { centre, sd: Math.min(1, Math.sqrt(mean(({ affect }) => affect[sd] ** 2 + (affect[axis] - centre) ** 2))) };
  };
  const valence = spread('valence', 'valenceSd');
  const arousal = spread('arousal', 'arousalSd');
  return {
    lines: readings,
    song: {
      by: read.every(({ by }) => by === 'model') ? 'model' : 'lexicon',
      probabilities: Object.fromEntries(
        EMOTIONS.map((e) => [e, mean(({ probabilities }) => probabilities[e])]),
      ) as unknown as EmotionProbabilities,
      affect: { valence: valence.centre, arousal: arousal.centre, valenceSd: valence.sd, arousalSd: arousal.sd },
      confidence: mean(({ confidence }) => confidence),
    },
    language,
  };
}
