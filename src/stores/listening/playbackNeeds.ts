import type { ListeningNeeds } from './listeningLog';
import type { ShowingNeeds } from './nowShowing';
import type { AudioAccess } from './openPlayable';
import type { QueueNeeds } from './playQueue.svelte';
import type { SoundNeeds } from './sound.svelte';

/** What playback is built from. */
export type PlaybackNeeds = AudioAccess &
  SoundNeeds &
  ListeningNeeds &
  ShowingNeeds &
  QueueNeeds & {
    /** Told when music stops: a good moment for what must not happen mid-song. */
    readonly onRest?: () => void;
  };
