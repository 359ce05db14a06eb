import type { Lyrics } from '../../src/core/music';
import type { TrackId } from '../../src/core/units';
import type { LyricsContract, SenseState, SenseView, WordsContract } from '../../src/stores/contracts';
import type { TextEstimate, WrittenEntry } from '../../src/core/records/writtenEntry';
import { makeEstimate, makeProbabilities, NOON } from './uiFixtures';

const PROBABILITIES = makeProbabilities({ happiness: 0.62, neutral: 0.2, surprise: 0.1 });

export const HAPPY_READING: TextEstimate = {
  kind: 'estimate',
  by: 'model',
  probabilities: PROBABILITIES,
  affect: { valence: 0.6, arousal: 0.2, valenceSd: 0.25, arousalSd: 0.3 },
  confidence: 0.62,
  isClear: true,
  signalQuality: 0.9,
  present: ['happiness'],
  fine: ['joy', 'gratitude'],
  words: [{ from: 7, to: 13, weight: 1 }],
  readTo: null,
  language: null,
  models: [],
};

export const ENTRIES: readonly WrittenEntry[] = [
  { at: NOON - 900_000, text: 'What a lovely morning!', editedAt: null, reading: HAPPY_READING },
  { at: NOON - 600_000, text: '!!!', editedAt: NOON - 500_000, reading: { kind: 'absent', reason: 'no-text', language: null } },
  {
    at: NOON - 300_000,
    text: 'The bus was late.',
    editedAt: null,
    reading: { ...HAPPY_READING, by: 'lexicon', isClear: false, confidence: 0.2, present: [], fine: [], words: [] },
  },
];

/** The sense as the session shows it. */
export const textView = (state: SenseState): SenseView => ({
  id: 'text',
  state,
  bytesToLoad: state.kind === 'off' ? 21_400_000 : 0,
  observation:
    state.kind === 'live'
      ? { kind: 'estimate', estimate: makeEstimate('text' as const, PROBABILITIES, { valence: 0.5, arousal: 0.1 }, 0.6) }
      : null,
  framesPerSecond: 0,
});

/** Somebody who wrote three entries; `calls` get every verb. */
export function createFakeWords(hasWritten: boolean, log: (name: string, ...rest: unknown[]) => void): WordsContract {
  const later = (name: string, ...rest: unknown[]) => (log(name, ...rest), Promise.resolve());
  return {
    entries: hasWritten ? ENTRIES : [],
    draft: '',
    chat: {
      state: { kind: 'none' },
      open: (file) => later('openChat', file.name),
      read: (author) => later('readChat', author),
      stop: () => log('stopChat'),
      askAgain: () => log('askAgain'),
      close: () => log('closeChat'),
    },
    setDraft: (text) => log('setDraft', text),
    write: (text) => later('write', text),
    edit: (at, text) => later('edit', at, text),
    remove: (at) => later('remove', at),
    readLyrics: () => Promise.resolve(null),
  };
}

/** Words that a song has; `calls` get every verb. */
export function createFakeLyrics(log: (name: string, ...rest: unknown[]) => void): LyricsContract {
  const lyrics = new Map<TrackId, Lyrics | null>();
  const set = (name: string, trackId: TrackId, to: Lyrics | null) => (lyrics.set(trackId, to), log(name, trackId), Promise.resolve(to));
  const sung = (trackId: TrackId): Lyrics => ({
    trackId,
    source: 'tag',
    language: 'en',
    lines: Array.from({ length: 24 }, (_, i) => ({
      at: i * 8,
      text: i % 6 === 5 ? '' : `A line that somebody sings, the ${i + 1}th of them`,
    })),
  });
  return {
    of: (trackId) => Promise.resolve(lyrics.get(trackId) ?? sung(trackId)),
    paste: (trackId, text) =>
      set('pasteLyrics', trackId, {
        trackId,
        source: 'pasted',
        language: null,
        lines: text.split('\n').map((line) => ({ at: null, text: line })),
      }),
    markInstrumental: (trackId) =>
      set('markInstrumental', trackId, {
        trackId,
        source: 'pasted',
        language: null,
        lines: [],
        isInstrumental: true,
        replaced: sung(trackId),
      }),
    takeBack: (trackId) => set('takeBackLyrics', trackId, sung(trackId)),
    read: ({ lines }) =>
      Promise.resolve({
        lines: lines.map(({ text }, i) =>
          text === '' ? null : { ...HAPPY_READING, isClear: i % 3 !== 0, words: [{ from: 12, to: 20, weight: 1 }] },
        ),
        song: HAPPY_READING,
        language: null,
      }),
  };
}
