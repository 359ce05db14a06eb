import { EMOTIONS } from '../../src/core/emotion';
import type { CorrectionEvidence, CorrectionLabel } from '../../src/core/music';
import { gaussian, seededRandom } from '../../src/core/random';
import { softmax, topOf, type Seven } from '../../src/fusion/distribution';
import { applyCalibration, learnCorrection, UNCALIBRATED } from '../../src/fusion/personal/calibration';
import type { PersonalCalibration } from '../../src/core/fusion';

/** What is peculiar about a simulated person. Typical people are there to see that nothing gets worse. */
const KINDS = ['typical', 'resting face', 'flat voice', 'strong face', 'own moods', 'everything'] as const;
type Kind = (typeof KINDS)[number];
const SENSES = ['face', 'voice', 'text'] as const;
type Sense = (typeof SENSES)[number];

interface Person {
  /** [7] how often each emotion is truly felt. */
  readonly moods: Seven;
  /** Log-odds that a sense adds to every one of its words about this person. */
  readonly leaning: Readonly<Record<Sense, Seven>>;
  /** How loudly a sense speaks, and how far the truth stands out of its noise. */
  readonly loudness: Readonly<Record<Sense, number>>;
  readonly truth: Readonly<Record<Sense, number>>;
}

interface Instant {
  readonly felt: number;
  readonly evidence: CorrectionEvidence;
}

const NEUTRAL: Seven = EMOTIONS.map(() => 0);
/** Everyday life is mostly neutral and pleasant. */
const MOODS: Seven = [0.4, 0.25, 0.12, 0.09, 0.05, 0.03, 0.06];
/**
 * Distance of the truth from the rest in standard deviations of a sense's noise; its square over a word's log-odds makes them calibrated for
 * a typical person. With all seven alike a sense alone is right in 51, 45 and 38 % of moments.
 */
const TRUTH: Readonly<Record<Sense, number>> = { face: 1.3, voice: 1.1, text: 0.9 };

function createPerson(kind: Kind, random: () => number): Person {
  const is = (...kinds: readonly Kind[]) => kind === 'everything' || kinds.includes(kind);
  const towards = Math.floor(2 + random() * 5);
  const leaning = EMOTIONS.map((_, k) => (k === towards ? 2 : 0));
  const scaled = MOODS.map((mood) => mood * (is('own moods') ? Math.exp(0.9 * gaussian(random)) : 1));
  const total = scaled.reduce((a, b) => a + b, 0);
  return {
    moods: scaled.map((mood) => mood / total),
    leaning: { face: is('resting face') ? leaning : NEUTRAL, voice: NEUTRAL, text: NEUTRAL },
    loudness: { face: is('strong face') ? 1.8 : 1, voice: 1, text: 1 },
    truth: { ...TRUTH, ...(is('flat voice') && { voice: 0.1 }) },
  };
}

function draw(p: Seven, random: () => number): number {
  let left = random();
  const found = p.findIndex((mass) => (left -= mass) < 0);
  return found < 0 ? 0 : found;
}

/** One moment: what is felt, and what three senses say of it, in log-odds around their mean. */
function live({ moods, leaning, loudness, truth }: Person, random: () => number): Instant {
  const felt = draw(moods, random);
  const bySource = Object.fromEntries(
    SENSES.map((sense) => {
      const raw = EMOTIONS.map((_, k) => truth[sense] * ((k === felt ? truth[sense] : 0) + gaussian(random)) + (leaning[sense][k] ?? 0));
      const mean = raw.reduce((a, b) => a + b, 0) / raw.length;
      return [sense, raw.map((value) => loudness[sense] * (value - mean))];
    }),
  );
  return { felt, evidence: { shared: NEUTRAL, bySource } };
}

export interface Quality {
  readonly accuracy: number;
  readonly logLoss: number;
  readonly ece: number;
}

function judge(instants: readonly Instant[], learned: PersonalCalibration): Quality {
  const bins = Array.from({ length: 10 }, () => ({ n: 0, right: 0, sure: 0 }));
  let [right, loss] = [0, 0];
  for (const { felt, evidence } of instants) {
    const p = softmax(applyCalibration(evidence, learned));
    const sure = Math.max(...p);
    const isRight = topOf(p) === felt;
    const bin = bins[Math.min(9, Math.floor(sure * 10))];
    if (bin) Object.assign(bin, { n: bin.n + 1, right: bin.right + Number(isRight), sure: bin.sure + sure });
    right += Number(isRight);
    loss -= Math.log(Math.max(p[felt] ?? 0, 1e-6));
  }
  const n = instants.length;
  return { accuracy: right / n, logLoss: loss / n, ece: bins.reduce((sum, bin) => sum + Math.abs(bin.sure - bin.right) / n, 0) };
}

/** People mostly speak up when the app is wrong: that bias is part of the simulation. */
const SPEAKS_UP = { wrong: 0.3, right: 0.03 };
const HELD_OUT = 400;
/** Four digits: what a repeat on another machine gives as well. */
const rounded = (x: number): number => Math.round(x * 10_000) / 10_000;
export const AFTER = [0, 5, 10, 20, 40] as const;

/** Quality on moments never learned from, after so many corrections each. */
function follow(kind: Kind, seed: number): readonly Quality[] {
  const random = seededRandom(seed);
  const person = createPerson(kind, random);
  const held = Array.from({ length: HELD_OUT }, () => live(person, random));
  let learned = UNCALIBRATED;
  return AFTER.map((wanted) => {
    while (learned.corrections < wanted) {
      const { felt, evidence } = live(person, random);
      const isRight = topOf(softmax(applyCalibration(evidence, learned))) === felt;
      if (random() < (isRight ? SPEAKS_UP.right : SPEAKS_UP.wrong)) {
        learned = learnCorrection(learned, evidence, EMOTIONS[felt] as CorrectionLabel);
      }
    }
    return judge(held, learned);
  });
}

export interface PeopleReport {
  readonly kind: Kind;
  readonly people: number;
  /** Means over the people, one for each count in `AFTER`. */
  readonly after: readonly (Quality & { readonly corrections: number })[];
  /** Change of accuracy from none to the most corrections: mean and 5th percentile over people. */
  readonly gain: number;
  readonly worst: number;
  /** Share of people with a lower log loss after the most corrections. */
  readonly helped: number;
}

/** What corrections are worth to simulated people of several kinds. Seeded. */
export function simulatePeople(people = 40): readonly PeopleReport[] {
  return KINDS.map((kind, k): PeopleReport => {
    const courses = Array.from({ length: people }, (_, i) => follow(kind, 1000 * (k + 1) + i));
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const last = AFTER.length - 1;
    const gains = courses.map((course) => (course[last]?.accuracy ?? 0) - (course[0]?.accuracy ?? 0)).sort((a, b) => a - b);
    return {
      kind,
      people,
      after: AFTER.map((corrections, i) => ({
        corrections,
        accuracy: rounded(mean(courses.map((course) => course[i]?.accuracy ?? 0))),
        logLoss: rounded(mean(courses.map((course) => course[i]?.logLoss ?? 0))),
        ece: rounded(mean(courses.map((course) => course[i]?.ece ?? 0))),
      })),
      gain: rounded(mean(gains)),
      worst: rounded(gains[Math.floor(0.05 * people)] ?? 0),
      helped: courses.filter((course) => (course[last]?.logLoss ?? 0) < (course[0]?.logLoss ?? 0)).length / people,
    };
  });
}
