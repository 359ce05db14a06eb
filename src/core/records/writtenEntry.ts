import type { Affect, AbsenceReason, Emotion, EmotionProbabilities, ModelRef } from '../emotion';
import type { EpochMs, UnitInterval } from '../units';

/** The labels of GoEmotions (Demszky et al. 2020) in its order: what the text model's `fine` outputs stand for. */
export const FINE_LABELS = [
  'admiration',
  'amusement',
  'anger',
  'annoyance',
  'approval',
  'caring',
  'confusion',
  'curiosity',
  'desire',
  'disappointment',
  'disapproval',
  'disgust',
  'embarrassment',
  'excitement',
  'fear',
  'gratitude',
  'grief',
  'joy',
  'love',
  'nervousness',
  'optimism',
  'pride',
  'realization',
  'relief',
  'remorse',
  'sadness',
  'surprise',
  'neutral',
] as const;
export type FineLabel = (typeof FINE_LABELS)[number];

/** A word of a text and how much it counted. */
export interface WeighedWord {
  /** UTF-16 units from the start of the text. */
  readonly from: number;
  readonly to: number;
  /** Of the strongest word of the text: 1 for that one. */
  readonly weight: UnitInterval;
}

/** What a text says of its writer's feeling. Plain data without the text itself. */
export interface TextEstimate {
  readonly kind: 'estimate';
  /** The fine-tuned model, or the small word lists that need no download. */
  readonly by: 'model' | 'lexicon';
  readonly probabilities: EmotionProbabilities;
  readonly affect: Affect;
  /** Calibrated P(top label is right) of the model; of the lists a cautious guess. */
  readonly confidence: UnitInterval;
  /** False: no label may be named. */
  readonly isClear: boolean;
  /** How much there is to read, and how much of it is known: short or unknown words give little. */
  readonly signalQuality: UnitInterval;
  /** Labels that are each more likely there than not, strongest first, neutral among them; several in mixed feelings. */
  readonly present: readonly Emotion[];
  /** Feelings that its words name against each other, as in "glad and sad"; none where they do not. */
  readonly sideBySide?: readonly Emotion[];
  /** The same among 28 finer labels; empty from the lists. */
  readonly fine: readonly FineLabel[];
  /** Words that carried it, in their order. */
  readonly words: readonly WeighedWord[];
  /** Everything from here on was not read, because the text is too long; null when all was. */
  readonly readTo: number | null;
  /** ISO 639-1 of a text that is not English, where it is known. */
  readonly language: string | null;
  readonly models: readonly ModelRef[];
}

export type TextReading =
  | TextEstimate
  | {
      readonly kind: 'absent';
      readonly reason: Extract<AbsenceReason, 'no-text' | 'language'>;
      /** ISO 639-1, where it is known. */
      readonly language: string | null;
    };

/** Fine labels that GoEmotions counts as surprise, though somebody who asks for the time is not surprised. */
const MILD: ReadonlySet<FineLabel> = new Set(['confusion', 'curiosity', 'realization']);

/** Whether the surprise in a text is a question or a thought, and none that is felt. */
export function isMereQuestion({ fine }: Pick<TextEstimate, 'fine'>): boolean {
  return fine.some((label) => MILD.has(label)) && !fine.includes('surprise');
}

/** What is felt: as read, but that the surprise of a mere question counts as no feeling. */
export function feltProbabilities(reading: Pick<TextEstimate, 'fine' | 'probabilities'>): EmotionProbabilities {
  const { probabilities } = reading;
  if (!isMereQuestion(reading)) return probabilities;
  return { ...probabilities, neutral: probabilities.neutral + probabilities.surprise, surprise: 0 };
}

/** Something the user wrote down, with what was read from it. */
export interface WrittenEntry {
  /** When it was written, also after it was edited; no two entries share one. */
  readonly at: EpochMs;
  readonly text: string;
  readonly editedAt: EpochMs | null;
  /** null while it is being read. */
  readonly reading: TextReading | null;
}
