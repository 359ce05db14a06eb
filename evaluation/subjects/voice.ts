import { AppError } from '../../src/core/errors';
import { EMOTIONS, type Observation } from '../../src/core/emotion';
import en from '../../src/locales/en.json';
import type { EmotionHost } from '../../src/workers/hosts';
import { voiceLabels } from '../input/labels';
import { isClean } from '../voice/soundCondition';
import { speakBlocks, type Heard, type Spoken } from '../voice/speakBlocks';
import type { Answer, ItemContent, Subject, SubjectOptions } from './subject';

/** Recordings through the emotion worker as if they were spoken: voice activity, sliding window, profile, model. */
export const voice: Subject = {
  id: 'voice',
  input: 'file',
  labels: voiceLabels,
  async open(options) {
    const { createEmotionHost } = await import('../../src/workers/hosts');
    const host = createEmotionHost({ baseUrl: document.baseURI });
    const { models } = await host.open('voice');
    const listen = await createListener(host, options);
    const profiles = new Map<string | null, unknown>();
    return {
      models,
      parallel: 1,
      async learn(items) {
        await know(host, undefined);
        if (options.knows === 'calm') await readCalmly(host, listen, items);
        else await listenTo(listen, items);
        profiles.set(items[0]?.group ?? null, (await host.baseline({ id: 'voice', wanted: 'save' }))?.saved);
      },
      async answer(item) {
        await know(host, profiles.get(item.group));
        const from = performance.now();
        const heard = await listen(item);
        if (heard === null) return { unreadable: 'the sound could not be decoded' };
        const word = heard.spoken.at(-1);
        if (!word) return { unreadable: reasonOf(heard.last) };
        return toAnswer(word, (performance.now() - from) / heard.spoken.length);
      },
      close: () => host.stop(),
    };
  },
};

/** Of a few calm clips; more makes no other voice of them. */
const MOST_ROUNDS = 4;

type Listen = (item: ItemContent) => Promise<Heard | null>;

/** Decodes, spoils as asked, and speaks each item as a recording of its own; null for what is no sound. */
async function createListener(host: EmotionHost, { condition, openItems }: SubjectOptions): Promise<Listen> {
  const [{ decodeSpeech }, spoil] = await Promise.all([
    import('../voice/decodeSpeech'),
    isClean(condition) ? null : import('../voice/spoilSound').then(({ createSpoiler }) => createSpoiler(condition, openItems)),
  ]);
  let take = 0;
  return async ({ file }) => {
    const clean = file ? await decodeSpeech(file) : new Float32Array(0);
    if (!clean) return null;
    return speakBlocks(host, spoil ? await spoil(clean) : clean, take++);
  };
}

async function listenTo(listen: Listen, items: readonly ItemContent[]): Promise<void> {
  for (const item of items) await listen(item);
  // A recording is learnt when another signal begins.
  await listen({ file: null, text: null, group: null });
}

/** Somebody reads for as long as the product wants, over and over what there is. */
async function readCalmly(host: EmotionHost, listen: Listen, items: readonly ItemContent[]): Promise<void> {
  await host.baseline({ id: 'voice', wanted: 'start' });
  for (let round = 0; round < MOST_ROUNDS; round++) {
    await listenTo(listen, items);
    if ((await host.baseline({ id: 'voice', wanted: 'save' }))?.state.kind !== 'recording') return;
  }
}

/** The product knows nobody, or the given profile. */
async function know(host: EmotionHost, profile: unknown): Promise<void> {
  await host.baseline({ id: 'voice', wanted: { restore: profile ?? (await nobody()) } });
}

async function nobody(): Promise<unknown> {
  return (await import('../../src/modalities/voice/profile/speakerProfile')).NOBODY;
}

/** Latency is that of half a second of sound. */
function toAnswer({ estimate, calm }: Spoken, latencyMs: number): Answer {
  const { probabilities: masses, affect, signalQuality } = estimate;
  const probabilities = { ...masses, neutral: masses.neutral - (calm ?? 0), calm: calm ?? 0 };
  const classes = [...EMOTIONS, 'calm'] as const;
  const predicted = classes.reduce((best, one) => (probabilities[one] > probabilities[best] ? one : best));
  const { valence, arousal } = affect;
  return { predicted, probabilities, confidence: probabilities[predicted], valence, arousal, signalQuality, latencyMs };
}

function reasonOf(last: Observation | null): string {
  if (last === null) throw new AppError('unexpected', 'the product said nothing about a recording');
  const sentences: Readonly<Record<string, string>> = en.absence;
  return last.kind === 'absent' ? (sentences[last.reason] ?? last.reason) : '';
}
