import type { EpochMs } from '../../../core/units';
import { MOST_FRAMES } from '../frontEnd/melStream';
import type { SpeechStretch } from '../frontEnd/speechWindow';
import { sliceWindow } from '../frontEnd/trimEdges';
import type { SpeakerProfile } from './speakerProfile';
import type { Traits } from './tally';

interface Judged {
  readonly at: EpochMs;
  readonly stretch: SpeechStretch;
  readonly traits: Traits;
  readonly generation: number;
}

/** Indices of the rising numbers after `learnt` and before `before`; an empty range where there is none. */
function between(numbers: readonly number[], learnt: number, before: number): { readonly from: number; readonly to: number } {
  const from = numbers.findIndex((number) => number > learnt);
  const to = numbers.findLastIndex((number) => number < before) + 1;
  return from < 0 ? { from: 0, to: 0 } : { from, to };
}

/**
 * Tells a profile what it has not heard yet: speech is learnt once it has left the sliding window, so that "earlier speech" never
 * holds what is being judged, and every frame once. Frame numbers must ascend; `finish` before they begin anew.
 */
export class Learner {
  #last: Judged | null = null;
  #learntTo = -1;
  #traitsTo = -1;

  constructor(private readonly profile: SpeakerProfile) {}

  /** @param stretch the speech that is judged now, overlapping the one before or not */
  follow(at: EpochMs, stretch: SpeechStretch, traits: Traits): void {
    if (this.#last) this.#learn(this.#last, stretch.numbers[0] ?? Infinity);
    this.#last = { at, stretch, traits, generation: this.profile.generation };
  }

  /** The speech is over: what was judged last is earlier speech from now on. */
  finish(): void {
    if (this.#last) this.#learn(this.#last, Infinity);
    this.#last = null;
  }

  /** Another signal, whose frames are counted anew; what was not learnt is dropped. */
  reset(): void {
    this.#last = null;
    this.#learntTo = this.#traitsTo = -1;
  }

  #learn({ at, stretch, traits, generation }: Judged, before: number): void {
    if (generation !== this.profile.generation) return;
    const { numbers } = stretch;
    const { from, to } = between(numbers, this.#learntTo, before);
    if (to <= from) return;
    // Stretches overlap; of those whose traits are learnt, none may.
    const isWhole = before === Infinity || stretch.frames === MOST_FRAMES;
    const isNew = isWhole && (numbers[0] ?? 0) > this.#traitsTo;
    if (isNew) this.#traitsTo = numbers.at(-1) ?? this.#traitsTo;
    this.#learntTo = numbers[to - 1] ?? this.#learntTo;
    this.profile.learn(at, sliceWindow(stretch, { from, to }), isNew ? traits : null);
  }
}
