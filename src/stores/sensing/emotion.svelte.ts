import { CIRCUMPLEX } from '../../core/circumplex';
import type { Affect, EmotionEstimate, Observation } from '../../core/emotion';
import { codeOf } from '../../core/errors';
import type { AffectPoint, CorrectionLabel, FeedbackEvent, FusedEstimate } from '../../core/music';
import type { EpochMs, EstimateId, Milliseconds } from '../../core/units';
import type { SilenceReason } from '../../core/fusion';
import { smoothEstimate } from '../../fusion/smooth';
import type { ModalityId } from '../../modalities/registry';
import type { SyncInDatabase } from '../../storage/db';
import { putEstimate, thinEstimates } from '../../storage/rows/estimates';
import type { EmotionContract, NoticesContract } from '../contracts';
import type { FeedbackLog } from '../feedbackLog.svelte';
import { Timer } from '../timer';
import type { FusionStore } from './fusion/fusion.svelte';

interface Needs {
  readonly db: SyncInDatabase | null;
  readonly log: FeedbackLog;
  readonly fusion: Pick<FusionStore, 'fuse' | 'clear' | 'evidence'>;
  readonly notices: NoticesContract;
  readonly now: () => EpochMs;
  /** Told when `affect` may have changed; `isWord`: by the user's own word. */
  readonly onChanged?: (isWord: boolean) => void;
}

type Correction = NonNullable<EmotionContract['correction']>;

/** What was said fades, so while anything counts it is fused again when nobody speaks. */
const FADE_STEP_MS: Milliseconds = 1000;
const TRAIL_MS: Milliseconds = 300_000;
const TRAIL_STEP_MS: Milliseconds = 1000;
/** The user's word is good for this long, then the senses lead again. */
const WORD_HOLDS_MS: Milliseconds = 600_000;
/** A word names a region, not a point. */
const WORD_SD = 0.15;
/** One estimate in five seconds is kept: the journal needs no more. */
const KEEP_EVERY_MS: Milliseconds = 5000;
const MOST_SIMULATED = 720;
const THIN_EVERY_MS: Milliseconds = 3_600_000;
/** Calm is a region of the plane, not one of the seven. */
const CALM: AffectPoint = { valence: 0.6, arousal: -0.62 };

const pointOf = (label: CorrectionLabel): AffectPoint => (label === 'calm' ? CALM : CIRCUMPLEX[label]);

/** The fused estimate that the whole screen follows, and the user's word above it. Observations come from the session. */
export class EmotionStore implements EmotionContract {
  #latest = $state.raw<FusedEstimate | null>(null);
  #isStale = $state(false);
  #trail = $state.raw<readonly FusedEstimate[]>([]);
  #bySense = $state.raw<ReadonlyMap<ModalityId, EmotionEstimate<ModalityId>>>(new Map());
  #correction = $state.raw<Correction | null>(null);
  /** Simulated estimates are never stored; the journal shows those of this visit, marked. */
  #simulatedPast = $state.raw<readonly FusedEstimate[]>([]);
  readonly #silent = new Map<string, SilenceReason>();
  readonly #fadeTimer = new Timer();
  readonly #wordTimer = new Timer();
  #keptAt: EpochMs = -Infinity;
  #thinnedAt: EpochMs = -Infinity;

  constructor(private readonly needs: Needs) {}

  get latest(): FusedEstimate | null {
    return this.#latest;
  }

  get isStale(): boolean {
    return this.#isStale;
  }

  get trail(): readonly FusedEstimate[] {
    return this.#trail;
  }

  get bySense(): ReadonlyMap<ModalityId, EmotionEstimate<ModalityId>> {
    return this.#bySense;
  }

  get correction(): Correction | null {
    return this.#correction;
  }

  get simulatedPast(): readonly FusedEstimate[] {
    return this.#simulatedPast;
  }

