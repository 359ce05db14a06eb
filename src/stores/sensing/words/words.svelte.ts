import type { EmotionEstimate, Observation } from '../../../core/emotion';
import { codeOf } from '../../../core/errors';
import type { LyricsLine } from '../../../core/music';
import type { EpochMs, Milliseconds } from '../../../core/units';
import type { TextReading, WrittenEntry } from '../../../core/records/writtenEntry';
import { TextInbox } from '../../../modalities/text/inbox';
import { summariseLyrics } from '../../../modalities/text/mood/summariseLyrics';
import { FADED, trackMood } from '../../../modalities/text/mood/trackMood';
import type { SyncInDatabase } from '../../../storage/db';
import { deleteEntry, listEntries, putEntry } from '../../../storage/rows/journal/entries';
import type { EmotionHost } from '../../../workers/hosts';
import type { NoticesContract } from '../../contracts';
import type { SenseFollower } from '../session.svelte';
import { ChatStore } from './chat.svelte';
import type { Shared } from './shared';
import type { LyricsReading } from '../../listening/library/lyricsContract';
import type { WordsContract } from './wordsContract';

interface Needs {
  readonly host: Pick<EmotionHost, 'readTexts'>;
  /** null: nothing can be kept. */
  readonly db: SyncInDatabase | null;
  readonly notices: NoticesContract;
  readonly now: () => EpochMs;
  /** Where an unsent text stays until it is sent off. */
  readonly drafts: { read(): string; write(text: string): void };
  /** What another app shared with this one since the last start. */
  readonly takeShared: () => Promise<Shared | null>;
  /** Takes what was read while the sense is off. */
  readonly accept: (observation: Observation<'text'>) => void;
  /** The sense is on: it hears of what is written by its inbox. */
  readonly isOn: () => boolean;
}

const DAY: Milliseconds = 86_400_000;
/** An essay of eight thousand words; whatever is longer is cut, so that a page stays quick. */
export const LONGEST_ENTRY = 50_000;
/** Older ones of a hasty hour change its mood little. */
const MOST_IN_MOOD = 50;

/** What the user writes: kept, read, and told to the sense. */
export class WordsStore implements WordsContract, SenseFollower {
  readonly isSimulated = false;
  readonly inbox: TextInbox;
  readonly chat: ChatStore;
  #entries = $state.raw<readonly WrittenEntry[]>([]);
  #draft = $state('');

  constructor(private readonly needs: Needs) {
    this.inbox = new TextInbox(needs.now);
    this.chat = new ChatStore(needs);
    this.#draft = needs.drafts.read();
  }

  get entries(): readonly WrittenEntry[] {
    return this.#entries;
  }

  get draft(): string {
    return this.#draft;
  }

