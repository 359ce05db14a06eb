import type { Company, ContextPart, Known, SaidMood, Situation, Weather, Activity } from '../../core/records/situation';
import type { CancelSignal, Milliseconds } from '../../core/units';

/** What the page knows of the situation; the sensor adds the clock and what it measures. */
export interface StatedContext {
  readonly parts: readonly ContextPart[];
  /** Said by the listener, and not yet too long ago. */
  readonly activity: Activity | null;
  readonly company: Company | null;
  readonly weather: Weather | null;
  /** Faces that the face sense sees; null while it is off. */
  readonly faces: number | null;
  readonly said: readonly SaidMood[];
}

/** Time passes and words grow old: so often a new frame comes although nothing else changed. */
const EVERY: Milliseconds = 2000;

/** Where the sense finds what the page knows, and hears that it changed. */
export class ContextFeed {
  #wake: (() => void) | null = null;

  /** @param read what is stated now; asked for every frame */
  constructor(private readonly read: () => StatedContext) {}

  get stated(): StatedContext {
    return this.read();
  }

  /** Something changed: the next frame comes at once. */
  wake(): void {
    this.#wake?.();
  }

  /** Resolves when something changed, two seconds passed, or `signal` aborts. */
  next(signal: CancelSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.wake(), EVERY);
      const wake = () => this.wake();
      this.#wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#wake = null;
        resolve();
      };
      signal.addEventListener('abort', wake);
    });
  }
}

export interface Measured {
  readonly clock: Situation['clock'];
  readonly motion: Activity | null;
  readonly isAtWork: boolean;
}

const said = <T>(value: T | null): Known<T> | null => (value === null ? null : { value, isSaid: true });
const noticed = <T>(value: T | null): Known<T> | null => (value === null ? null : { value, isSaid: false });

type Has = (part: ContextPart) => boolean;

function noticedActivity({ motion, isAtWork }: Measured, has: Has): Activity | null {
  if (has('motion') && motion) return motion;
  return has('typing') && isAtWork ? 'working' : null;
}

/** One face is the listener's own; that nobody else is in the picture does not say that they are alone. */
const noticedCompany = ({ faces }: StatedContext, has: Has): Company | null => (has('faces') && (faces ?? 0) > 1 ? 'together' : null);

/** What the listener said wins over what was measured; what is switched off is not known. */
export function situationOf(stated: StatedContext, measured: Measured): Situation {
  const has: Has = (part) => stated.parts.includes(part);
  return {
    clock: has('time') ? measured.clock : null,
    activity: said(stated.activity) ?? noticed(noticedActivity(measured, has)),
    company: said(stated.company) ?? noticed(noticedCompany(stated, has)),
    weather: has('weather') ? stated.weather : null,
    said: has('habit') && has('time') ? stated.said : [],
  };
}
