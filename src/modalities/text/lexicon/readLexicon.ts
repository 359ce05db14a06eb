import { affectOf } from '../../../core/circumplex';
import { EMOTIONS, type Emotion, type EmotionProbabilities } from '../../../core/emotion';
import type { TextEstimate } from '../../../core/records/writtenEntry';
import { carriersOf } from '../words/carriers';
import { chunksOf, LONGEST_WORD, type Chunk, type Speller } from '../words/spell';
import type { Named } from './emotionWords';
import { weighWords, type WordSay } from './weighWords';
import type { WordLists } from './wordLists';

/** Read so far at most: lists need no window, but a page must not wait. */
const MOST_CHUNKS = 4000;
/** Mass of "no emotion" against which words have to stand. */
const NEUTRAL_MASS = 1.2;
/** An unpleasant word that names no emotion may mean any of these; shares of our own guess. */
const UNPLEASANT: Partial<Record<Emotion, number>> = { sadness: 0.45, anger: 0.35, fear: 0.12, disgust: 0.08 };
/** A pleasant word that names no emotion is half a happy one. */
const PLEASANT = 0.7;
/** A word that names an emotion and has no rating counts as one of about this. */
const NAMED_VALENCE = 2;
/** Lists do not understand sentences: they are never surer than this. */
const SUREST = 0.6;
const TRUST = 0.8;
/** What is known of other languages is their emoji only. */
const OTHER_LANGUAGE = 0.6;
const CLEAR_FROM = 0.32;
/** Two or three labels may share a text. */
const PRESENT_FROM = 0.3;
const WIDE = 0.45;
/** VADER's normalisation of a sum of ratings. */
const ALPHA = 15;

function massesOf(says: readonly WordSay[]): Record<Emotion, number> {
  const masses = Object.fromEntries(EMOTIONS.map((emotion) => [emotion, 0])) as Record<Emotion, number>;
  masses.neutral = NEUTRAL_MASS;
  for (const { valence, emotion } of says) {
    const strength = Math.abs(valence) || (emotion ? NAMED_VALENCE : 0);
    if (emotion) masses[emotion] += strength;
    else if (valence > 0) masses.happiness += PLEASANT * strength;
    else if (valence < 0) for (const [name, share] of Object.entries(UNPLEASANT)) masses[name as Emotion] += share * strength;
  }
  return masses;
}

function toProbabilities(masses: Readonly<Record<Emotion, number>>): EmotionProbabilities {
  const total = Object.values(masses).reduce((sum, mass) => sum + mass, 0);
  return Object.fromEntries(EMOTIONS.map((emotion) => [emotion, masses[emotion] / total])) as unknown as EmotionProbabilities;
}

const topOf = (probabilities: EmotionProbabilities): Emotion =>
  EMOTIONS.reduce((best, emotion) => (probabilities[emotion] > probabilities[best] ? emotion : best));

/** What the lists read, and what words name outright. */
export interface LexiconReading {
  readonly estimate: TextEstimate;
  readonly named: ReadonlySet<Named>;
  /** Only denied, as in "I am not angry". */
  readonly denied: ReadonlySet<Named>;
}

/**
 * A text by word lists alone, which come with the app: a cautious reading that knows words and their nearest neighbours, and no sentence.
 * @param language ISO 639-1 of a text that is not English, of which only the emoji are read
 * @returns null when no word is known and the text is in another language: then there is nothing to say
 */
export function readLexicon(text: string, lists: WordLists, speller: Speller, language: string | null): LexiconReading | null {
  const all = [...chunksOf(text)];
  const chunks: readonly Chunk[] = all.slice(0, MOST_CHUNKS);
  const said = weighWords(text, chunks, lists, speller);
  const says =
    language === null
      ? said
      : said.map((say, i) => (speller.namesIn((chunks[i]?.text ?? '').slice(0, LONGEST_WORD)).length > 0 ? say : SILENT));
  const known = says.filter(({ valence, emotion }) => valence !== 0 || emotion !== null).length;
  if (language !== null && known === 0) return null;
  const probabilities = toProbabilities(massesOf(says));
  const top = topOf(probabilities);
  const confidence = Math.min(SUREST, TRUST * probabilities[top]) * (language === null ? 1 : OTHER_LANGUAGE);
  const sum = says.reduce((total, { valence }) => total + valence, 0);
  const { arousal } = affectOf(probabilities);
  const named = new Set(says.flatMap(({ emotion, denied }) => (emotion && !denied ? [emotion] : [])));
  const denied = new Set(says.flatMap((say) => (say.denied && !named.has(say.denied) ? [say.denied] : [])));
  const estimate: TextEstimate = {
    kind: 'estimate',
    by: 'lexicon',
    probabilities,
    affect: { valence: sum / Math.sqrt(sum * sum + ALPHA), arousal, valenceSd: WIDE, arousalSd: WIDE },
    confidence,
    isClear: language === null && confidence >= CLEAR_FROM,
    signalQuality: Math.min(1, 0.2 + known / 4),
    present: EMOTIONS.filter((emotion) => probabilities[emotion] >= PRESENT_FROM).sort((a, b) => probabilities[b] - probabilities[a]),
    fine: [],
    words: carriersOf(
      chunks,
      says.map(({ valence, emotion }) => Math.abs(valence) || (emotion ? NAMED_VALENCE : 0)),
    ),
    readTo: all[MOST_CHUNKS]?.from ?? null,
    language,
    models: [{ name: 'text-lexicon', version: '1.0.0' }],
  };
  return { estimate, named, denied };
}

const SILENT: WordSay = { valence: 0, emotion: null };
