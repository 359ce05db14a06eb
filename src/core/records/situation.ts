import type { AffectPoint } from '../music';

/** What a listener may say of their situation, and what the device may notice. */
export const ACTIVITIES = ['resting', 'working', 'walking', 'exercising', 'travelling'] as const;
export type Activity = (typeof ACTIVITIES)[number];
export const COMPANIES = ['alone', 'together'] as const;
export type Company = (typeof COMPANIES)[number];
export const WEATHERS = ['sunny', 'cloudy', 'rainy', 'snowy'] as const;
export type Weather = (typeof WEATHERS)[number];

/**
 * Where context may come from; each can be switched off by itself.
 * - `time`: hour and weekday of the device's clock
 * - `motion`: the phone's acceleration, six seconds at a time
 * - `typing`: how often keys are pressed in this page, never which
 * - `faces`: how many faces the face sense sees
 * - `weather`: only what the listener enters
 * - `habit`: how the listener said they felt at this time of day before
 */
export const CONTEXT_PARTS = ['time', 'motion', 'typing', 'faces', 'weather', 'habit'] as const;
export type ContextPart = (typeof CONTEXT_PARTS)[number];

/** A fact, and whether the listener said it or the device noticed it. */
export interface Known<T> {
  readonly value: T;
  readonly isSaid: boolean;
}

/** Local time as people read it off a clock. */
export interface ClockTime {
  /** [0, 24), with the minutes as a fraction. */
  readonly hour: number;
  /** 0 = Sunday. */
  readonly weekday: number;
}

/** How a listener said they felt, and at what time of day. */
export interface SaidMood extends AffectPoint, ClockTime {}

/** Everything known of the surroundings at one moment; null where nothing is known or the part is switched off. */
export interface Situation {
  readonly clock: ClockTime | null;
  readonly activity: Known<Activity> | null;
  readonly company: Known<Company> | null;
  readonly weather: Weather | null;
  /** Oldest first. */
  readonly said: readonly SaidMood[];
}