  /** Entries of the last day; those that nobody read yet are read now. */
  async load(): Promise<void> {
    const { db, now } = this.needs;
    if (!db) return this.#takeShared();
    try {
      const kept = await listEntries(db, now() - DAY, Number.MAX_SAFE_INTEGER);
      const known = new Set(this.#entries.map(({ at }) => at));
      this.#entries = [...kept.filter(({ at }) => !known.has(at)), ...this.#entries].sort((a, b) => a.at - b.at);
    } catch (error) {
      this.needs.notices.problem(codeOf(error));
    }
    await this.#takeShared();
    this.#tell();
    for (const { at, reading } of this.#entries) if (reading === null) await this.#read(at);
  }

  setDraft(text: string): void {
    // A field that holds a book makes the page wait at every key.
    this.#draft = text.slice(0, LONGEST_ENTRY);
    this.needs.drafts.write(this.#draft);
  }

  async write(text: string): Promise<void> {
    const kept = this.#trim(text);
    if (kept === '') return;
    const at = Math.max(this.needs.now(), (this.#entries.at(-1)?.at ?? 0) + 1);
    this.#entries = [...this.#entries, { at, text: kept, editedAt: null, reading: null }];
    await this.#read(at);
  }

  async edit(at: EpochMs, text: string): Promise<void> {
    const kept = this.#trim(text);
    if (kept === '') return this.remove(at);
    if (this.#find(at)?.text === kept) return;
    this.#change(at, { text: kept, editedAt: this.needs.now(), reading: null });
    await this.#read(at);
  }

  async remove(at: EpochMs): Promise<void> {
    const removed = this.#find(at);
    if (!removed) return;
    this.#entries = this.#entries.filter((entry) => entry.at !== at);
    this.#tell();
    this.needs.notices.inform('entryDeleted', { action: { key: 'undo', run: () => void this.#putBack(removed) } });
    const { db } = this.needs;
    if (db) await this.#try(() => deleteEntry(db, at));
  }

  async readLyrics(lines: readonly LyricsLine[], signal?: AbortSignal): Promise<LyricsReading | null> {
    const sung = [...new Set(lines.map(({ text }) => text).filter((text) => text !== ''))];
    const readings = await this.#try(() => this.needs.host.readTexts('text', sung, { ...(signal && { signal }) }));
    if (!readings) return null;
    const byText = new Map(sung.map((text, i) => [text, readings[i] ?? null] as const));
    const read = lines.map(({ text }) => byText.get(text) ?? null);
    return summariseLyrics(lines, read);
  }

  /** The model is here: what the word lists read in the last hour, it reads again. */
  async onOpened(): Promise<void> {
    this.#tell();
    const since = this.needs.now() - FADED;
    const small = this.#entries.filter(({ at, reading }) => at >= since && reading?.kind === 'estimate' && reading.by === 'lexicon');
    for (const { at } of small) await this.#read(at);
  }

  onResult(): void {
    // What the sense says of the hour goes the way of every sense; entries are read one by one.
  }

  onEnd(): void {
    this.chat.stop();
  }

  /** What was shared waits in the field: only what the user sends off is written down. */
  async #takeShared(): Promise<void> {
    const shared = await this.#try(() => this.needs.takeShared());
    if (shared?.file) await this.chat.open(shared.file);
    if (!shared?.text) return;
    this.setDraft(this.#draft === '' ? shared.text : `${this.#draft}\n${shared.text}`);
    this.needs.notices.inform('shared');
  }

  async #putBack(entry: WrittenEntry): Promise<void> {
    if (this.#find(entry.at)) return;
    this.#entries = [...this.#entries, entry].sort((a, b) => a.at - b.at);
    this.#tell();
    const { db } = this.needs;
    if (db) await this.#try(() => putEntry(db, entry));
  }

  async #read(at: EpochMs): Promise<void> {
    const entry = this.#find(at);
    if (!entry) return;
    const { db } = this.needs;
    // Kept first: what the user wrote must not depend on what can be read in it.
    if (db && entry.reading === null) await this.#try(() => putEntry(db, entry));
    const readings = await this.#try(() => this.needs.host.readTexts('text', [entry.text]));
    const reading = readings?.[0];
    // Edited or deleted meanwhile: the answer is to another text.
    if (!reading || this.#find(at)?.text !== entry.text) return;
    this.#change(at, { reading });
    const read = this.#find(at);
    if (db && read) await this.#try(() => putEntry(db, read));
    this.#tell();
  }

  /** Tells the sense, or while it is off takes its place. */
  #tell(): void {
    const now = this.needs.now();
    const lately = this.#entries.filter(({ at, reading }) => now - at < FADED && reading !== null).slice(-MOST_IN_MOOD);
    this.inbox.put(lately.map(({ at, text }) => ({ at, text })));
    if (this.needs.isOn()) return;
    const mood = this.#moodOf(lately, now);
    if (mood) this.needs.accept({ kind: 'estimate', estimate: mood });
  }

  #moodOf(entries: readonly WrittenEntry[], now: EpochMs): EmotionEstimate<'text'> | null {
    const read = entries.flatMap(({ at, reading }) => (isEstimate(reading) ? [{ at, reading }] : []));
    return trackMood(read, now);
  }

  #trim(text: string): string {
    const kept = text.trim();
    if (kept.length > LONGEST_ENTRY) this.needs.notices.inform('entryCut');
    return kept.slice(0, LONGEST_ENTRY);
  }

  #find(at: EpochMs): WrittenEntry | undefined {
    return this.#entries.find((entry) => entry.at === at);
  }

  #change(at: EpochMs, change: Partial<WrittenEntry>): void {
    this.#entries = this.#entries.map((entry) => (entry.at === at ? { ...entry, ...change } : entry));
  }

  /** Rejects never: the user is told, and what they wrote stays. */
  async #try<T>(act: () => Promise<T>): Promise<T | null> {
    try {
      return await act();
    } catch (error) {
      if (!isAbort(error)) this.needs.notices.problem(codeOf(error));
      return null;
    }
  }
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';
const isEstimate = (reading: TextReading | null): reading is Extract<TextReading, { kind: 'estimate' }> => reading?.kind === 'estimate';
