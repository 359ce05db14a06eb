import type { AbsenceReason, EmotionEstimate, Observation } from '../../core/emotion';
import { AppError } from '../../core/errors';
import type { EpochMs, EstimateId, Milliseconds, Seconds, Timed, UnitInterval } from '../../core/units';
import { readLogits, temperedSoftmax } from '../../ml/readLogits';
import type { Session } from '../../ml/session';
import type { Estimator, EstimatorOptions } from '../modality';
import { floatsOf, readAffect } from '../modelAnswer';
import { SAMPLE_RATE, type Heard, type VoiceFrame, type VoiceReading } from './frame';
import { BANDS, HOP } from './frontEnd/melStream';
import { CAPACITY, SpeechWindow, type SpeechStretch } from './frontEnd/speechWindow';
import { Learner } from './profile/learner';
import { SpeakerProfile } from './profile/speakerProfile';
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

interface Answer extends Pick<EmotionEstimate, 'probabilities' | 'confidence' | 'affect'> {
  readonly calm: UnitInterval | null;
}

/** Share of the second neutral output (calm voices) in all; null when the model knows one neutral. */
function calmOf(logits: Float32Array, { manifest }: Session): UnitInterval | null {
  const neutral = (manifest.labels ?? []).flatMap((label, i) => (label === 'neutral' ? [i] : []));
  const calm = neutral[1];
  return calm === undefined ? null : (temperedSoftmax(logits, manifest)[calm] ?? 0);
}

async function askModel(session: Session, stretch: SpeechStretch, profile: Float32Array, quality: UnitInterval): Promise<Answer> {
  const outputs = await session.run({
    mel: { data: stretch.mel, shape: [1, stretch.frames, BANDS] },
    profile: { data: profile, shape: [1, BANDS] },
  });
  const logits = floatsOf(outputs, 'logits', session.manifest);
  const { probabilities, confidence } = readLogits(logits, session.manifest);
  const affect = readAffect(floatsOf(outputs, 'affect', session.manifest), probabilities, quality);
  return { probabilities, confidence, affect, calm: calmOf(logits, session) };
}

class VoiceEstimator implements Estimator<VoiceFrame, 'voice'> {
  readonly baseline = new SpeakerProfile();
  readonly #learner = new Learner(this.baseline);
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
  ) {}

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
    this.#judged = { prosody, quality, cues: cuesOf(distancesOf(this.baseline, traits)), calm: null };
    this.options.onStage?.('features', this.#now() - started);
    return this.#judged;
  }

  async #estimate(at: EpochMs, stretch: SpeechStretch, judged: Judgement): Promise<EmotionEstimate<'voice'>> {
    const asked = this.#now();
    const { calm, ...answer } = await askModel(this.session, stretch, this.baseline.bandsWith(stretch), judged.quality);
    this.#judged = { ...judged, calm };
    this.options.onStage?.('model', this.#now() - asked);
    const { name, version } = this.session.manifest;
    return {
      ...answer,
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
