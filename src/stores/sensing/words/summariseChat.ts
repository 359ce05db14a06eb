import { EMOTIONS, type EmotionProbabilities } from '../../../core/emotion';
import { feltProbabilities, type TextEstimate, type TextReading } from '../../../core/records/writtenEntry';
import type { ChatMessage, ChatSummary } from './wordsContract';

const CLEAREST = 6;

/** What one author's messages say together. @param readings one per message */
export function summariseChat(author: string | null, messages: readonly ChatMessage[], readings: readonly TextReading[]): ChatSummary {
  const read = messages.flatMap((message, i): readonly { message: ChatMessage; reading: TextEstimate; place: number }[] => {
    const reading = readings[i];
    return reading?.kind === 'estimate' ? [{ message, reading, place: i }] : [];
  });
  const mean = (emotion: keyof EmotionProbabilities) =>
    read.reduce((sum, { reading }) => sum + feltProbabilities(reading)[emotion], 0) / read.length;
  const felt = read.filter(({ reading }) => reading.isClear && reading.present.some((emotion) => emotion !== 'neutral'));
  return {
    author,
    messages: messages.length,
    read: read.length,
    probabilities: read.length === 0 ? null : (Object.fromEntries(EMOTIONS.map((e) => [e, mean(e)])) as unknown as EmotionProbabilities),
    clearest: felt
      .sort(
        (a, b) =>
          b.reading.confidence * (1 - b.reading.probabilities.neutral) - a.reading.confidence * (1 - a.reading.probabilities.neutral),
      )
      .slice(0, CLEAREST)
      .sort((a, b) => a.place - b.place)
      .map(({ message, reading }) => ({ message, reading })),
  };
}
