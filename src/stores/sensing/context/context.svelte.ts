import { AppError, codeOf } from '../../../core/errors';
import type { FeedbackEvent } from '../../../core/music';
import type { ContextPart, SaidMood, Situation } from '../../../core/records/situation';
import type { EpochMs, Milliseconds } from '../../../core/units';
import { priorOf } from '../../../modalities/context/features';
import { ContextFeed, type StatedContext } from '../../../modalities/context/feed';
import type { NoticesContract, SettingsContract } from '../../contracts';
import type { SenseFollower } from '../session.svelte';
import type { ContextContract, SaidSituation } from './contextContract';

interface Needs {
  readonly settings: SettingsContract;
  readonly notices: NoticesContract;
  readonly log: { readonly events: readonly FeedbackEvent[] };
  readonly now: () => EpochMs;
  /** Local hour and weekday of a moment. */
  readonly clockOf: (at: EpochMs) => { readonly hour: number; readonly weekday: number };
  /** Faces that the face sense sees; null while it is off. */
  readonly faces: () => number | null;
  readonly motion: MotionAccess;
}

export interface MotionAccess {
  readonly canMove: boolean;
  /** Asks where the browser wants to be asked; must be called from a click. */
  ask(): Promise<boolean>;
}

/** What somebody does changes within hours, the weather more slowly. */
const LASTS: Readonly<Record<keyof SaidSituation, Milliseconds>> = { activity: 7_200_000, company: 7_200_000, weather: 21_600_000 };
const NOTHING: SaidSituation = { activity: null, company: null, weather: null };
const NEVER = { activity: 0, company: 0, weather: 0 };
/** The latest words: habits change too. */
const MOST_WORDS = 200;

/** The listener's own words on their situation, and what the sense made of it. Kept for this visit only. */
export class ContextStore implements ContextContract, SenseFollower {
  #situation = $state.raw<Situation | null>(null);
  #said = $state.raw<SaidSituation>(NOTHING);
  #saidAt: Readonly<Record<keyof SaidSituation, EpochMs>> = NEVER;
  readonly isSimulated = false;
  readonly feed = new ContextFeed(() => this.#stated());
  readonly sensorOptions = { feed: this.feed, onSituation: (situation: Situation) => (this.#situation = situation) };
  readonly words = $derived(this.#situation ? priorOf(this.#situation).words : 0);

  constructor(private readonly needs: Needs) {}

  get parts(): readonly ContextPart[] {
    return this.needs.settings.value.contextParts;
  }

  get situation(): Situation | null {
    return this.#situation;
  }

  get said(): SaidSituation {
    return this.#said;
  }

  get canMove(): boolean {
    return this.needs.motion.canMove;
  }

  async setPart(part: ContextPart, isOn: boolean): Promise<void> {
    const { settings, motion, notices } = this.needs;
    try {
      if (part === 'motion' && isOn && !(await motion.ask())) throw new AppError('sensor/permission-denied', 'no motion sensor');
      const rest = this.parts.filter((other) => other !== part);
      await settings.update({ contextParts: isOn ? [...rest, part] : rest });
      this.feed.wake();
    } catch (error) {
      notices.problem(codeOf(error));
    }
  }

  say(said: Partial<SaidSituation>): void {
    const now = this.needs.now();
    this.#said = { ...this.#said, ...said };
    this.#saidAt = { ...this.#saidAt, ...Object.fromEntries(Object.keys(said).map((key) => [key, now])) };
    this.feed.wake();
  }

  onOpened(): Promise<void> {
    return Promise.resolve();
  }

  /** What the estimator says goes to the emotion store; the situation came with the frame. */
  onResult(): void {}

  onEnd(): void {
    this.#situation = null;
  }

  #stated(): StatedContext {
    this.#forgetOld();
    return { parts: this.parts, ...this.#said, faces: this.needs.faces(), said: this.#saidMoods() };
  }

  #forgetOld(): void {
    const now = this.needs.now();
    const isOld = (key: keyof SaidSituation) => this.#said[key] !== null && now - this.#saidAt[key] > LASTS[key];
    const { activity, company, weather } = this.#said;
    if (!(['activity', 'company', 'weather'] as const).some(isOld)) return;
    this.#said = {
      activity: isOld('activity') ? null : activity,
      company: isOld('company') ? null : company,
      weather: isOld('weather') ? null : weather,
    };
  }

  /** Words that were taken back say nothing. */
  #saidMoods(): readonly SaidMood[] {
    const { log, clockOf } = this.needs;
    const undone = new Set(log.events.flatMap((event) => (event.kind === 'correction-undone' ? [event.correctionAt] : [])));
    const words = log.events.flatMap((event) =>
      event.kind === 'emotion-corrected' && !undone.has(event.at) ? [{ ...event.point, ...clockOf(event.at) }] : [],
    );
    return words.slice(-MOST_WORDS);
  }
}
