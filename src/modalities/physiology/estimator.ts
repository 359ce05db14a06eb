import type { AbsenceReason, EmotionEstimate, Observation } from '../../core/emotion';
import { AppError } from '../../core/errors';
import type { EpochMs, EstimateId, Milliseconds, Timed, UnitInterval } from '../../core/units';
import type { Session } from '../../ml/session';
import type { Estimator, EstimatorOptions } from '../modality';
import { PARTS, RestBaseline, type Part } from './baseline';
import { CONTEXT, HEART_FEATURES, heartFeatures, MINUTE_RATE, SKIN_FEATURES, SKIN_RATE, skinFeatures, WINDOW } from './features';
import type { PhysiologyFrame } from './frame';
import { isExerciseRate, Movement } from './vitals/activity';
import { HeartSeries } from './vitals/heartSeries';
import { SkinSeries } from './vitals/skinSeries';
import { LastMinutes, SmoothedOdds } from './vitals/lastMinutes';
import { affectOfStress, probabilitiesOfStress } from './vitals/stressToEmotion';

/** One observation every five seconds of signal. */
const HOP: Milliseconds = 5000;
/** A sensor that said nothing for so long is not heard. */
const SILENCE: Milliseconds = 10_000;
/** Below it a window is not worth a guess. */
const POOR_SIGNAL = 0.5;
/** No model is surer than that, and odds stay finite. */
const LEAST_DOUBT = 1e-6;
/** A window may lack a tenth of its minute. */
const FILLED = 0.9;

interface Reading {
  readonly row: Float64Array;
  readonly quality: UnitInterval;
}

/** What one sensor has to say: its features, or why not. */
type Heard = Reading | Extract<AbsenceReason, 'no-contact' | 'poor-signal' | 'warming-up'>;

const isReading = (heard: Heard): heard is Reading => typeof heard !== 'string';

/** Signals of the last five minutes. */
class Signals {
  readonly heart = new HeartSeries();
  readonly skin = new SkinSeries();
  readonly movement = new Movement();
  #contactLostAt: EpochMs | null = null;
  #heardSince: EpochMs | null = null;

  push(frame: Timed<PhysiologyFrame>): void {
    const { hasContact, eda, acceleration } = frame.value;
    this.#heardSince ??= frame.at;
    if (hasContact !== null) this.#contactLostAt = hasContact ? null : frame.at;
    if (hasContact !== false) this.heart.push(frame);
    if (eda) this.skin.push(frame.at, eda);
    if (acceleration) this.movement.push(frame.at, acceleration);
  }

  hearHeart(at: EpochMs, since: EpochMs): Heard {
    const { newest } = this.heart;
    if (this.#contactLostAt !== null) return 'no-contact';
    if (newest === null || at - newest > SILENCE) return this.#whySilent(at);
    const { values, measured, cleanness } = this.heart.windowUntil(at, since);
    if (values.length < FILLED * WINDOW) return 'warming-up';
    const quality = measured * cleanness;
    return quality < POOR_SIGNAL ? 'poor-signal' : { row: heartFeatures(values), quality };
  }

  hearSkin(at: EpochMs, since: EpochMs): Heard {
    const { newest } = this.skin;
    if (newest === null || at - newest > SILENCE) return this.#whySilent(at);
    const { values, measured, contact, quality } = this.skin.windowUntil(at, since);
    if (values.length < FILLED * WINDOW * SKIN_RATE) return 'warming-up';
    if (contact < POOR_SIGNAL) return 'no-contact';
    return measured * quality < POOR_SIGNAL ? 'poor-signal' : { row: skinFeatures(values), quality: measured * quality };
  }

  clear(): void {
    this.heart.clear();
    this.skin.clear();
    this.movement.clear();
    this.#contactLostAt = null;
    this.#heardSince = null;
  }

  /** A device that has only just begun to speak may still name what it measures. */
  #whySilent(at: EpochMs): 'no-contact' | 'warming-up' {
    const isNew = this.#heardSince !== null && at - this.#heardSince <= SILENCE;
    return isNew && this.#contactLostAt === null ? 'warming-up' : 'no-contact';
  }
}

/** The better of two excuses: what only needs time before what needs the user. */
function reasonOf(heard: readonly Heard[]): AbsenceReason {
  const reasons = heard.filter((one) => typeof one === 'string');
  return (['warming-up', 'poor-signal', 'no-contact'] as const).find((reason) => reasons.includes(reason)) ?? 'warming-up';
}

const FEATURES = HEART_FEATURES + SKIN_FEATURES;
type Features = Readonly<Partial<Record<Part, Float64Array>>>;

/** Features beside the rest, then beside the last minutes, 0 where a part is not known; then which parts are. */
function toInput(z: Features, beside: Features): Float32Array {
  const input = new Float32Array(2 * FEATURES + 2);
  for (const [half, known] of [z, beside].entries()) {
    if (known.heart) input.set(known.heart, half * FEATURES);
    if (known.skin) input.set(known.skin, half * FEATURES + HEART_FEATURES);
  }
  input.set([z.heart ? 1 : 0, z.skin ? 1 : 0], 2 * FEATURES);
  return input;
}

async function askModel(session: Session, input: Float32Array): Promise<UnitInterval> {
  const { manifest } = session;
  const outputs = await session.run({ [manifest.inputs[0]?.name ?? 'features']: { data: input, shape: [1, input.length] } });
  const stress = outputs['stress']?.data[0];
  if (typeof stress !== 'number' || !Number.isFinite(stress)) {
    throw new AppError('model/run-failed', `${manifest.name} gave no finite "stress"`);
  }
  return Math.min(1, Math.max(0, stress));
}

