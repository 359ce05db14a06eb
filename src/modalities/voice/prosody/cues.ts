import type { SpeakerProfile } from '../profile/speakerProfile';
import { TRAITS, type Trait, type Traits } from '../profile/tally';

/** One way in which the voice now differs from the same person's average. */
export interface VoiceCue {
  readonly trait: Trait;
  /** Standard deviations of the person's own speech; positive is higher, livelier, louder, faster, clearer, brighter. */
  readonly distance: number;
}

/** Own spreads below these are chance of a few sentences: semitones, semitones, dB, syllables per second, dB, dB. */
const LEAST_SPREAD: Readonly<Record<Trait, number>> = { pitch: 1, range: 0.7, energy: 2, rate: 0.6, harmonicity: 1.5, tilt: 2 };
/** What is nearer is said of nobody. */
const NOTABLE = 1;

/** How far each trait lies from the person's average; null while either is unknown. */
export function distancesOf(profile: SpeakerProfile, traits: Traits): Traits {
  const entries = TRAITS.map((trait) => [trait, profile.distance(trait, traits[trait], LEAST_SPREAD[trait])] as const);
  return Object.fromEntries(entries) as unknown as Traits;
}

/** What stands out, most notable first. */
export function cuesOf(distances: Traits): readonly VoiceCue[] {
  return TRAITS.flatMap((trait) => {
    const distance = distances[trait];
    return distance === null || Math.abs(distance) < NOTABLE ? [] : [{ trait, distance }];
  }).sort((a, b) => Math.abs(b.distance) - Math.abs(a.distance));
}
