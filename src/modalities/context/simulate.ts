import { seededRandom } from '../../core/random';
import { ACTIVITIES, COMPANIES, WEATHERS, type SaidMood, type Situation } from '../../core/records/situation';
import type { EpochMs, Milliseconds, Timed } from '../../core/units';

const MINUTE: Milliseconds = 60_000;
/** Every quarter of an hour of a day. */
const STEPS = 96;

const NOTHING: Situation = { clock: null, activity: null, company: null, weather: null, said: [] };

/** A day of somebody who says a little about it now and then; before they allow anything, nothing is known. The same seed gives the same day. */
export function* simulate(seed: number): Generator<Timed<Situation>> {
  const random = seededRandom(seed);
  const one = <T>(of: readonly [T, ...T[]]): T => of[Math.floor(random() * of.length)] ?? of[0];
  const weekday = Math.floor(random() * 7);
  const said: SaidMood[] = [];
  let { activity, company }: Pick<Situation, 'activity' | 'company'> = NOTHING;
  const weather = random() < 0.5 ? one(WEATHERS) : null;
  yield { at: 0, value: NOTHING };
  for (let step = 1; step < STEPS; step++) {
    const at: EpochMs = step * 15 * MINUTE;
    const clock = { hour: step / 4, weekday };
    if (random() < 0.15) activity = { value: one(ACTIVITIES), isSaid: random() < 0.5 };
    if (random() < 0.1) company = { value: one(COMPANIES), isSaid: random() < 0.5 };
    if (random() < 0.05) said.push({ ...clock, valence: 2 * random() - 1, arousal: 2 * random() - 1 });
    yield { at, value: { clock, activity, company, weather, said: [...said] } };
  }
}
