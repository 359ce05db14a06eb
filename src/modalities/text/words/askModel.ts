import { EMOTIONS, type EmotionProbabilities } from '../../../core/emotion';
import { FINE_LABELS, type TextEstimate } from '../../../core/records/writtenEntry';
import type { UnitInterval } from '../../../core/units';
import { readLogits } from '../../../ml/readLogits';
import type { Session, Tensor } from '../../../ml/session';
import { floatsOf, readAffect } from '../../modelAnswer';
import { carriersOf } from './carriers';
import type { EncodedText, TextWindow } from './wordPieces';

/** Thresholds were chosen in training, so that one half is the border. */
const PRESENT_FROM = 0.5;
/** A label less probable than this is not named. */
const CLEAR_FROM = 0.4;
/** A word or two may mean anything; from this many on a sentence stands on its own. */
const ENOUGH_PIECES = 5;

interface WindowAnswer {
  readonly probabilities: EmotionProbabilities;
  readonly confidence: UnitInterval;
  readonly present: Float32Array;
  readonly fine: Float32Array;
  readonly affect: Float32Array;
  readonly attention: Float32Array;
}

async function askWindow(session: Session, { ids }: TextWindow): Promise<WindowAnswer> {
  const input: Tensor = { data: ids, shape: [1, ids.length] };
  const outputs = await session.run({ ids: input });
  const [present, fine, affect, attention] = ['present', 'fine', 'affect', 'attention'].map((name) =>
    floatsOf(outputs, name, session.manifest),
  );
  const empty = new Float32Array(0);
  return {
    ...readLogits(floatsOf(outputs, 'logits', session.manifest), session.manifest),
    present: present ?? empty,
    fine: fine ?? empty,
    affect: affect ?? empty,
    attention: attention ?? empty,
  };
}

/** Labels whose value passes one half in some window, strongest first. */
function present<Label>(labels: readonly (Label | null)[], windows: readonly Float32Array[]): readonly Label[] {
  const most = labels.map((label, i) => ({ label, value: windows.reduce((best, values) => Math.max(best, values[i] ?? 0), 0) }));
  return most
    .filter(({ value }) => value > PRESENT_FROM)
    .sort((a, b) => b.value - a.value)
    .flatMap(({ label }) => (label === null ? [] : [label]));
}

/** Weights of the pieces, added up over each chunk, in shares of its window. */
function chunkWeights({ windows, chunks }: EncodedText, answers: readonly WindowAnswer[]): readonly number[] {
  const weights = new Array<number>(chunks.length).fill(0);
  windows.forEach(({ owners }, w) => {
    owners.forEach((owner, i) => {
      if (owner >= 0) weights[owner] = (weights[owner] ?? 0) + (answers[w]?.attention[i] ?? 0) * owners.length;
    });
  });
  return weights;
}

/** Mean over the windows, weighted by how much each holds. */
function pool(answers: readonly WindowAnswer[], shares: readonly number[]) {
  const mean = (of: (answer: WindowAnswer) => number) => answers.reduce((sum, answer, i) => sum + (shares[i] ?? 0) * of(answer), 0);
  const probabilities = Object.fromEntries(EMOTIONS.map((emotion) => [emotion, mean((answer) => answer.probabilities[emotion])]));
  return {
    probabilities: probabilities as unknown as EmotionProbabilities,
    affect: [mean(({ affect }) => affect[0] ?? 0), mean(({ affect }) => affect[1] ?? 0)],
    // What each window trusts its own top label, on what is left of it in the mean.
    trust: mean(({ probabilities: own, confidence }) => confidence / Math.max(...Object.values(own))),
  };
}

/**
 * A text through the model, window by window: a window is asked alone, because an int8 network's answers depend on what lies beside it.
 * @param text encoded, with at least one window
 */
export async function askModel(session: Session, text: EncodedText): Promise<TextEstimate> {
  const answers: WindowAnswer[] = [];
  for (const window of text.windows) answers.push(await askWindow(session, window));
  const lengths = text.windows.map(({ ids }) => ids.length);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const { probabilities, affect, trust } = pool(
    answers,
    lengths.map((length) => length / total),
  );
  const signalQuality = Math.min(1, text.pieces / ENOUGH_PIECES) * (1 - text.unknown / Math.max(1, text.pieces));
  const confidence = Math.min(1, Math.max(...Object.values(probabilities)) * trust);
  const { name, version } = session.manifest;
  return {
    kind: 'estimate',
    by: 'model',
    probabilities,
    affect: readAffect(affect, probabilities, signalQuality),
    confidence,
    isClear: confidence >= CLEAR_FROM,
    signalQuality,
    present: present(
      session.manifest.labels ?? [],
      answers.map((answer) => answer.present),
    ),
    fine: present(
      FINE_LABELS,
      answers.map((answer) => answer.fine),
    ),
    words: carriersOf(text.chunks, chunkWeights(text, answers)),
    readTo: text.readTo,
    language: null,
    models: [{ name, version }],
  };
}
