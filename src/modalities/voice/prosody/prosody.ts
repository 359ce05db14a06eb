import type { Hertz, UnitInterval } from '../../../core/units';
import { columnMeans, deviation, mean } from '../../../dsp/statistics';
import { glottalPulses, type GlottalPulse } from '../../../dsp/voice/glottalPulses';
import { jitterLocal, shimmerLocal } from '../../../dsp/voice/perturbation';
import { syllableNuclei } from '../../../dsp/voice/syllableNuclei';
import { SAMPLE_RATE, type DecibelFullScale } from '../frame';
import type { SpeechStretch } from '../frontEnd/speechWindow';
import { BANDS, HOP } from '../frontEnd/melStream';
import type { Traits } from '../profile/tally';
import type { PitchStream, PitchTrack } from './pitchStream';

/** How a stretch of speech sounds, apart from what is said; null where it does not show. */
export interface Prosody {
  /** Median of the voiced frames. */
  readonly f0: Hertz | null;
  /** Standard deviation of the voiced frames, semitones. */
  readonly f0Range: number | null;
  /** Frames with a pitch per frame of speech. */
  readonly voiced: UnitInterval;
  readonly level: DecibelFullScale;
  /** Syllables per second of speech. */
  readonly speechRate: number | null;
  /** Mean absolute difference of neighbouring periods over the mean period. */
  readonly jitter: number | null;
  /** The same of their amplitudes. */
  readonly shimmer: number | null;
  /** Mean harmonics-to-noise ratio of the voiced frames, dB. */
  readonly hnr: number | null;
  /** Mean level above 1 kHz minus that below, dB: a tense voice is brighter. */
  readonly tilt: number;
}

/** Speech too short to count syllables in, frames. */
const COUNTABLE = 47;
/** Voiced frames from which pitch can be told. */
const FEWEST_VOICED = 6;
/** The bands below 1 kHz on Slaney's scale: 15 of 45.2 mel. */
const LOW_BANDS = Math.round((15 / 45.25) * BANDS);
/** Perturbation of this many voiced stretches, the longest, and of this many frames of each (half a second) tells enough. */
const MOST_STRETCHES = 3;
const MOST_VOICED = 31;

export const semitonesOf = (f0: Hertz): number => 12 * Math.log2(f0 / 100);

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? null;
}

interface VoicedRun {
  readonly first: number;
  readonly f0: readonly Hertz[];
}

/** Voiced frames that follow each other, longest first. */
function voicedRuns(numbers: readonly number[], f0: PitchTrack['f0']): VoicedRun[] {
  const runs: { first: number; f0: Hertz[] }[] = [];
  for (const [i, number] of numbers.entries()) {
    const pitch = f0[i] ?? null;
    if (pitch === null) continue;
    const last = runs.at(-1);
    if (last && last.first + last.f0.length === number) last.f0.push(pitch);
    else runs.push({ first: number, f0: [pitch] });
  }
  return runs.sort((a, b) => b.f0.length - a.f0.length);
}

function pulsesOf(pitch: PitchStream, { first, f0: all }: VoicedRun): readonly GlottalPulse[] {
  const f0 = all.slice(0, MOST_VOICED);
  const sound = pitch.soundOf(first, first + f0.length - 1);
  const f0At = (sample: number): Hertz => f0[Math.min(f0.length - 1, Math.max(0, Math.floor(sample / HOP)))] ?? 100;
  return glottalPulses(sound, SAMPLE_RATE, { from: 0, to: sound.length }, f0At);
}

/** Measures the speech that the model is about to be asked about. */
export function measureProsody(stretch: SpeechStretch, pitch: PitchStream): Prosody {
  const { numbers, frames, spoken, mel, level } = stretch;
  const { f0, hnr, intensity } = pitch.track(numbers);
  const voiced = f0.filter((one) => one !== null);
  const isPitched = voiced.length >= FEWEST_VOICED;
  const pulses = voicedRuns(numbers, f0)
    .slice(0, MOST_STRETCHES)
    .map((run) => pulsesOf(pitch, run));
  const pure = hnr.filter((one) => one !== null);
  const bands = columnMeans(mel, BANDS);
  return {
    f0: isPitched ? median(voiced) : null,
    f0Range: isPitched ? deviation(voiced.map(semitonesOf)) : null,
    voiced: spoken > 0 ? Math.min(1, voiced.length / spoken) : 0,
    level,
    speechRate:
      spoken < COUNTABLE ? null : syllableNuclei(intensity, (i) => (f0[i] ?? null) !== null).length / ((spoken * HOP) / SAMPLE_RATE),
    jitter: jitterLocal(pulses),
    shimmer: shimmerLocal(pulses),
    hnr: pure.length >= FEWEST_VOICED ? mean(pure) : null,
    tilt: frames > 0 ? mean(bands.subarray(LOW_BANDS)) - mean(bands.subarray(0, LOW_BANDS)) : 0,
  };
}

/** What of it is compared with how this person usually speaks. */
export function traitsOf({ f0, f0Range, level, speechRate, hnr, tilt }: Prosody): Traits {
  return { pitch: f0 === null ? null : semitonesOf(f0), range: f0Range, energy: level, rate: speechRate, harmonicity: hnr, tilt };
}
