import type { Affect } from '../../core/emotion';
import type { AffectPoint } from '../../core/music';
import type { LibraryRow } from '../../stores/contracts';
import type { Mood } from '../words/mood';
import type { Opinion } from './opinion';

/** What a mood plane can show; each screen gives the parts it has. */
export interface PlaneParts {
  readonly name: string;
  readonly you?: Affect | null;
  /** Shape inside your point; null draws a question mark. */
  readonly mood?: Mood | null;
  readonly youCap?: string | null;
  /** The estimate, while your own word leads. */
  readonly ghost?: AffectPoint | null;
  readonly isStale?: boolean;
  readonly trail?: readonly AffectPoint[];
  readonly opinions?: readonly Opinion[];
  readonly songs?: readonly LibraryRow[];
  readonly stations?: readonly AffectPoint[];
  /** Index of the station that plays. */
  readonly station?: number;
  readonly areStationsCounted?: boolean;
  readonly path?: readonly AffectPoint[];
  readonly isPathSolid?: boolean;
  readonly target?: AffectPoint | null;
  /** Given: the target can be moved. */
  readonly ontarget?: (point: AffectPoint) => void;
  /** Whose place the target is: where the music should go, or where a song lies. */
  readonly targetOf?: 'music' | 'song';
  readonly isMini?: boolean;
}
