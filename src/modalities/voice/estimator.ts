import { affectOf } from '../../core/circumplex';
import type { AbsenceReason, Affect, EmotionEstimate, EmotionProbabilities, Observation } from '../../core/emotion';
import { AppError } from '../../core/errors';
import type { EpochMs, EstimateId, Milliseconds, Seconds, Timed, UnitInterval } from '../../core/units';
import { readLogits, temperedSoftmax } from '../../ml/readLogits';
import type { Session } from '../../ml/session';
import type { Estimator, EstimatorOptions } from '../modality';
import { floatsOf, readAffect } from '../modelAnswer';
import { isSong } from './activity/songLikeness';
import { SAMPLE_RATE, type Heard, type VoiceFrame, type VoiceReading } from './frame';
import { BANDS, HOP } from './frontEnd/melStream';
import { CAPACITY, SpeechWindow, type SpeechStretch } from './frontEnd/speechWindow';
import { Learner } from './profile/learner';
import { SpeakerProfile } from './profile/speakerProfile';
import { crossCheck, type CrossCheck } from './prosody/crossCheck';
import { cuesOf, distancesOf } from './prosody/cues';
import { PitchStream } from './prosody/pitchStream';
import { measureProsody, traitsOf } from './prosody/prosody';
import { voiceQuality } from './prosody/quality';
import { readLive, SILENT, type Judgement } from './reading';

/** One observation every half second of sound. */
const EVERY: Milliseconds = 500;
/** Speech that ended longer ago says nothing about now. */
const STALE: Seconds = 3;
/** Six tenths of a second of speech: a word or two. */
const FEWEST_FRAMES = 38;
/** Below it a stretch of speech is not worth a guess. */
const POOR_SIGNAL = 0.1;
/** Better speech only is what a voice usually sounds like. */
const LEARNABLE = 0.3;

/** Why there is nothing to judge, by what there is to hear instead. */
const REASONS: Readonly<Record<Heard, AbsenceReason>> = {
  speech: 'warming-up',
  silence: 'no-speech',
  'too-quiet': 'too-quiet',
  'not-speech': 'not-speech',
};

/** What the model says of a stretch of speech, whoever speaks. */
interface Answer {
  readonly probabilities: EmotionProbabilities;
  /** [2] valence, arousal. */
  readonly point: Float32Array;
  /** P(calm | neutral or calm): calm voices have an output of their own; null when the model knows one neutral. */
  readonly calmShare: UnitInterval | null;
}

function calmShareOf(logits: Float32Array, { manifest }: Session): UnitInterval | null {
  const [neutral, calm] = (manifest.labels ?? []).flatMap((label, i) => (label === 'neutral' ? [i] : []));
  if (neutral === undefined || calm === undefined) return null;
  const masses = temperedSoftmax(logits, manifest);
  const mass = masses[calm] ?? 0;
  return mass / Math.max(1e-12, mass + (masses[neutral] ?? 0));
}

async function askModel(session: Session, stretch: SpeechStretch, profile: Float32Array): Promise<Answer> {
  const outputs = await session.run({
    mel: { data: stretch.mel, shape: [1, stretch.frames, BANDS] },
    profile: { data: profile, shape: [1, BANDS] },
  });
  const logits = floatsOf(outputs, 'logits', session.manifest);
  const { probabilities } = readLogits(logits, session.manifest);
  return { probabilities, point: floatsOf(outputs, 'affect', session.manifest), calmShare: calmShareOf(logits, session) };
}

/** The model's point moves as far as the mean of its distribution does when that is weighed beside a person's calm voice. */
function moved(point: Float32Array, from: EmotionProbabilities, to: EmotionProbabilities): readonly number[] {
  const [before, after] = [affectOf(from), affectOf(to)];
  return [(point[0] ?? 0) + after.valence - before.valence, (point[1] ?? 0) + after.arousal - before.arousal];
}

class VoiceEstimator implements Estimator<VoiceFrame, 'voice'> {
  readonly baseline: SpeakerProfile;
  readonly #learner: Learner;
  #window = new SpeechWindow();
  #pitch = new PitchStream(CAPACITY);
  #take: number | null = null;
  #next = 0;
  #hopAt: EpochMs = -Infinity;
  /** Newest frame that was judged. */
  #answered = -1;
  #shown = 0;
  #wasSpeech = false;
  #judged: Judgement = SILENT;
  #reading: VoiceReading | null = null;

  constructor(
    private readonly session: Session,
    private readonly options: EstimatorOptions,
  ) {
    const { name, version } = session.manifest;
    this.baseline = new SpeakerProfile(`${name} ${version}`);
    this.#learner = new Learner(this.baseline);
  }

  get reading(): VoiceReading | null {
    return this.#reading;
  }

