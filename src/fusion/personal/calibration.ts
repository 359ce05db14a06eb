import { EMOTIONS, type Emotion } from '../../core/emotion';
import type { PersonalCalibration } from '../../core/fusion';
import type { CorrectionEvidence, CorrectionLabel, FeedbackEvent } from '../../core/music';
import type { EpochMs, Milliseconds } from '../../core/units';
import { addSeven, softmax, topOf, type Seven } from '../distribution';

/** Nobody's word moves the fusion further than this. */
const MOST_BIAS = 1.5;
const MOST_FACTOR = 2;
/** Step sizes of one correction, and the most that it may change a factor's logarithm. */
const BIAS_RATE = 0.25;
const GAIN_RATE = 0.1;
const TEMPERATURE_RATE = 0.03;
const MOST_STEP = 0.15;
/**
 * People mostly speak up when the app is wrong, so that learning from every word alike would only teach doubt: a word that confirms
 * stands for several that were never said, and weighs so much more in the temperature. The senses' gains move against each other only.
 */
const CONFIRMED = 8;
/** What is learned is forgotten by this share with every further correction: moods of one week are no character. */
const FORGETTING = 0.02;

export const UNCALIBRATED: PersonalCalibration = {
  bias: Object.fromEntries(EMOTIONS.map((emotion) => [emotion, 0])) as unknown as Record<Emotion, number>,
  temperature: 1,
  gain: {},
  corrections: 0,
};

const within = (value: number, most: number) => Math.min(most, Math.max(-most, value));
/** Moves a positive factor by a bounded step in its logarithm, within [1/2, 2]. */
const scale = (factor: number, step: number) => {
  const kept = Math.log(factor) * (1 - FORGETTING) + within(step, MOST_STEP);
  return Math.exp(within(kept, Math.log(MOST_FACTOR)));
};

/** Seven log-odds with a person's gains, biases and temperature in them. */
export function applyCalibration({ shared, bySource }: CorrectionEvidence, { bias, temperature, gain }: PersonalCalibration): Seven {
  const biased = addSeven(
    shared,
    EMOTIONS.map((emotion) => bias[emotion]),
  );
  const total = Object.entries(bySource).reduce((sum, [source, logs]) => addSeven(sum, logs, gain[source] ?? 1), biased);
  return total.map((value) => value / temperature);
}

/** Calm is no class: it is told by neutral. */
export const classOf = (label: CorrectionLabel): number => EMOTIONS.indexOf(label === 'calm' ? 'neutral' : label);

/**
 * One bounded step down the log loss of the user's word: bias, gain of each sense that spoke, temperature.
 * @param evidence what the senses said, before any calibration
 */
export function learnCorrection(before: PersonalCalibration, evidence: CorrectionEvidence, label: CorrectionLabel): PersonalCalibration {
  const truth = classOf(label);
  const z = applyCalibration(evidence, before);
  const p = softmax(z);
  // Minus the gradient of the log loss in z.
  const pull = p.map((mass, k) => (k === truth ? 1 : 0) - mass);
  const along = (logs: Seven) => logs.reduce((sum, value, k) => sum + value * (pull[k] ?? 0), 0);
  const bias = EMOTIONS.map((emotion, k) => within(before.bias[emotion] * (1 - FORGETTING) + BIAS_RATE * (pull[k] ?? 0), MOST_BIAS));
  const steps = Object.entries(evidence.bySource).map(([source, logs]) => [source, GAIN_RATE * along(logs)] as const);
  const common = steps.reduce((sum, [, step]) => sum + step, 0) / Math.max(1, steps.length);
  const gain = Object.fromEntries(steps.map(([source, step]) => [source, scale(before.gain[source] ?? 1, step - common)]));
  return {
    bias: Object.fromEntries(EMOTIONS.map((emotion, k) => [emotion, bias[k] ?? 0])) as unknown as Record<Emotion, number>,
    temperature: scale(before.temperature, -TEMPERATURE_RATE * along(z) * (topOf(p) === truth ? CONFIRMED : 1)),
    gain: { ...before.gain, ...gain },
    corrections: before.corrections + 1,
  };
}

/** A second word so soon after the first replaces it: the finger slipped, or the word was not the right one yet. */
const REPLACES_MS: Milliseconds = 60_000;

type Correction = Extract<FeedbackEvent, { readonly kind: 'emotion-corrected' }>;

/**
 * The corrections that teach, oldest first: not the undone ones, not those without evidence (a simulated listener's, those of earlier
 * versions), not those before `since`, and of several within a minute the last.
 */
export function lessonsOf(
  events: readonly FeedbackEvent[],
  since: EpochMs,
): readonly { readonly evidence: CorrectionEvidence; readonly label: CorrectionLabel }[] {
  const undone = new Set(events.flatMap((event) => (event.kind === 'correction-undone' ? [event.correctionAt] : [])));
  const corrections = events.filter(
    (event): event is Correction => event.kind === 'emotion-corrected' && event.at >= since && !undone.has(event.at),
  );
  return corrections.flatMap(({ evidence, label, at }, i) => {
    const next = corrections[i + 1];
    return evidence && !(next && next.at - at < REPLACES_MS) ? [{ evidence, label }] : [];
  });
}

/**
 * Everything that the log of corrections teaches.
 * @returns null when nothing does
 */
export function calibrationOf(events: readonly FeedbackEvent[], since: EpochMs = -Infinity): PersonalCalibration | null {
  const lessons = lessonsOf(events, since);
  if (lessons.length === 0) return null;
  return lessons.reduce((learned, { evidence, label }) => learnCorrection(learned, evidence, label), UNCALIBRATED);
}