/** An answer of the model, followed over the last minute. */
function smoothed(stress: UnitInterval, at: EpochMs, odds: SmoothedOdds): UnitInterval {
  const p = Math.min(1 - LEAST_DOUBT, Math.max(LEAST_DOUBT, stress));
  return 1 / (1 + Math.exp(-odds.follow(Math.log(p / (1 - p)), at)));
}

function spreadsOf({ manifest }: Session): Readonly<Record<Part, readonly number[]>> {
  const spread = manifest.preprocess.std ?? [];
  if (spread.length !== FEATURES) {
    throw new AppError('model/manifest-invalid', `${manifest.name}: preprocess.std must hold the spread of every feature`);
  }
  return { heart: spread.slice(0, HEART_FEATURES), skin: spread.slice(HEART_FEATURES) };
}

function absent(at: EpochMs, reason: AbsenceReason): Observation<'physiology'> {
  return { kind: 'absent', source: 'physiology', at, reason };
}

class BodyEstimator implements Estimator<PhysiologyFrame, 'physiology'> {
  readonly baseline: RestBaseline;
  readonly #signals = new Signals();
  readonly #before = { heart: new LastMinutes(), skin: new LastMinutes() };
  readonly #odds = new SmoothedOdds();
  #restSince: EpochMs | null = null;
  #hopAt: EpochMs = -Infinity;

  constructor(
    private readonly session: Session,
    private readonly options: EstimatorOptions,
  ) {
    this.baseline = new RestBaseline(spreadsOf(session));
  }

  async push(frame: Timed<PhysiologyFrame>): Promise<Observation<'physiology'> | null> {
    // Time that runs backwards is another recording: nothing of the last one may leak into it.
    if (frame.at < this.#hopAt - HOP) this.reset();
    this.#signals.push(frame);
    this.baseline.tick(frame.at);
    if (frame.at - this.#hopAt < HOP) return null;
    this.#hopAt = frame.at;
    return this.#observe(frame.at);
  }

  reset(): void {
    this.#signals.clear();
    this.#forget();
    this.#hopAt = -Infinity;
  }

  /** What was said and seen of this person before. */
  #forget(): void {
    for (const part of PARTS) this.#before[part].clear();
    this.#odds.clear();
  }

  async #observe(at: EpochMs): Promise<Observation<'physiology'>> {
    const started = this.#now();
    const since = this.baseline.recordingSince ?? -Infinity;
    const heard = { heart: this.#signals.hearHeart(at, since), skin: this.#signals.hearSkin(at, since) };
    const readings = PARTS.flatMap((part) => (isReading(heard[part]) ? [[part, heard[part]] as const] : []));
    if (readings.length === 0) return absent(at, reasonOf(Object.values(heard)));
    if (this.#isExercise(at, heard.heart)) return absent(at, 'moving');
    const rows = Object.fromEntries(readings.map(([part, { row }]) => [part, row]));
    this.baseline.record(at, rows);
    const z = this.baseline.normalise(at, rows);
    const beside = this.#besideBefore(at, z);
    this.options.onStage?.('features', this.#now() - started);
    const used = readings.filter(([part]) => z[part]).map(([, { quality }]) => quality);
    // No rest to compare with, or a recording that runs: rates are shown, arousal is not.
    if (used.length === 0 || this.baseline.state.kind !== 'ready') return absent(at, 'warming-up');
    return { kind: 'estimate', estimate: await this.#estimate(at, toInput(z, beside), Math.max(...used)) };
  }

  /** Beside another rest the earlier minutes mean nothing. */
  #besideBefore(at: EpochMs, z: Features): Features {
    const { state } = this.baseline;
    const since = state.kind === 'ready' ? state.since : null;
    if (since !== this.#restSince) this.#forget();
    this.#restSince = since;
    return {
      ...(z.heart && { heart: this.#before.heart.beside(z.heart, at) }),
      ...(z.skin && { skin: this.#before.skin.beside(z.skin, at) }),
    };
  }

  #now(): Milliseconds {
    return this.options.clock?.() ?? 0;
  }

  /** The body at work says nothing about feelings. Without a known rest only acceleration tells. */
  #isExercise(at: EpochMs, heart: Heard): boolean {
    if (this.#signals.movement.isMoving(at)) return true;
    const resting = this.baseline.restingRate;
    return resting !== null && isReading(heart) && isExerciseRate(heart.row[MINUTE_RATE] ?? resting, resting);
  }

  async #estimate(at: EpochMs, input: Float32Array, quality: UnitInterval): Promise<EmotionEstimate<'physiology'>> {
    const asked = this.#now();
    const stress = smoothed(await askModel(this.session, input), at, this.#odds);
    this.options.onStage?.('model', this.#now() - asked);
    const probabilities = probabilitiesOfStress(stress);
    const { name, version } = this.session.manifest;
    return {
      id: `physiology-${at}` as EstimateId,
      source: 'physiology',
      at,
      windowMs: CONTEXT * 1000,
      probabilities,
      affect: affectOfStress(stress, quality),
      // Under equal priors the largest probability is the chance that its label is right.
      confidence: Math.max(...Object.values(probabilities)),
      signalQuality: quality,
      // The worker's handlers know when the estimate was ready; a pure room has no clock.
      latencyMs: 0,
      models: [{ name, version }],
    };
  }
}

/**
 * Heart and skin against the person's own rest: P(acute stress), told as arousal with its standard deviation. Every five seconds
 * an observation: absent until a rest is known and a minute of signal is there, without contact, with a poor signal, and while the
 * body is at work.
 */
export function createEstimator([session]: readonly Session[], options: EstimatorOptions = {}): Estimator<PhysiologyFrame, 'physiology'> {
  if (!session) throw new AppError('model/unavailable', 'physiology needs the session of physiology-arousal');
  return new BodyEstimator(session, options);
}
