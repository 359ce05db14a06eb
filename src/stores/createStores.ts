import { AppError, type ErrorCode } from '../core/errors';
import type { FeedbackEvent } from '../core/music';
import { MUSIC_MODELS } from '../library/features/emotion/musicModel';
import { openTrackFile } from '../library/files/fileAccess';
import type { LibraryWork } from '../library/libraryWork';
import { LibraryPipeline } from '../library/pipeline/libraryPipeline';
import { connectMediaSession } from '../player/mediaSession';
import { createPlayer } from '../player/player';
import type { SyncInDatabase } from '../storage/db';
import { createLibraryCrew, crewSize } from '../workers/libraryCrew';
import type { AppStores, WordsContract } from './contracts';
import { EmotionStore } from './sensing/emotion.svelte';
import { FusionStore } from './sensing/fusion/fusion.svelte';
import { FUSION_MODEL, openNetwork } from './sensing/fusion/openNetwork';
import { FeedbackLog } from './feedbackLog.svelte';
import { JournalStore } from './journal.svelte';
import { LibraryStore } from './listening/library.svelte';
import { LyricsStore } from './listening/lyrics';
import type { NoticesStore } from './notices.svelte';
import type { AudioAccess } from './listening/openPlayable';
import { PlaybackStore } from './listening/playback.svelte';
import { RecommendationStore } from './listening/recommendation.svelte';
import { createSensing } from './sensing/createSensing';
import { SettingsStore } from './settings.svelte';
import { StorageStore } from './storage.svelte';
import { UpdatesStore } from './updates.svelte';

interface Given {
  /** null when the browser keeps nothing for this page. */
  readonly db: SyncInDatabase | null;
  readonly notices: NoticesStore;
}

interface Shared extends Given {
  /** Where models/ and vendor/ lie. */
  readonly baseUrl: string;
  readonly now: () => number;
  readonly seed: () => number;
  readonly settings: SettingsStore;
  readonly log: FeedbackLog;
  readonly fusion: FusionStore;
  readonly emotion: EmotionStore;
}

export interface Composition {
  readonly stores: AppStores & { readonly updates: UpdatesStore };
  /** Reads what is stored and lets unfinished work go on. */
  start(): Promise<void>;
}

/** Wires the stores to each other and to the rooms behind them. What comes later in the order of making is reached by a closure. */
export function createStores(given: Given): Composition {
  const shared = createShared(given, {
    onAppended: (event) => {
      if (event.kind === 'rated') library.applyRating(event.trackId, event.rating);
      if (event.kind === 'song-corrected') library.applyCorrection(event.trackId);
      if ('trackId' in event) recommendation.reconsider();
    },
    onFelt: (isWord) => recommendation.affectChanged(isWord),
    onNetwork: (result) => {
      const use = result === 'loading' ? result : result === 'ready' ? { backend: 'js' } : { failure: result };
      senses.lab.noteModel(FUSION_MODEL, use);
    },
  });
  const { db, notices, now, settings, log, fusion, emotion } = shared;
  const { stopSensing, ...senses } = createSensing({
    ...shared,
    otherModels: [FUSION_MODEL, ...Object.values(MUSIC_MODELS)],
    onRest: () => updates.rest(),
    isPlaying: () => playback.state === 'playing',
  });
  const { library, lyrics, openAudio } = createLibrary(shared, {
    words: senses.words,
    onChanged: () => recommendation.libraryChanged(),
    onRemoved: (trackIds) => playback.forget(trackIds),
    onImported: () => void storage.protect(),
    onModel: (backend) => Object.values(MUSIC_MODELS).forEach((name) => senses.lab.noteModel(name, { backend })),
  });
  const { recommendation, playback } = createListening(shared, { library, openAudio, onRest: () => updates.rest() });
  const isBusy = () => playback.state === 'playing' || senses.session.isSensing;
  const updates = new UpdatesStore({ isBusy, page: window, isOnline: () => navigator.onLine });
  const journal = new JournalStore({ db, emotion, log, library, notices });
  const stopEverything = async () => {
    stopSensing();
    library.stop();
    recommendation.close();
    emotion.close();
    await playback.close();
  };
  const storage = new StorageStore({ db, notices, now, stopEverything, reload: () => location.reload() });
  return {
    stores: { ...senses, emotion, fusion, library, lyrics, playback, recommendation, notices, settings, storage, journal, updates },
    async start() {
      await Promise.all([settings.load(), log.load()]);
      emotion.restore();
      recommendation.reconsider();
      await Promise.all([library.load(), senses.session.load(), senses.words.load(), senses.body.load(), storage.measure()]);
    },
  };
}

