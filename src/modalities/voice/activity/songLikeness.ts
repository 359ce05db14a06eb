import { BANDS, type MelWindow } from '../frontEnd/melStream';

/** Bands from here on are treble: above 2.6 kHz. */
const TREBLE = 40;
/** No frame's loudness counts as lower, dB below the loudest. */
const QUIETEST_DB = -50;
/** Two seconds; what a shorter stretch says weighs less. */
const ENOUGH_FRAMES = 120;

/** Of training/voice/songs.py: logistic regression on stretches of 450 songs and of four corpora of speech. */
const WEIGHTS = { quietShare: -11.214, trebleChange: 3.125, loudnessChange: -3.901 } as const;
const OFFSET = 3.046;
/** Log odds from which a stretch is no speech: 98 % of what the dev speakers said without music lies below. */
const BORDER = 1.104;

/** What tells music from speech (after Scheirer and Slaney 1997): speech has gaps, and all of its spectrum rises and falls together. */
interface SongMeasures {
  /** Share of the frames with less than half the mean power. */
  readonly quietShare: number;
  /** Mean absolute change of the treble from one frame to the next, dB. */
  readonly trebleChange: number;
  /** The same of the loudness. */
  readonly loudnessChange: number;
}

function measure({ frames, mel }: MelWindow): SongMeasures {
  const powers = Array.from({ length: frames }, (_, t) => framePower(mel, t));
  const half = powers.reduce((sum, power) => sum + power, 0) / frames / 2;
  const loudness = powers.map((power) => Math.max(QUIETEST_DB, 10 * Math.log10(power + 1e-9)));
  let trebleChange = 0;
  let loudnessChange = 0;
  for (let t = 1; t < frames; t++) {
    for (let band = TREBLE; band < BANDS; band++)
      trebleChange += Math.abs((mel[t * BANDS + band] ?? 0) - (mel[(t - 1) * BANDS + band] ?? 0));
    loudnessChange += Math.abs((loudness[t] ?? 0) - (loudness[t - 1] ?? 0));
  }
  const steps = Math.max(1, frames - 1);
  return {
    quietShare: powers.filter((power) => power < half).length / Math.max(1, frames),
    trebleChange: trebleChange / (BANDS - TREBLE) / steps,
    loudnessChange: loudnessChange / steps,
  };
}

/** Mean power of a frame's bands, re the loudest band of the window. */
function framePower(mel: Float32Array, frame: number): number {
  let power = 0;
  for (let i = frame * BANDS; i < (frame + 1) * BANDS; i++) power += 10 ** ((mel[i] ?? 0) / 10);
  return power / BANDS;
}

/** Log odds that a stretch is sung or played rather than spoken; nearer to 0 the shorter it is. */
export function songLikeness(stretch: MelWindow): number {
  const { quietShare, trebleChange, loudnessChange } = measure(stretch);
  const odds = OFFSET + WEIGHTS.quietShare * quietShare + WEIGHTS.trebleChange * trebleChange + WEIGHTS.loudnessChange * loudnessChange;
  return odds * Math.min(1, stretch.frames / ENOUGH_FRAMES);
}

/** Voice activity calls singing a voice; a song says nothing about who hears it. */
export const isSong = (stretch: MelWindow): boolean => songLikeness(stretch) >= BORDER;
