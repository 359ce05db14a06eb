import type { AffectPoint } from '../../core/music';
import type { Activity, ClockTime, Company, SaidMood, Situation, Weather } from '../../core/records/situation';

/**
 * Shifts on the mood plane. Signs and order of size are those of the studies named; the sizes are set by hand, small beside what any sense
 * says, because studies report differences between groups and this is about one person.
 *
 * - Activity: relaxing and exercise rank high and commuting last in pleasantness (Kahneman et al. 2004, The day reconstruction method,
 *   Science 306, 1776); a bout of exercise raises pleasant activation, d = .47 (Reed & Ones 2006, Psychology of Sport and Exercise 7, 477).
 * - Company: people feel better with others than alone (Kahneman et al. 2004).
 * - Weather: real and tiny (Denissen et al. 2008, The effects of weather on daily mood, Emotion 8, 662).
 */
const ACTIVITY: Readonly<Record<Activity, AffectPoint>> = {
  resting: { valence: 0.08, arousal: -0.25 },
  working: { valence: -0.05, arousal: 0.08 },
  walking: { valence: 0.08, arousal: 0.12 },
  exercising: { valence: 0.12, arousal: 0.4 },
  travelling: { valence: -0.1, arousal: 0 },
};
const COMPANY: Readonly<Record<Company, AffectPoint>> = {
  alone: { valence: -0.04, arousal: -0.04 },
  together: { valence: 0.1, arousal: 0.08 },
};
const WEATHER: Readonly<Record<Weather, AffectPoint>> = {
  sunny: { valence: 0.04, arousal: 0.02 },
  cloudy: { valence: 0, arousal: 0 },
  rainy: { valence: -0.03, arousal: -0.02 },
  snowy: { valence: 0, arousal: -0.02 },
};

/**
 * Energy over the day as a cosine with its peak in the early afternoon and its trough at night; pleasantness follows it weakly (Clark, Watson &
 * Leeka 1989, Diurnal variation in the positive affects, Motivation and Emotion 13, 205; Thayer 1989, The biopsychology of mood and arousal).
 */
const PEAK_HOUR = 14;
const DAY_AROUSAL = 0.2;
const DAY_VALENCE = 0.04;
/** People are a little happier at weekends (Stone, Schneider & Harter 2012, Day-of-week mood patterns, J. Positive Psychology 7, 306). */
const WEEKEND_VALENCE = 0.05;

/** Words said within about so many hours of the clock count; further ones hardly. */
const HABIT_HOURS = 2;
/** A word of the other kind of day counts this much. */
const OTHER_DAY = 0.4;
/** The general prior counts like so many words of the listener's own. */
const PRIOR_WORDS = 6;

const isWeekend = (weekday: number): boolean => weekday === 0 || weekday === 6;

function shiftOfTime({ hour, weekday }: ClockTime): AffectPoint {
  const phase = Math.cos((2 * Math.PI * (hour - PEAK_HOUR)) / 24);
  return { valence: DAY_VALENCE * phase + (isWeekend(weekday) ? WEEKEND_VALENCE : 0), arousal: DAY_AROUSAL * phase };
}

/** How much a word said at one time of day says about another. @returns in [0, 1] */
function nearness(a: ClockTime, b: ClockTime): number {
  const apart = Math.abs(a.hour - b.hour);
  const hours = Math.min(apart, 24 - apart);
  return Math.exp(-0.5 * (hours / HABIT_HOURS) ** 2) * (isWeekend(a.weekday) === isWeekend(b.weekday) ? 1 : OTHER_DAY);
}

export interface Prior {
  readonly point: AffectPoint;
  /** Of the listener's own words, how many speak about this time of day; fractions add up. */
  readonly words: number;
  /** How many of time, activity, company and weather are known: 0 to 4. */
  readonly known: number;
}

/** The general prior moved towards what the listener said at this time of day, a mean in which the prior counts like `PRIOR_WORDS` words. */
function withHabit(
  prior: AffectPoint,
  clock: ClockTime | null,
  said: readonly SaidMood[],
): { readonly point: AffectPoint; readonly words: number } {
  const weights = said.map((word) => (clock ? nearness(clock, word) : 0));
  const words = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (of: (point: AffectPoint) => number) =>
    (PRIOR_WORDS * of(prior) + said.reduce((sum, word, i) => sum + (weights[i] ?? 0) * of(word), 0)) / (PRIOR_WORDS + words);
  return { point: { valence: mean((p) => p.valence), arousal: mean((p) => p.arousal) }, words };
}

/** Where the situation alone would put somebody on the mood plane; the origin when nothing is known. */
export function priorOf({ clock, activity, company, weather, said }: Situation): Prior {
  const shifts = [
    clock && shiftOfTime(clock),
    activity && ACTIVITY[activity.value],
    company && COMPANY[company.value],
    weather && WEATHER[weather],
  ].filter((shift) => shift !== null);
  const sum = (of: (shift: AffectPoint) => number) => shifts.reduce((total, shift) => total + of(shift), 0);
  const general = { valence: sum((s) => s.valence), arousal: sum((s) => s.arousal) };
  return { ...withHabit(general, clock, said), known: shifts.length };
}
