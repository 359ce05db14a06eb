import { EMOTIONS, type Emotion } from '../../src/core/emotion';
import { FINE_LABELS, type FineLabel } from '../../src/core/records/writtenEntry';
import { emotionLabels, type LabelSet } from '../input/labels';

/** GoEmotions' own grouping of its 28 labels (Demszky et al. 2020, Ekman taxonomy). */
const EKMAN: Readonly<Record<FineLabel, Emotion>> = {
  admiration: 'happiness',
  amusement: 'happiness',
  anger: 'anger',
  annoyance: 'anger',
  approval: 'happiness',
  caring: 'happiness',
  confusion: 'surprise',
  curiosity: 'surprise',
  desire: 'happiness',
  disappointment: 'sadness',
  disapproval: 'anger',
  disgust: 'disgust',
  embarrassment: 'sadness',
  excitement: 'happiness',
  fear: 'fear',
  gratitude: 'happiness',
  grief: 'sadness',
  joy: 'happiness',
  love: 'happiness',
  nervousness: 'fear',
  optimism: 'happiness',
  pride: 'happiness',
  realization: 'surprise',
  relief: 'happiness',
  remorse: 'sadness',
  sadness: 'sadness',
  surprise: 'surprise',
  neutral: 'neutral',
};
const isFine = (name: string): name is FineLabel => Object.hasOwn(EKMAN, name);

/** The usual spellings, and those of GoEmotions, each for its group. */
export const textLabels: LabelSet = {
  answers: EMOTIONS,
  read: (spelling) => {
    const name = spelling.trim().toLowerCase();
    return isFine(name) ? EKMAN[name] : emotionLabels.read(name);
  },
};

/** What a cell of the label column says: one label, or several with bars, semicolons or commas between them. */
export interface ReadCell {
  /** Each class once. */
  readonly coarse: readonly string[];
  /** The same among 28; null where a spelling is none of them. */
  readonly fine: readonly FineLabel[] | null;
}

/** @returns the spelling that nobody knows, where there is one */
export function readCell(cell: string): ReadCell | { readonly unknown: string } {
  const spellings = cell
    .split(/[|;,]/)
    .map((spelling) => spelling.trim().toLowerCase())
    .filter((spelling) => spelling !== '');
  const coarse = spellings.map((spelling) => textLabels.read(spelling));
  const unknown = spellings[coarse.indexOf(null)];
  if (unknown !== undefined) return { unknown };
  const fine = spellings.filter(isFine);
  return {
    coarse: [...new Set(coarse.filter((label) => label !== null))],
    fine: fine.length === spellings.length ? FINE_LABELS.filter((label) => fine.includes(label)) : null,
  };
}

/** Labels that only GoEmotions has: a manifest with one of them asks for all 28. */
export const isFineOnly = (label: FineLabel): boolean => emotionLabels.read(label) === null;