  async push({ at, value: frame }: Timed<VoiceFrame>): Promise<Observation<'voice'> | null> {
    this.#follow(frame);
    this.baseline.tick(at);
    const isSpeech = frame.isSpeech.includes(1);
    this.#window.push(frame);
    this.#pitch.push(frame.samples, isSpeech || this.#wasSpeech);
    this.#wasSpeech = isSpeech;
    const observation = at - this.#hopAt < EVERY ? null : await this.#observe(at, frame);
    this.#reading = readLive(frame, this.#window, this.#pitch, this.#shown, this.#judged);
    this.#shown = this.#window.count;
    return observation;
  }

  reset(): void {
    this.#learner.reset();
    this.#begin();
    this.#take = null;
    this.#hopAt = -Infinity;
    this.#reading = null;
  }

  /** Another microphone, or lost sound: nothing of before may be mixed with it. */
  #follow({ source, sampleTime, samples }: VoiceFrame): void {
    if (source.take !== this.#take || sampleTime !== this.#next) {
      this.#learner.finish();
      this.#learner.reset();
      this.#begin();
    }
    this.#take = source.take;
    this.#next = sampleTime + samples.length;
  }

  #begin(): void {
    this.#window = new SpeechWindow();
    this.#pitch = new PitchStream(CAPACITY);
    this.#answered = -1;
    this.#shown = 0;
    this.#judged = SILENT;
  }

  async #observe(at: EpochMs, frame: VoiceFrame): Promise<Observation<'voice'> | null> {
    this.#hopAt = at;
    const absent = (reason: AbsenceReason): Observation<'voice'> => ({ kind: 'absent', source: 'voice', at, reason });
    if (this.#window.silentFor > STALE) {
      this.#learner.finish();
      this.#judged = SILENT;
      return absent(REASONS[frame.heard]);
    }
    const stretch = this.#window.read();
    if (stretch.spoken < FEWEST_FRAMES) return absent('warming-up');
    const newest = stretch.numbers.at(-1) ?? -1;
    // Nothing was said since: the same evidence does not count twice.
    if (newest === this.#answered) return null;
    if (isSong(stretch)) {
      this.#judged = SILENT;
      return absent('not-speech');
    }
    const judged = this.#measure(at, stretch, frame);
    if (judged.quality < POOR_SIGNAL) return absent('poor-signal');
    this.#answered = newest;
    return { kind: 'estimate', estimate: await this.#estimate(at, stretch, judged) };
  }

  #now(): Milliseconds {
    return this.options.clock?.() ?? 0;
  }

  #measure(at: EpochMs, stretch: SpeechStretch, { noiseFloor }: VoiceFrame): Judgement {
    const started = this.#now();
    const prosody = measureProsody(stretch, this.#pitch);
    const { overall: quality } = voiceQuality({ ...stretch, noiseFloor, voiced: prosody.voiced });
    const traits = traitsOf(prosody);
    if (quality >= LEARNABLE) this.#learner.follow(at, stretch, traits);
    this.#judged = { prosody, quality, cues: cuesOf(distancesOf(this.baseline, traits)), check: null, calm: null };
    this.options.onStage?.('features', this.#now() - started);
    return this.#judged;
  }

  #check({ prosody }: Judgement, { arousal }: Affect): CrossCheck | null {
    return prosody && crossCheck(distancesOf(this.baseline, traitsOf(prosody)), arousal);
  }

  async #estimate(at: EpochMs, stretch: SpeechStretch, judged: Judgement): Promise<EmotionEstimate<'voice'>> {
    const asked = this.#now();
    const { probabilities: said, point, calmShare } = await askModel(this.session, stretch, this.baseline.bandsWith(stretch));
    const probabilities = this.baseline.weigh(said);
    const affect = readAffect(moved(point, said, probabilities), probabilities, judged.quality);
    this.#judged = { ...judged, check: this.#check(judged, affect), calm: calmShare === null ? null : calmShare * probabilities.neutral };
    this.options.onStage?.('model', this.#now() - asked);
    const { name, version } = this.session.manifest;
    return {
      probabilities,
      confidence: Math.max(...Object.values(probabilities)),
      affect,
      id: `voice-${at}` as EstimateId,
      source: 'voice',
      at,
      windowMs: (stretch.frames * HOP * 1000) / SAMPLE_RATE,
      signalQuality: judged.quality,
      // The worker's handlers know when the estimate was ready; a pure room has no clock.
      latencyMs: 0,
      models: [{ name, version }],
    };
  }
}

/**
 * How something is said: every half second of sound the latest speech (at most three seconds of the last six) through the model, beside
 * how this person usually sounds. Absent with what there is to hear instead of speech, while there is too little of it, and when
 * the signal is poor; null where nothing was said since the last estimate.
 */
export function createEstimator([session]: readonly Session[], options: EstimatorOptions = {}): Estimator<VoiceFrame, 'voice'> {
  if (!session) throw new AppError('model/unavailable', 'voice needs the session of voice-emotion');
  return new VoiceEstimator(session, options);
}
