import type { EpochMs, TrackId } from '../../../core/units';
import type { LibraryEvent } from '../../../library/pipeline/pipelineEvents';
import type { SyncInDatabase } from '../../../storage/db';
import type { NoticesContract } from '../../contracts';
import type { FeedbackLog } from '../../feedbackLog.svelte';
import type { Pipeline } from './pipelineVerbs';

/** What the library store is made of. */
export interface LibraryNeeds {
  readonly db: SyncInDatabase | null;
  readonly log: FeedbackLog;
  readonly notices: NoticesContract;
  readonly now: () => EpochMs;
  /** null when nothing can be stored: then there is no library. */
  readonly createPipeline: ((onEvent: (event: LibraryEvent) => void) => Pipeline) | null;
  /** Told when songs or analyses came or went. */
  readonly onChanged?: () => void;
  readonly onRemoved?: (trackIds: readonly TrackId[]) => void;
  /** Told of each analysis that ends well. */
  readonly onAnalysed?: () => void;
  /** Told after files were taken in. */
  readonly onImported?: () => void;
}
