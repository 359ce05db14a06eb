import { codeOf } from '../../../core/errors';
import type { TextReading } from '../../../core/records/writtenEntry';
import type { EmotionHost } from '../../../workers/hosts';
import { summariseChat } from './summariseChat';
import type { ChatAuthor, ChatContract, ChatMessage, ChatState } from './wordsContract';

interface Needs {
  readonly host: Pick<EmotionHost, 'readTexts'>;
}

type Open = Extract<ChatState, { kind: 'open' }>;

const NONE: ChatState = { kind: 'none' };
const PREVIEW = 5;
/** The latest ones: half a minute of reading at most. */
export const MOST_READ = 500;

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

/** How much each author wrote, most first. */
function authorsOf(messages: readonly ChatMessage[]): readonly ChatAuthor[] {
  const counts = new Map<string | null, number>();
  for (const { author } of messages) counts.set(author, (counts.get(author) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, messages: count })).sort((a, b) => b.messages - a.messages);
}

/** A file of messages: opened on the page, read in the worker, kept nowhere. */
export class ChatStore implements ChatContract {
  #state = $state.raw<ChatState>(NONE);
  #messages: readonly ChatMessage[] = [];
  #reading = new AbortController();

  constructor(private readonly needs: Needs) {}

  get state(): ChatState {
    return this.#state;
  }

  async open(file: File): Promise<void> {
    this.close();
    try {
      // Loaded with the first file: few people have one.
      const { readChat } = await import('../../../modalities/text/chats/readChat');
      const { readBytes } = await import('./readBytes');
      this.#messages = readChat(file.name, await readBytes(file));
      const messages = this.#messages.length;
      const preview = this.#messages.slice(0, PREVIEW);
      this.#state = { kind: 'open', name: file.name, authors: authorsOf(this.#messages), messages, preview, reading: null, summary: null };
    } catch (error) {
      this.#state = { kind: 'failed', name: file.name, code: codeOf(error) };
    }
  }

  async read(author: string | null): Promise<void> {
    if (this.#state.kind !== 'open') return;
    this.stop();
    const { signal } = this.#reading;
    const chosen = this.#messages.filter((message) => message.author === author).slice(-MOST_READ);
    const tell = (done: number) => {
      if (!signal.aborted) this.#change({ reading: { done, of: chosen.length }, summary: null });
    };
    tell(0);
    try {
      const readings: readonly TextReading[] = await this.needs.host.readTexts(
        'text',
        chosen.map(({ text }) => text),
        { signal, onProgress: tell },
      );
      if (!signal.aborted) this.#change({ reading: null, summary: summariseChat(author, chosen, readings) });
    } catch (error) {
      if (signal.aborted || isAbort(error)) return;
      this.#state = { kind: 'failed', name: this.#state.name, code: codeOf(error) };
    }
  }

  /** Ends reading; what is open stays. */
  stop(): void {
    this.#reading.abort();
    this.#reading = new AbortController();
    this.#change({ reading: null });
  }

  askAgain(): void {
    this.#change({ summary: null });
  }

  close(): void {
    this.stop();
    this.#messages = [];
    this.#state = NONE;
  }

  #change(change: Partial<Omit<Open, 'kind'>>): void {
    if (this.#state.kind === 'open') this.#state = { ...this.#state, ...change };
  }
}
