import type { Seconds } from '../core/units';

export interface MediaCommands {
  play(): void;
  pause(): void;
  stop(): void;
  next(): void;
  previous(): void;
  seek(to: Seconds): void;
  position(): Seconds;
}

export interface NowShowing {
  readonly title: string;
  readonly artist: string | null;
  readonly album: string | null;
  /** Object URL of the cover. */
  readonly coverUrl: string | null;
}

/** The lock screen, the media keys and the headset's button. */
export interface MediaControls {
  show(now: NowShowing | null): void;
  setState(state: 'playing' | 'paused' | 'none'): void;
  setPosition(position: Seconds, duration: Seconds): void;
  close(): void;
}

const SKIP: Seconds = 10;

const handlersFor = (commands: MediaCommands): readonly [MediaSessionAction, (details: MediaSessionActionDetails) => void][] => [
  ['play', () => commands.play()],
  ['pause', () => commands.pause()],
  ['stop', () => commands.stop()],
  ['nexttrack', () => commands.next()],
  ['previoustrack', () => commands.previous()],
  ['seekforward', ({ seekOffset }) => commands.seek(commands.position() + (seekOffset ?? SKIP))],
  ['seekbackward', ({ seekOffset }) => commands.seek(Math.max(0, commands.position() - (seekOffset ?? SKIP)))],
  [
    'seekto',
    ({ seekTime }) => {
      if (seekTime !== undefined) commands.seek(seekTime);
    },
  ],
];

/** @param session `navigator.mediaSession`; null in browsers without it, then the controls do nothing. */
export function connectMediaSession(session: MediaSession | null, commands: MediaCommands): MediaControls {
  const setHandler = (action: MediaSessionAction, handler: MediaSessionActionHandler | null) => {
    try {
      session?.setActionHandler(action, handler);
    } catch (error) {
      // A TypeError: this browser does not know the action, so it has no button for it either.
      if (!(error instanceof TypeError)) throw error;
    }
  };
  for (const [action, handler] of handlersFor(commands)) setHandler(action, handler);
  return {
    show(now) {
      if (!session) return;
      session.metadata =
        now &&
        new MediaMetadata({
          title: now.title,
          artist: now.artist ?? '',
          album: now.album ?? '',
          artwork: now.coverUrl === null ? [] : [{ src: now.coverUrl }],
        });
    },
    setState(state) {
      if (session) session.playbackState = state;
    },
    setPosition(position, duration) {
      if (!session) return;
      // A position beyond the duration, or none at all, is a TypeError.
      if (duration > 0 && Number.isFinite(duration))
        session.setPositionState({ duration, position: Math.min(Math.max(0, position), duration), playbackRate: 1 });
      else session.setPositionState();
    },
    close() {
      for (const [action] of handlersFor(commands)) setHandler(action, null);
    },
  };
}
