import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TrackId } from '../../src/core/units';
import { connectMediaSession } from '../../src/player/mediaSession';
import { createPlayer, type Player } from '../../src/player/player';
import { sineWav } from './wav';

const song = (id: string, audio: Blob) => ({ trackId: id as TrackId, audio, level: { loudness: -14, peak: 0.3 } });
const settings = { volume: 0.5, volumeLimit: 1, isMuted: false, levelling: true, crossfade: 0 };

let player: Player | null = null;

function open(crossfade = 0) {
  const events = { onPosition: vi.fn(), onAdvanced: vi.fn(), onEnded: vi.fn(), onFailed: vi.fn(), onPlayingChanged: vi.fn() };
  player = createPlayer(events);
  player.apply({ ...settings, crossfade });
  return { player, events };
}

afterEach(async () => {
  vi.restoreAllMocks();
  await player?.close();
  player = null;
});

describe('player', () => {
  it('plays a song to its end and lets go of its URL', async () => {
    const revoked = vi.spyOn(URL, 'revokeObjectURL');
    const { player, events } = open();
    await player.play(song('a', sineWav(0.6)));
    expect(player.isPlaying).toBe(true);
    await vi.waitFor(() => expect(events.onEnded).toHaveBeenCalledOnce(), 5000);
    expect(player.duration).toBeCloseTo(0.6, 1);
    expect(player.isPlaying).toBe(false);
    expect(events.onPosition).toHaveBeenCalled();
    player.stop();
    expect(revoked).toHaveBeenCalledOnce();
  });

  it('goes on to the cued song without an end in between', async () => {
    const { player, events } = open();
    await player.play(song('a', sineWav(0.8)));
    player.cue(song('b', sineWav(0.8)));
    await vi.waitFor(() => expect(events.onAdvanced).toHaveBeenCalledWith('b'), 5000);
    expect(events.onEnded).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(events.onEnded).toHaveBeenCalledOnce(), 5000);
  });

  it('fades into a cued song, and cues a third while it does', async () => {
    const { player, events } = open(1);
    await player.play(song('a', sineWav(3)));
    player.cue(song('b', sineWav(3)));
    player.seek(1.6);
    await vi.waitFor(() => expect(events.onAdvanced).toHaveBeenCalledWith('b'), 5000);
    player.cue(song('c', sineWav(0.5)));
    await vi.waitFor(() => expect(events.onAdvanced).toHaveBeenCalledWith('c'), 8000);
    expect(events.onFailed).not.toHaveBeenCalled();
  });

  it('pauses, resumes and seeks', async () => {
    const { player, events } = open();
    await player.play(song('a', sineWav(5)));
    player.seek(3);
    player.pause();
    expect(player.isPlaying).toBe(false);
    expect(player.position).toBeCloseTo(3, 0);
    await player.resume();
    expect(player.isPlaying).toBe(true);
    player.seek(99);
    await vi.waitFor(() => expect(events.onEnded).toHaveBeenCalled(), 5000);
    expect(events.onPlayingChanged).not.toHaveBeenCalled();
  });

  it('reports a file that is no sound once, and plays the next one after it', async () => {
    const { player, events } = open();
    await player.play(song('broken', new Blob([new Uint8Array(500)], { type: 'audio/mpeg' })));
    await vi.waitFor(() => expect(events.onFailed).toHaveBeenCalledOnce(), 5000);
    expect(events.onFailed.mock.calls[0]?.[0]).toMatchObject({ code: 'player/cannot-play' });
    expect(events.onFailed.mock.calls[0]?.[1]).toBe('broken');
    await player.play(song('fine', sineWav(0.3)));
    await vi.waitFor(() => expect(events.onEnded).toHaveBeenCalledOnce(), 5000);
    expect(events.onFailed).toHaveBeenCalledOnce();
  });

  it('replaces a playing song without a false pause', async () => {
    const { player, events } = open();
    await player.play(song('a', sineWav(5)));
    await player.play(song('b', sineWav(5)));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(player.isPlaying).toBe(true);
    expect(events.onPlayingChanged).not.toHaveBeenCalled();
  });
});

describe('media session', () => {
  it('shows the song and passes the keys on', () => {
    const handlers = new Map<string, MediaSessionActionHandler | null>();
    const session = {
      metadata: null,
      playbackState: 'none',
      setPositionState: vi.fn(),
      setActionHandler: (action: string, handler: MediaSessionActionHandler | null) => {
        if (action === 'stop') throw new TypeError('unknown action');
        handlers.set(action, handler);
      },
    } as unknown as MediaSession;
    const commands = { play: vi.fn(), pause: vi.fn(), stop: vi.fn(), next: vi.fn(), previous: vi.fn(), seek: vi.fn(), position: () => 4 };
    const controls = connectMediaSession(session, commands);
    controls.show({ title: 'Song', artist: null, album: null, coverUrl: null });
    controls.setState('playing');
    controls.setPosition(12, 10);
    controls.setPosition(1, Number.NaN);
    expect(session.metadata?.title).toBe('Song');
    expect(session.setPositionState).toHaveBeenNthCalledWith(1, { duration: 10, position: 10, playbackRate: 1 });
    expect(session.setPositionState).toHaveBeenNthCalledWith(2);
    handlers.get('nexttrack')?.({ action: 'nexttrack' });
    handlers.get('seekbackward')?.({ action: 'seekbackward' });
    handlers.get('seekto')?.({ action: 'seekto', seekTime: 7 });
    expect(commands.next).toHaveBeenCalledOnce();
    expect(commands.seek.mock.calls).toEqual([[0], [7]]);
    controls.close();
    expect(handlers.get('play')).toBeNull();
  });

  it('does nothing where the browser has none', () => {
    const controls = connectMediaSession(null, {
      play() {},
      pause() {},
      stop() {},
      next() {},
      previous() {},
      seek() {},
      position: () => 0,
    });
    controls.show(null);
    controls.setPosition(1, 2);
    controls.close();
  });
});
