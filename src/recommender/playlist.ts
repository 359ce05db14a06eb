import type { Playlist, StrategyId, StrategyInput } from '../core/music';
import { seededRandom } from '../core/random';
import type { EstimateId, PlaylistId } from '../core/units';
import { strategies } from './registry';

export const PLAYLIST_LENGTH = 10;

export interface PlaylistRequest extends Omit<StrategyInput, 'random' | 'length'> {
  readonly id: PlaylistId;
  readonly strategy: StrategyId;
  readonly basedOn: EstimateId | null;
  readonly seed: number;
  readonly length?: number;
}

/** A list with its reasons and with all that is needed to make the same list again. */
export function createPlaylist({ id, strategy, basedOn, seed, length = PLAYLIST_LENGTH, ...input }: PlaylistRequest): Playlist {
  const { affect, target, context } = input;
  return {
    id,
    createdAt: context.at,
    strategy,
    basedOn,
    from: { valence: affect.valence, arousal: affect.arousal },
    target,
    seed,
    items: strategies[strategy].rank({ ...input, random: seededRandom(seed), length }),
  };
}
