import type { LabelSet } from '../input/labels';
import type { SoundCondition } from '../voice/soundCondition';

/** One answer of the product to one item, in the subject's own classes. */
export interface Answer {
  readonly predicted: string;
  /** Complete distribution over the subject's answers. */
  readonly probabilities: Readonly<Record<string, number>>;
  /** Calibrated probability that `predicted` is right. */
  readonly confidence: number;
  readonly valence: number;
  readonly arousal: number;
  /** null where the product knows no such thing. */
  readonly signalQuality: number | null;
  /** Labels that the product names side by side; of subjects that may name several. */
  readonly present?: readonly string[];
  /** The same among finer labels. */
  readonly fine?: readonly string[];
  /** What the product itself took for the item: decoding and inference, without reading the file. */
  readonly latencyMs: number;
}

/** A model that took part in the answers. */
export interface ModelInUse {
  readonly name: string;
  readonly version: string;
  /** E.g. 'wasm, 2 threads'. */
  readonly backend: string;
}

/** The product's path, opened in the page. */
export interface OpenSubject {
  readonly models: readonly ModelInUse[];
  /** How many items the product works on at once. */
  readonly parallel: number;
  /** Resolves to a sentence when the product says that it cannot read the item; throws when the product itself fails. */
  answer(item: ItemContent): Promise<Answer | { readonly unreadable: string }>;
  /** Where the product can get to know a person first: called with what it may hear of one before any item is answered, if that was asked for. */
  learn?(items: readonly ItemContent[]): Promise<void>;
  close(): void;
}

export interface ItemContent {
  readonly file: File | null;
  readonly text: string | null;
  /** Whose it is. */
  readonly group: string | null;
}

/**
 * What the product knows of each group's person beforehand: nothing, all of their items without labels, or those in which they are
 * calm, as such.
 */
export type Acquaintance = 'nobody' | 'everything' | 'calm';

export interface SubjectOptions {
  /** Each image already is a tight face crop. */
  readonly cropped: boolean;
  readonly knows: Acquaintance;
  /** The product does without its model, where it can. */
  readonly small?: boolean;
  /** What is done to the sound before the product hears it. */
  readonly condition: SoundCondition;
  /** Some items of the folder, opened for other uses than being answered. */
  readonly openItems: (count: number) => Promise<readonly File[]>;
}

/**
 * What can be evaluated. A new one is a file in `subjects/` and a line in `subjects/registry.ts`. Node reads `labels`,
 * the page calls `open`, which therefore imports the product's code lazily.
 */
export interface Subject {
  readonly id: string;
  readonly input: 'file' | 'text';
  readonly labels: LabelSet;
  open(options: SubjectOptions): Promise<OpenSubject>;
}

/** One item with what became of it: a row of the JSON file. */
export interface ResultRow {
  readonly file: string | null;
  readonly text: string | null;
  readonly group: string | null;
  /** Value of the column by which figures are told apart. */
  readonly by: string | null;
  readonly label: string;
  readonly predicted: string | null;
  readonly probabilities: Readonly<Record<string, number>> | null;
  readonly confidence: number | null;
  readonly valence: number | null;
  readonly arousal: number | null;
  readonly signalQuality: number | null;
  readonly latencyMs: number | null;
  readonly present?: readonly string[];
  readonly fine?: readonly string[];
  /** Why there is no answer. */
  readonly reason: string | null;
}
