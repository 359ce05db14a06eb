import type { AppStores } from '../../stores/contracts';

/** Play or pause; with nothing loaded yet, start the playlist that is ready. */
export async function playOrToggle({ playback, recommendation }: AppStores): Promise<void> {
  if (playback.trackId !== null) return playback.toggle();
  if (recommendation.playlist) return playback.playPlaylist(recommendation.playlist);
}
