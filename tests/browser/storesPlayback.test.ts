import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/core/errors';
import type { Playlist, RankedTrack, Track } from '../../src/core/music';
import type { PlaylistId, TrackId } from '../../src/core/units';
import type { MediaCommands } from '../../src/player/mediaSession';
import type { Player, PlayerEvents } from '../../src/player/player';
import { listPlaylists } from '../../src/storage/rows/playlists';
import { PlaybackStore } from '../../src/stores/listening/playback.svelte';
import { analysis, createWorld, endWorld, NOON, settle, track, type World } from './support/storeWorld';

let world: World;
let playback: PlaybackStore | null = null;

beforeEach(async () => {
  world = await createWorld();
});
afterEach(async () => {
  await playback?.close();
  playback = null;
  endWorld(world);
});

const id = (text: string) => text as TrackId;
const ids = (...texts: string[]) => texts.map(id);
const ranked = (trackId: string): RankedTrack => ({
  trackId: id(trackId),
  score: 1,
  reasons: [{ feature: 'liked', weight: 1, contribution: 1 }],
});
const list = (name: string, ...songs: string[]): Playlist => ({
  id: name as PlaylistId,
  createdAt: NOON,
  strategy: 'match',
  basedOn: null,
  from: { valence: 0, arousal: 0 },
  target: null,
  seed: 1,
  items: songs.map(ranked),
});

/** A player without sound whose events the test fires. */
function create(openAudio: (track: Track) => Promise<Blob> = () => Promise.resolve(new Blob(['x']))) {
  let events: PlayerEvents | null = null;
  let commands: MediaCommands | null = null;
  const player = {
    position: 0,
    duration: 0,
    isPlaying: false,
    play: vi.fn<Player['play']>(() => {
      player.duration = 3;
      return Promise.resolve();
    }),
    cue: vi.fn<Player['cue']>(),
    pause: vi.fn(),
    resume: vi.fn(() => Promise.resolve()),
    stop: vi.fn(() => {
      player.duration = 0;
    }),
    seek: vi.fn(),
    apply: vi.fn<Player['apply']>(),
    close: vi.fn(() => Promise.resolve()),
  };
  const media = { show: vi.fn(), setState: vi.fn(), setPosition: vi.fn(), close: vi.fn() };
  const more = vi.fn<(queued: readonly TrackId[]) => Playlist | null>(() => null);
  const onRest = vi.fn();
  const onUpcoming = vi.fn<(trackIds: readonly TrackId[]) => void>();
  const { db, log, notices, now, settings, emotion } = world;
  const row = (trackId: TrackId) => {
    const { embedding: _, ...known } = analysis(trackId, 0, 0);
    return {
      track: track(trackId),
      analysis: known,
      status: 'analysed' as const,
      failure: null,
      rating: 'none' as const,
      isCorrected: false,
    };
  };
  playback = new PlaybackStore({
    db,
    log,
    notices,
    now,
    settings,
    emotion,
    openAudio,
    more,
    onRest,
    onUpcoming,
    library: { row, coverUrl: () => Promise.resolve(null) },
    createPlayer: (given) => ((events = given), player),
    connectMedia: (given) => ((commands = given), media),
  });
  return { playback, player, media, more, onRest, onUpcoming, events: () => events!, commands: () => commands! };
}

const logged = () => world.log.events.map((event) => ('trackId' in event ? `${event.kind} ${event.trackId}` : event.kind));

