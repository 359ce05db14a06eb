import type { Strategy, StrategyId } from '../core/music';
import { calm } from './strategies/calm';
import { contrast } from './strategies/contrast';
import { explore } from './strategies/explore';
import { lift } from './strategies/lift';
import { match } from './strategies/match';
import { target } from './strategies/target';

/** Adding a strategy is adding its id in core/music.ts and its line here. */
export const strategies: Readonly<Record<StrategyId, Strategy<StrategyId>>> = { match, lift, calm, contrast, explore, target };
