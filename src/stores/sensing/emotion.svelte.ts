import { CIRCUMPLEX } from '../../core/circumplex';
import type { Affect, EmotionEstimate, Observation } from '../../core/emotion';
import { codeOf } from '../../core/errors';
import type { AffectPoint, CorrectionLabel, FeedbackEvent, FusedEstimate } from '../../core/music';
import type { EpochMs, EstimateId, Milliseconds } from '../../core/units';
import { fuseEstimates } from '../../fusion/fuse';
import { smoothEstimate } from '../../fusion/smooth';
import type { ModalityId } from '../../modalities/registry';
import type { SyncInDatabase } from '../../storage/db';
import { putEstimate, thinEstimates } from '../../storage/rows/estimates';
import type { EmotionContract, NoticesContract } from '../contracts';
import type { FeedbackLog } from '../feedbackLog.svelte';
import { Timer } from '../timer';

interface Needs {
  readonly db: SyncInDatabase | null;
  readonly log: FeedbackLog;
  readonly notices: NoticesContract;
  readonly now: () => EpochMs;
  /** Told when `affect` may have changed; `isWord`: by the user's own word. */
  readonly onChanged?: (isWord: boolean) => void;
}

type Correction = NonNullable<EmotionContract['correction']>;

const STALE_AFTER_MS: Milliseconds = 10_000;
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
  readonly #staleTimer = new Timer();
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

  /** A sense or the simulator says something. Silence changes nothing here: the last estimate grows old by itself. */
  accept(observation: Observation<ModalityId>, simulated: boolean): void {
    if (observation.kind !== 'estimate') return;
    const { estimate } = observation;
    this.#bySense = new Map(this.#bySense).set(estimate.source, smoothEstimate(this.#bySense.get(estimate.source) ?? null, estimate));
    const now = this.needs.now();
    const fused = fuseEstimates([...this.#bySense.values()], { now, simulated });
    if (!fused) return;
    this.#latest = fused;
    this.#follow(fused, now);
    this.needs.onChanged?.(false);
  }

  /** A sense was switched off: it says nothing any more. */
  forget(id: ModalityId): void {
    const rest = new Map(this.#bySense);
    rest.delete(id);
    this.#bySense = rest;
  }

  /** Nothing of the simulated listener may pass for the user. */
  clear(): void {
    this.#staleTimer.clear();
    this.#latest = null;
    this.#isStale = false;
    this.#trail = [];
    this.#bySense = new Map();
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
    };
    this.#hold({ label, point: event.point, at }, WORD_HOLDS_MS);
    this.needs.log.append(event);
    this.needs.onChanged?.(true);
  }

  undoCorrection(): void {
    const { correction } = this;
    if (!correction) return;
    this.#release();
    this.needs.log.append({ kind: 'correction-undone', at: this.needs.now(), playlistId: null, affect: null, correctionAt: correction.at });
    this.needs.onChanged?.(true);
  }

  /** Ends the timers. */
  close(): void {
    this.#staleTimer.clear();
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

  #follow(fused: FusedEstimate, now: EpochMs): void {
    const age = Math.max(0, now - fused.at);
    this.#isStale = age >= STALE_AFTER_MS;
    if (!this.#isStale) this.#staleTimer.set(STALE_AFTER_MS - age, () => (this.#isStale = true));
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
