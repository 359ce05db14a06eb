import { createAttention, type Network } from './attention';
import { createEarly } from './early';
import type { Weights } from './weights';

/** How past answers speak into the present one; learned. */
export interface MemoryParameters {
  /** Their say falls by 63 % in this time, s. */
  readonly tau: number;
  /** How much more those that resemble the present count. */
  readonly likeness: number;
  /** Their say, as a factor of their mean log-probabilities, when the newest is of this moment. */
  readonly gain: number;
}

/** The learned half of fusion. */
export interface FusionNetwork {
  readonly attention: Network;
  readonly early: Network;
  readonly memory: MemoryParameters;
  /** [64] unit norm: where a listener at this point of the mood plane stands among the songs' embeddings. */
  readonly placeAmongSongs: (valence: number, arousal: number) => Float32Array;
}

/** Width of the songs' embeddings (models/music-emotion). */
const EMBEDDING = 64;
const MEMORY_PARAMETERS = 3;

/** Products of valence and arousal up to the second order. */
export const momentsOf = (valence: number, arousal: number): readonly number[] => [
  ...[1, valence, arousal],
  ...[valence * arousal, valence ** 2, arousal ** 2],
];

/** @throws AppError 'model/manifest-invalid' when a tensor or a number is missing */
export function createNetwork(weights: Weights): FusionNetwork {
  const moments = momentsOf(0, 0).length;
  const songs = weights.tensor('songs', EMBEDDING, moments);
  const [tau = 0, likeness = 0, gain = 0] = weights.tensor('memory', MEMORY_PARAMETERS);
  return {
    attention: createAttention(weights),
    early: createEarly(weights),
    memory: { tau, likeness, gain },
    placeAmongSongs: (valence, arousal) => {
      const phi = momentsOf(valence, arousal);
      const place = Float32Array.from({ length: EMBEDDING }, (_, row) =>
        phi.reduce((sum, value, i) => sum + value * (songs[row * moments + i] ?? 0), 0),
      );
      const norm = Math.hypot(...place) || 1;
      return place.map((value) => value / norm);
    },
  };
}
