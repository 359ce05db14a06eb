import type { CancelSignal, Timed } from '../../core/units';
import type { SensorOptions } from '../modality';
import { clockTime } from './clock';
import type { ContextFrame } from './frame';
import { situationOf, type ContextFeed } from './feed';
import { MotionEpochs } from './motion';
import { TypingPace } from './typing';

export interface ContextSensorOptions extends SensorOptions {
  readonly feed: ContextFeed;
  /** Told what the next frame will hold. */
  readonly onSituation?: (situation: ContextFrame) => void;
}

/** Listens to the page only while its part is switched on. */
class Listener {
  #off: (() => void) | null = null;

  constructor(private readonly start: () => () => void) {}

  set(isOn: boolean): void {
    if (isOn === (this.#off !== null)) return;
    if (isOn) this.#off = this.start();
    else this.end();
  }

  end(): void {
    this.#off?.();
    this.#off = null;
  }
}

function listen<K extends keyof WindowEventMap>(type: K, see: (event: WindowEventMap[K]) => void): () => void {
  addEventListener(type, see, { passive: true });
  return () => removeEventListener(type, see);
}

/** The situation now, whenever it changes, and every two seconds, until `signal` aborts. Needs no device and asks for nothing. */
export async function* openSensor(
  signal: CancelSignal,
  { feed, onSituation }: ContextSensorOptions,
): AsyncGenerator<Timed<ContextFrame>, void> {
  const motion = new MotionEpochs();
  const pace = new TypingPace();
  const motionListener = new Listener(() =>
    listen('devicemotion', ({ accelerationIncludingGravity: a }) => {
      if (a && a.x !== null && a.y !== null && a.z !== null && motion.add(performance.now(), a.x, a.y, a.z)) feed.wake();
    }),
  );
  const typingListener = new Listener(() => listen('keydown', () => pace.press(performance.now())));
  try {
    while (!signal.aborted) {
      const { stated } = feed;
      motionListener.set(stated.parts.includes('motion'));
      typingListener.set(stated.parts.includes('typing'));
      const at = Date.now();
      const measured = { clock: clockTime(at), motion: motion.activity, isAtWork: pace.isAtWork(performance.now()) };
      const value = situationOf(stated, measured);
      onSituation?.(value);
      yield { at, value };
      if (!signal.aborted) await feed.next(signal);
    }
  } finally {
    motionListener.end();
    typingListener.end();
  }
}