  get affect(): Affect | null {
    const word = this.#correction;
    return word ? { ...word.point, valenceSd: WORD_SD, arousalSd: WORD_SD } : (this.#latest?.affect ?? null);
  }

  /** What feedback events may say of the listener: a simulated feeling is nobody's. */
  get feltPoint(): AffectPoint | null {
    if (this.#correction) return this.#correction.point;
    if (!this.#latest || this.#latest.simulated || this.#isStale) return null;
    const { valence, arousal } = this.#latest.affect;
    return { valence, arousal };
  }

  /** The real estimate that `affect` comes from; null while the user's word or a simulator leads. */
  get estimateId(): EstimateId | null {
    return this.#correction || !this.#latest || this.#latest.simulated ? null : this.#latest.id;
  }

  /** Takes up a word of the last minutes again after a reload. Call once the log is loaded. */
  restore(): void {
    const undone = new Set(this.needs.log.events.flatMap((event) => (event.kind === 'correction-undone' ? [event.correctionAt] : [])));
    const last = this.needs.log.events.findLast((event) => event.kind === 'emotion-corrected');
    if (last?.kind !== 'emotion-corrected' || undone.has(last.at)) return;
    const left = last.at + WORD_HOLDS_MS - this.needs.now();
    if (left > 0) this.#hold({ label: last.label, point: last.point, at: last.at }, left);
  }

  /** A sense or the simulator says something, or why it says nothing: what it said before then fades. */
  accept(observation: Observation<ModalityId>, simulated: boolean): void {
    if (observation.kind === 'absent') this.#silent.set(observation.source, observation.reason);
    else {
      const { estimate } = observation;
      this.#silent.delete(estimate.source);
      this.#bySense = new Map(this.#bySense).set(estimate.source, smoothEstimate(this.#bySense.get(estimate.source) ?? null, estimate));
    }
    this.#fuse(simulated);
  }

  /** A sense was switched off: it says nothing any more. */
  forget(id: ModalityId): void {
    const rest = new Map(this.#bySense);
    rest.delete(id);
    this.#bySense = rest;
    this.#silent.set(id, 'off');
    this.refuse();
  }

  /** The same words put together anew: another kind, another person's calibration, or simply later. */
  refuse(): void {
    if (this.#latest) this.#fuse(this.#latest.simulated);
  }

  /** Nothing of the simulated listener may pass for the user. */
  clear(): void {
    this.#fadeTimer.clear();
    this.#latest = null;
    this.#isStale = false;
    this.#trail = [];
    this.#bySense = new Map();
    this.#silent.clear();
    this.needs.fusion.clear();
    this.#keptAt = -Infinity;
    this.needs.onChanged?.(false);
  }

  correct(label: CorrectionLabel): void {
    const at = this.needs.now();
    const point = pointOf(label);
    const event: FeedbackEvent = {
      kind: 'emotion-corrected',
      at,
      playlistId: null,
      affect: this.feltPoint,
      estimateId: this.estimateId,
      label,
      point: { ...point },
      // What a simulated or long gone listener seemed to feel teaches nothing about this one.
      evidence: this.#latest && !this.#latest.simulated && !this.#isStale ? this.needs.fusion.evidence : null,
    };
    this.#hold({ label, point: event.point, at }, WORD_HOLDS_MS);
    this.needs.log.append(event);
    this.refuse();
    this.needs.onChanged?.(true);
  }

  undoCorrection(): void {
    const { correction } = this;
    if (!correction) return;
    this.#release();
    this.needs.log.append({ kind: 'correction-undone', at: this.needs.now(), playlistId: null, affect: null, correctionAt: correction.at });
    this.refuse();
    this.needs.onChanged?.(true);
  }

  /** Ends the timers. */
  close(): void {
    this.#fadeTimer.clear();
    this.#wordTimer.clear();
  }

  #hold(correction: Correction, forMs: Milliseconds): void {
    this.#correction = correction;
    this.#wordTimer.set(forMs, () => {
      this.#release();
      this.needs.onChanged?.(true);
    });
  }

  #release(): void {
    this.#wordTimer.clear();
    this.#correction = null;
  }

  #fuse(simulated: boolean): void {
    const now = this.needs.now();
    const state = this.needs.fusion.fuse({ now, simulated, estimates: [...this.#bySense.values()], silent: this.#silent });
    // When everything has faded the last thing known stays in sight, greyed.
    const isKnown = state?.parts.some(({ weight }) => weight > 0) ?? false;
    this.#isStale = !isKnown && this.#latest !== null;
    if (state && isKnown) {
      this.#latest = state.estimate;
      this.#follow(state.estimate, now);
      this.#fadeTimer.set(FADE_STEP_MS, () => this.refuse());
    } else this.#fadeTimer.clear();
    this.needs.onChanged?.(false);
  }

  #follow(fused: FusedEstimate, now: EpochMs): void {
    if (fused.at - (this.#trail.at(-1)?.at ?? -Infinity) >= TRAIL_STEP_MS) {
      this.#trail = [...this.#trail.filter(({ at }) => fused.at - at < TRAIL_MS), fused];
    }
    if (fused.at - this.#keptAt < KEEP_EVERY_MS) return;
    this.#keptAt = fused.at;
    if (fused.simulated) this.#simulatedPast = [...this.#simulatedPast.slice(-MOST_SIMULATED + 1), fused];
    else this.#keep(fused, now);
  }

  #keep(fused: FusedEstimate, now: EpochMs): void {
    const { db, notices } = this.needs;
    if (!db) return;
    const tell = (error: unknown) => notices.problem(codeOf(error));
    putEstimate(db, fused).catch(tell);
    if (now - this.#thinnedAt < THIN_EVERY_MS) return;
    this.#thinnedAt = now;
    thinEstimates(db, now).catch(tell);
  }
}
