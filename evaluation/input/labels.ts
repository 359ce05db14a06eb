import { EMOTIONS, type Emotion } from '../../src/core/emotion';
import { QUADRANTS, type Quadrant } from '../../src/core/music';

/**
 * The one table of corpus spellings, in lower case. Values outside our seven (`contempt`, `calm`, …) are labels that a
 * corpus uses and that none of ours stands for: such an item stays in n and any answer to it is wrong.
 */
const EMOTION_SPELLINGS: Readonly<Record<Emotion | OtherEmotion, readonly string[]>> = {
  neutral: ['neutral', 'neu', 'neutrality'],
  happiness: ['happiness', 'happy', 'hap', 'joy', 'joyful', 'love'],
  sadness: ['sadness', 'sad', 'sad.'],
  anger: ['anger', 'angry', 'ang'],
  fear: ['fear', 'fearful', 'fea', 'afraid', 'scared'],
  disgust: ['disgust', 'disgusted', 'dis'],
  surprise: ['surprise', 'surprised', 'sur', 'ps', 'pleasant_surprise', 'pleasant_surprised'],
  contempt: ['contempt', 'contemptuous'],
  calm: ['calm', 'calmness'],
  boredom: ['boredom', 'bored'],
  unknown: ['unknown', 'other', 'nf'],
};

type OtherEmotion = 'contempt' | 'calm' | 'boredom' | 'unknown';

const QUADRANT_SPELLINGS: Readonly<Record<Quadrant, readonly string[]>> = {
  Q1: ['q1', '1'],
  Q2: ['q2', '2'],
  Q3: ['q3', '3'],
  Q4: ['q4', '4'],
};

const STRESS_SPELLINGS = { rest: ['rest', 'baseline', 'relaxed', '0'], stress: ['stress', 'stressed', '1'] } as const;

/** What a subject may answer and how a corpus may spell it. */
export interface LabelSet {
  /** The classes an answer is one of, in canonical order. */
  readonly answers: readonly string[];
  /** Answers that only some corpora ask for -> the answer they belong to where no item bears them as a label. */
  readonly finer?: Readonly<Record<string, string>>;
  /** The class a spelling stands for, which need not be an answer; null when no corpus is known to use it. */
  read(spelling: string): string | null;
}

function labelSet(answers: readonly string[], spellings: Readonly<Record<string, readonly string[]>>): LabelSet {
  const classes = new Map(Object.entries(spellings).flatMap(([name, known]) => known.map((spelling) => [spelling, name] as const)));
  return { answers, read: (spelling) => classes.get(spelling.trim().toLowerCase()) ?? null };
}

export const emotionLabels: LabelSet = labelSet(EMOTIONS, EMOTION_SPELLINGS);
/** The voice model tells calm from neutral; RAVDESS asks for both. */
export const voiceLabels: LabelSet = { ...labelSet([...EMOTIONS, 'calm'], EMOTION_SPELLINGS), finer: { calm: 'neutral' } };
export const quadrantLabels: LabelSet = labelSet(QUADRANTS, QUADRANT_SPELLINGS);
export const stressLabels: LabelSet = labelSet(Object.keys(STRESS_SPELLINGS), STRESS_SPELLINGS);
