import { EMOTIONS } from '../../src/core/emotion';
import { AppError } from '../../src/core/errors';
import type { TextReading } from '../../src/core/records/writtenEntry';
import en from '../../src/locales/en.json';
import { textLabels } from '../text/textLabels';
import type { Answer, Subject } from './subject';

/** Texts through the emotion worker: language, word pieces, windows, model; or through the word lists alone. */
export const text: Subject = {
  id: 'text',
  input: 'text',
  labels: textLabels,
  async open({ small = false }) {
    const { createEmotionHost } = await import('../../src/workers/hosts');
    const host = createEmotionHost({ baseUrl: document.baseURI });
    const models = small ? [{ name: 'text-lexicon', version: '1.0.0', backend: 'word lists' }] : (await host.open('text')).models;
    return {
      models,
      parallel: 1,
      async answer({ text: written }) {
        if (written === null) throw new AppError('unexpected', 'an item without a text');
        const from = performance.now();
        const [reading] = await host.readTexts('text', [written]);
        if (!reading) throw new AppError('unexpected', 'a text without a reading');
        return toAnswer(reading, performance.now() - from);
      },
      close: () => host.stop(),
    };
  },
};

function toAnswer(reading: TextReading, latencyMs: number): Answer | { readonly unreadable: string } {
  if (reading.kind === 'absent') return { unreadable: en.absence[reading.reason] };
  const { probabilities, confidence, affect, signalQuality, present, fine } = reading;
  const predicted = EMOTIONS.reduce((best, one) => (probabilities[one] > probabilities[best] ? one : best));
  const { valence, arousal } = affect;
  return { predicted, probabilities, confidence, valence, arousal, signalQuality, latencyMs, present, fine };
}
