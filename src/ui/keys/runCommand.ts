import type { AppStores } from '../../stores/contracts';
import { router } from '../route/router.svelte';
import { playOrToggle } from '../player/playOrToggle';
import type { Command } from './keymap';

/** Carries out a key's command; `showHelp` opens the list of keys. */
export function runCommand(command: Command, stores: AppStores, showHelp: () => void): void {
  const { playback, emotion, session } = stores;
  const actions: { [K in Command['kind']]: (command: Extract<Command, { kind: K }>) => void } = {
    'toggle-play': () => void playOrToggle(stores),
    seek: ({ by }) => playback.seek(Math.min(playback.duration, Math.max(0, playback.position + by))),
    previous: () => void playback.previous(),
    next: () => void playback.next(),
    like: () => playback.rate(playback.rating === 'like' ? 'none' : 'like'),
    dislike: () => playback.rate(playback.rating === 'dislike' ? 'none' : 'dislike'),
    volume: ({ by }) => playback.setVolume(Math.min(1, Math.max(0, playback.volume + by))),
    feel: ({ mood }) => emotion.correct(mood),
    strategy: () => router.go('now', 'strategy'),
    target: () => router.go('now', 'target'),
    search: () => router.go('library', 'search'),
    go: ({ screen }) => router.go(screen),
    help: showHelp,
    'stop-sensing': () => session.stopAll(),
  };
  (actions[command.kind] as (command: Command) => void)(command);
}
