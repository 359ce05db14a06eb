import type { EmotionHost } from '../../src/workers/hosts';
import { createEmotionHost } from '../../src/workers/hosts';
import type { ModelInUse } from '../subjects/subject';
import { spreadOf, type Spread } from './spread';

/** Times through the emotion worker as in the app, the way to it and back included. */
export interface TextBench {
  readonly models: readonly ModelInUse[];
  /** Bytes that switching the sense on loads. */
  readonly bytes: number;
  /** Load, hash, session and self-test, from this machine's own server. */
  readonly firstOpenMs: number;
  /** The same with everything in the browser's cache. */
  readonly laterOpenMs: number;
  /** A sentence by word lists, without any model. */
  readonly lists: Spread;
  readonly firstSentenceMs: number;
  /** A sentence by the model: language, word pieces, network. */
  readonly sentence: Spread;
  /** Of which the word pieces alone, on the page. */
  readonly wordPieces: Spread;
  readonly words: { readonly p50: number | null; readonly p95: number | null };
  /** Six hundred words. */
  readonly longTextMs: number;
}

/** @param texts each read once, so that nothing is remembered */
export async function benchText(texts: readonly string[]): Promise<TextBench> {
  const first = createEmotionHost({ baseUrl: document.baseURI });
  const { totalBytes } = await first.measureLoad('text');
  const lists = spreadOf(await readAll(first, texts));
  const { ms: firstOpenMs } = await open(first);
  first.stop();
  const host = createEmotionHost({ baseUrl: document.baseURI });
  try {
    const { ms: laterOpenMs, models } = await open(host);
    const [firstSentenceMs = 0] = await readAll(host, ['The first sentence takes its time.']);
    const sentence = spreadOf(await readAll(host, texts));
    const [longTextMs = 0] = await readAll(host, [texts.join(' ').split(' ').slice(0, 600).join(' ')]);
    const wordPieces = spreadOf(await encodeAll(texts));
    const counts = spreadOf(texts.map((text) => text.split(/\s+/).length));
    const words = { p50: counts.p50Ms, p95: counts.p95Ms };
    return { models, bytes: totalBytes, firstOpenMs, laterOpenMs, lists, firstSentenceMs, sentence, wordPieces, words, longTextMs };
  } finally {
    host.stop();
  }
}

async function open(host: EmotionHost): Promise<{ readonly ms: number; readonly models: readonly ModelInUse[] }> {
  const from = performance.now();
  const { models } = await host.open('text');
  return { ms: performance.now() - from, models };
}

async function readAll(host: EmotionHost, texts: readonly string[]): Promise<readonly number[]> {
  const times: number[] = [];
  for (const text of texts) {
    const from = performance.now();
    await host.readTexts('text', [text]);
    times.push(performance.now() - from);
  }
  return times;
}

async function encodeAll(texts: readonly string[]): Promise<readonly number[]> {
  const [{ WordPieces }, { Speller }, { loadLists }] = await Promise.all([
    import('../../src/modalities/text/words/wordPieces'),
    import('../../src/modalities/text/words/spell'),
    import('../../src/modalities/text/lexicon/wordLists'),
  ]);
  const vocabulary = await fetch(new URL('models/text-emotion/tokenizer.json', document.baseURI)).then((response) => response.text());
  const pieces = new WordPieces(vocabulary, new Speller((await loadLists()).emoji));
  return texts.map((text) => {
    const from = performance.now();
    pieces.encode(text);
    return performance.now() - from;
  });
}
