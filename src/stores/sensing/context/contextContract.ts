import type { Activity, Company, ContextPart, Situation, Weather } from '../../../core/records/situation';

export { ACTIVITIES, COMPANIES, CONTEXT_PARTS, WEATHERS } from '../../../core/records/situation';
export type { Activity, Company, ContextPart, Situation, Weather };

/** What the listener says of their situation; null where they say nothing. */
export interface SaidSituation {
  readonly activity: Activity | null;
  readonly company: Company | null;
  readonly weather: Weather | null;
}

/** The situation around the listener: what is known of it, what may be used of it. */
export interface ContextContract {
  /** What the sense may use; the rest is neither listened to nor counted. */
  readonly parts: readonly ContextPart[];
  /** What the sense knows now; null while it is off. */
  readonly situation: Situation | null;
  /** What the listener said and what is not too old yet. */
  readonly said: SaidSituation;
  /** How many of the listener's own words speak about this time of day; fractions add up. */
  readonly words: number;
  /** Whether this device may have a motion sensor. */
  readonly canMove: boolean;
  setPart(part: ContextPart, isOn: boolean): Promise<void>;
  /** A word on the situation; it counts for two hours, the weather for six. null takes it back. */
  say(said: Partial<SaidSituation>): void;
}