interface SharedHooks {
  readonly onAppended: (event: FeedbackEvent) => void;
  readonly onFelt: (isWord: boolean) => void;
  /** How loading the fusion network went. */
  readonly onNetwork: (result: 'loading' | 'ready' | ErrorCode) => void;
}

function createShared({ db, notices }: Given, { onAppended, onFelt, onNetwork }: SharedHooks): Shared {
  const baseUrl = document.baseURI;
  const now = () => Date.now();
  const seed = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  const settings = new SettingsStore({ db, notices });
  const log = new FeedbackLog({ db, notices, onAppended });
  const open = () => openNetwork(new URL(`models/${FUSION_MODEL}/`, baseUrl).href);
  const fusion: FusionStore = new FusionStore({ settings, log, now, open, onOpened: onNetwork, onChanged: () => emotion.refuse() });
  const emotion: EmotionStore = new EmotionStore({ db, log, fusion, notices, now, onChanged: onFelt });
  return { db, notices, baseUrl, now, seed, settings, log, fusion, emotion };
}

interface ListeningHooks extends AudioAccess {
  readonly library: LibraryStore;
  readonly onRest: () => void;
}

function createListening({ db, notices, now, seed, settings, log, emotion }: Shared, { library, openAudio, onRest }: ListeningHooks) {
  const recommendation = new RecommendationStore({
    emotion,
    library,
    log,
    settings,
    now,
    seed,
    onDirection: (playlist) => playback.follow(playlist),
  });
  const playback = new PlaybackStore({
    db,
    library,
    emotion,
    log,
    settings,
    notices,
    now,
    openAudio,
    createPlayer,
    onRest,
    connectMedia: (commands) => connectMediaSession('mediaSession' in navigator ? navigator.mediaSession : null, commands),
    more: (queued) => recommendation.more(queued),
    onUpcoming: (trackIds) => library.prioritise(trackIds, 'queued'),
  });
  return { recommendation, playback };
}

interface LibraryHooks extends Pick<ConstructorParameters<typeof LibraryStore>[0], 'onChanged' | 'onRemoved' | 'onImported'> {
  /** Told what the music model runs on, once. */
  readonly onModel: (backend: string) => void;
  readonly words: Pick<WordsContract, 'readLyrics'>;
}

function createLibrary({ db, notices, baseUrl, now, settings, log }: Shared, { onModel, words, ...hooks }: LibraryHooks) {
  const workers = createLibraryCrew({ baseUrl, size: crewSize(navigator.hardwareConcurrency) });
  let isModelKnown = false;
  const onAnalysed = () => {
    if (isModelKnown) return;
    isModelKnown = true;
    // The model is loaded by now, in one worker at least; which one does not matter for what it runs on.
    workers[0]?.prepare().then(
      ({ backend }) => onModel(backend),
      () => (isModelKnown = false),
    );
  };
  const library = new LibraryStore({
    db,
    log,
    notices,
    now,
    ...hooks,
    onAnalysed,
    createPipeline: db && ((onEvent) => new LibraryPipeline({ db, workers, now, onEvent, copyFiles: () => settings.value.copyFiles })),
  });
  const lyrics = new LyricsStore({ db, notices, words, onChanged: (track) => library.accept({ kind: 'track', track }) });
  return { library, lyrics, openAudio: createAudioAccess(db, workers) };
}

function createAudioAccess(db: SyncInDatabase | null, [work]: readonly LibraryWork[]): AudioAccess['openAudio'] {
  return async (track) => {
    if (!db || !work) throw new AppError('storage/unavailable', 'there is no library without storage');
    return openTrackFile(track, { db, work });
  };
}