describe('playback', () => {
  it('plays a list, knows why, and keeps the next song ready', async () => {
    const { playback, player, media } = create();
    await playback.playPlaylist(list('p', 'a', 'b', 'c', 'd'), 1);
    expect(playback.state).toBe('playing');
    expect(playback.trackId).toBe('b');
    expect(playback.ranked?.reasons).toHaveLength(1);
    expect(playback.upcoming.map(({ trackId }) => trackId)).toEqual(['c', 'd']);
    expect(player.play.mock.calls[0]?.[0]).toMatchObject({ trackId: 'b', level: { loudness: -14 } });
    await vi.waitFor(() => expect(player.cue).toHaveBeenCalledWith(expect.objectContaining({ trackId: 'c' })));
    expect(media.show).toHaveBeenCalledWith(expect.objectContaining({ title: 'Song b' }));
    await vi.waitFor(async () => expect(await listPlaylists(world.db)).toHaveLength(1));
  });

  it('says nothing of reasons for songs that the user picked', async () => {
    const { playback } = create();
    await playback.playTracks(ids('a', 'b'));
    expect(playback.ranked).toBeNull();
    expect(playback.upcoming.map(({ trackId }) => trackId)).toEqual(['b']);
  });

  it('tells which songs it needs soon, however long the list is', async () => {
    const { playback, onUpcoming } = create();
    await playback.playTracks(ids('a', 'b', 'c'));
    expect(onUpcoming).toHaveBeenLastCalledWith(['a', 'b', 'c']);
    await playback.next();
    expect(onUpcoming).toHaveBeenLastCalledWith(['b', 'c']);
    await playback.playTracks(Array.from({ length: 1000 }, (_, n) => id(`song ${n}`)));
    expect(onUpcoming.mock.lastCall?.[0]).toHaveLength(21);
    playback.stop();
    expect(onUpcoming).toHaveBeenLastCalledWith([]);
  });

  it('writes what was heard and what was skipped', async () => {
    const { playback, events } = create();
    await playback.playTracks(ids('a', 'b', 'c'));
    events().onPosition(2.9, 3);
    events().onAdvanced(id('b'));
    expect(playback.trackId).toBe('b');
    events().onPosition(1, 3);
    await playback.next();
    playback.rate('like');
    expect(playback.rating).toBe('like');
    expect(logged()).toEqual(['played a', 'skipped b', 'rated c']);
    expect(structuredClone(world.log.events)).toEqual(world.log.events);
    expect(world.notices.items).toEqual([]);
  });

  it('goes back to the start of a song, then to the song before', async () => {
    const { playback, player, events } = create();
    await playback.playTracks(ids('a', 'b'), 1);
    events().onPosition(4, 10);
    await playback.previous();
    expect(player.seek).toHaveBeenCalledWith(0);
    await playback.previous();
    expect(playback.trackId).toBe('a');
  });

  it('pauses and resumes, also from the lock screen', async () => {
    const { playback, player, onRest, commands, events } = create();
    await playback.playTracks(ids('a'));
    await playback.toggle();
    expect(playback.state).toBe('paused');
    expect(onRest).toHaveBeenCalled();
    await playback.toggle();
    expect(player.resume).toHaveBeenCalledOnce();
    commands().pause();
    expect(playback.state).toBe('paused');
    commands().play();
    await vi.waitFor(() => expect(playback.state).toBe('playing'));
    events().onPlayingChanged(false);
    expect(playback.state).toBe('paused');
  });

  it('pauses a song that still loads, and starts it when it is wanted again', async () => {
    const opens: ((audio: Blob) => void)[] = [];
    const { playback, player } = create(() => new Promise((resolve) => opens.push(resolve)));
    const first = playback.playTracks(ids('a'));
    expect(playback.state).toBe('loading');
    await playback.toggle();
    expect(playback.state).toBe('paused');
    opens[0]?.(new Blob());
    await first;
    expect(player.play).not.toHaveBeenCalled();
    expect(playback.state).toBe('paused');
    const again = playback.toggle();
    await vi.waitFor(() => expect(opens).toHaveLength(2));
    opens[1]?.(new Blob());
    await again;
    expect(player.play).toHaveBeenCalledOnce();
    expect(playback.state).toBe('playing');
  });

  it('pauses a song that is loaded but does not sound yet', async () => {
    const { playback, player } = create();
    let start: () => void = () => undefined;
    player.play.mockImplementationOnce(() => new Promise((resolve) => (start = resolve)));
    const first = playback.playTracks(ids('a'));
    await vi.waitFor(() => expect(player.play).toHaveBeenCalledOnce());
    await playback.toggle();
    expect(player.pause).toHaveBeenCalledOnce();
    start();
    await first;
    expect(playback.state).toBe('paused');
  });

  it('stays paused when paused again before it resumed', async () => {
    const { playback, player } = create();
    await playback.playTracks(ids('a'));
    await playback.toggle();
    let resume: () => void = () => undefined;
    player.resume.mockImplementationOnce(() => new Promise((resolve) => (resume = resolve)));
    const resuming = playback.toggle();
    await playback.toggle();
    resume();
    await resuming;
    expect(playback.state).toBe('paused');
  });

  it('lets the song before fall silent while the next one loads', async () => {
    const opens: ((audio: Blob) => void)[] = [];
    const { playback, player } = create(() => new Promise((resolve) => opens.push(resolve)));
    const first = playback.playTracks(ids('a', 'b'));
    await vi.waitFor(() => expect(opens).toHaveLength(1));
    opens[0]?.(new Blob());
    await first;
    player.stop.mockClear();
    void playback.next();
    expect(playback.state).toBe('loading');
    expect(player.stop).toHaveBeenCalledOnce();
  });

  it('names a song that cannot be played and goes on', async () => {
    const { playback, player, events } = create();
    await playback.playTracks(ids('a', 'b'));
    events().onFailed(new AppError('player/cannot-play', 'broken'), id('a'));
    await vi.waitFor(() => expect(playback.trackId).toBe('b'));
    await vi.waitFor(() => expect(playback.state).toBe('playing'));
    expect(world.notices.items.map(({ code }) => code)).toEqual(['player/cannot-play']);
    events().onFailed(new AppError('player/cannot-play', 'cued one is broken'), id('z'));
    expect(playback.trackId).toBe('b');
    expect(player.play).toHaveBeenCalledTimes(2);
  });

  it('stops trying when nothing can be opened', async () => {
    const { playback, player } = create(() => Promise.reject(new AppError('library/permission-lost', 'no')));
    await playback.playTracks(ids('a', 'b', 'c', 'd', 'e', 'f'));
    expect(playback.state).toBe('failed');
    expect(playback.failure).toBe('library/permission-lost');
    expect(player.play).not.toHaveBeenCalled();
  });

  it('waits for a click when the browser keeps sound back', async () => {
    const { playback, player } = create();
    player.play.mockRejectedValueOnce(new AppError('player/blocked', 'click'));
    await playback.playTracks(ids('a'));
    expect(playback.state).toBe('paused');
    expect(playback.failure).toBe('player/blocked');
    await playback.toggle();
    expect(playback.state).toBe('playing');
    expect(playback.failure).toBeNull();
  });

  it('adds songs when a recommended list runs low, never to the user’s own', async () => {
    const { playback, more, events } = create();
    more.mockReturnValue(list('q', 'x', 'y', 'z'));
    await playback.playPlaylist(list('p', 'a', 'b', 'c', 'd'));
    expect(more).not.toHaveBeenCalled();
    events().onAdvanced(id('b'));
    expect(playback.upcoming.map(({ trackId }) => trackId)).toEqual(['c', 'd', 'x', 'y', 'z']);
    more.mockClear();
    await playback.playTracks(ids('a'));
    events().onEnded();
    await vi.waitFor(() => expect(playback.state).toBe('idle'));
    expect(playback.trackId).toBeNull();
    expect(more).not.toHaveBeenCalled();
  });

  it('lets a new direction change what is to come, not what plays nor what the user queued', async () => {
    const { playback, player } = create();
    await playback.playPlaylist(list('p', 'a', 'b', 'c'));
    playback.follow(list('q', 'x', 'a', 'y'));
    expect(playback.trackId).toBe('a');
    expect(playback.upcoming.map(({ trackId }) => trackId)).toEqual(['x', 'y']);
    expect(player.play).toHaveBeenCalledOnce();
    await playback.playTracks(ids('a', 'b'));
    playback.follow(list('q', 'x'));
    expect(playback.upcoming.map(({ trackId }) => trackId)).toEqual(['b']);
  });

  it('queues songs next or last, moves those that come anyway, and goes on with the list', async () => {
    const { playback, player } = create();
    const coming = () => playback.upcoming.map(({ trackId }) => trackId).join('');
    await playback.enqueue(ids('a'), 'last');
    expect([playback.trackId, playback.state]).toEqual(['a', 'playing']);
    await playback.playPlaylist(list('p', 'a', 'b', 'c', 'd'));
    await playback.enqueue(ids('x', 'd'), 'last');
    expect(coming()).toBe('xdbc');
    await playback.enqueue(ids('z'), 'last');
    await playback.enqueue(ids('y'), 'next');
    expect(coming()).toBe('yxdzbc');
    await vi.waitFor(() => expect(player.cue).toHaveBeenLastCalledWith(expect.objectContaining({ trackId: 'y' })));
    playback.follow(list('q', 'x', 'a', 'e'));
    expect(coming()).toBe('yxdze');
    await playback.next(2);
    expect(playback.trackId).toBe('x');
    expect(playback.ranked).toBeNull();
    playback.follow(list('r', 'f', 'z', 'g'));
    expect(coming()).toBe('dzfg');
    expect(player.play).toHaveBeenCalledTimes(3);
  });

  it('drops songs that left the library', async () => {
    const { playback } = create();
    await playback.playTracks(ids('a', 'b', 'c', 'd'));
    playback.forget(ids('c'));
    expect(playback.upcoming.map(({ trackId }) => trackId)).toEqual(['b', 'd']);
    playback.forget(ids('a'));
    await vi.waitFor(() => expect(playback.state).toBe('playing'));
    expect(playback.trackId).toBe('b');
    playback.stop();
    expect(playback.state).toBe('idle');
  });

  it('lets only the latest request play', async () => {
    const opens = new Map<string, (audio: Blob) => void>();
    const { playback, player } = create((song) => new Promise((resolve) => opens.set(song.id, resolve)));
    const first = playback.playTracks(ids('a'));
    const second = playback.playTracks(ids('b'));
    opens.get('b')?.(new Blob());
    opens.get('a')?.(new Blob());
    await Promise.all([first, second]);
    expect(player.play.mock.calls.map(([{ trackId }]) => trackId)).toEqual(['b']);
    expect(playback.state).toBe('playing');
  });

  it('follows volume, its limit and mute', async () => {
    const { playback, player } = create();
    await playback.playTracks(ids('a'));
    playback.setVolume(0.4);
    await world.settings.update({ volumeLimit: 0.7, crossfade: 2 });
    settle();
    expect(player.apply).toHaveBeenLastCalledWith({ volume: 0.4, volumeLimit: 0.7, levelling: true, crossfade: 2, isMuted: false });
    playback.toggleMute();
    settle();
    expect(player.apply).toHaveBeenLastCalledWith(expect.objectContaining({ isMuted: true }));
    playback.setVolume(0.5);
    expect(playback.isMuted).toBe(false);
  });
});
