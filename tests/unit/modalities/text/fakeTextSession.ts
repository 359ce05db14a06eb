import type { ModelManifest } from '../../../../src/ml/manifest';
import type { Session } from '../../../../src/ml/session';
import { FINE_LABELS } from '../../../../src/core/records/writtenEntry';

/** Enough of a BERT tokenizer: pieces of the words that tests use, single letters, and the specials. */
const PIECES = [
  '[PAD]',
  '[UNK]',
  '[CLS]',
  '[SEP]',
  ..."happy sad angry i am so not very the and a is love you unhappy crying face with tears of joy red heart . , ! ? ' t".split(' '),
  '##ness',
  '##ly',
  ...[...'abcdefghijklmnopqrstuvwxyz'].flatMap((letter) => [letter, `##${letter}`]),
];
const VOCABULARY = Object.fromEntries([...new Set(PIECES)].map((piece, i) => [piece, i]));

export const TOKENIZER = JSON.stringify({
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]'].map((content, id) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  })),
  normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: null,
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: VOCABULARY,
  },
});

export const pieceNumber = (piece: string): number => VOCABULARY[piece] ?? 1;

export const TEXT_MANIFEST: ModelManifest = {
  schema: 1,
  name: 'text-emotion',
  version: '0.0.0',
  runtime: 'onnx',
  files: [
    { path: 'model.onnx', bytes: 1, sha256: '0'.repeat(64) },
    { path: 'tokenizer.json', bytes: 1, sha256: '0'.repeat(64) },
  ],
  licence: { spdx: 'Apache-2.0', source: 'tests', trainedOn: ['nothing'] },
  task: 'emotion',
  inputs: [{ name: 'ids', dtype: 'float32', shape: [-1, -1] }],
  outputs: [
    { name: 'logits', dtype: 'float32', shape: [-1, 7], activation: 'none' },
    { name: 'present', dtype: 'float32', shape: [-1, 7], activation: 'sigmoid' },
    { name: 'fine', dtype: 'float32', shape: [-1, 28], activation: 'sigmoid' },
    { name: 'affect', dtype: 'float32', shape: [-1, 3], activation: 'none' },
    { name: 'attention', dtype: 'float32', shape: [-1, -1], activation: 'softmax' },
  ],
  preprocess: {},
  labels: ['neutral', 'happiness', 'sadness', 'anger', 'fear', 'disgust', 'surprise'],
  calibration: { temperature: 1 },
  metrics: [{ dataset: 'none', split: 'none', name: 'accuracy', value: 0, n: 0 }],
  selfTest: { input: 'selftest.in.f32', output: 'selftest.out.f32', tolerance: 1e-3 },
  trainedBy: { script: 'none', commit: 'none', seed: 0 },
};

/** Counts "happy", "sad" and "angry"; attends to them alone. @param seen collects the numbers of each run */
export function fakeTextSession(seen: number[][] = []): Session {
  const told = [
    ['happy', 1, 'joy'],
    ['sad', 2, 'sadness'],
    ['angry', 3, 'anger'],
  ] as const;
  return {
    manifest: TEXT_MANIFEST,
    assets: new Map([['tokenizer.json', TOKENIZER]]),
    run({ ids }) {
      const numbers = [...(ids?.data ?? [])].map(Number);
      seen.push(numbers);
      const logits = Float32Array.of(1, 0, 0, 0, 0, 0, 0);
      const present = new Float32Array(7);
      const fine = new Float32Array(28);
      const attention = new Float32Array(numbers.length).fill(0.01);
      for (const [word, label, name] of told) {
        const count = numbers.filter((number) => number === pieceNumber(word)).length;
        logits[label] = 3 * count;
        present[label] = count > 0 ? 0.5 + 0.1 * count : 0.1;
        fine[FINE_LABELS.indexOf(name)] = present[label] ?? 0;
        numbers.forEach((number, i) => {
          if (number === pieceNumber(word)) attention[i] = 0.3;
        });
      }
      const of = (data: Float32Array) => ({ data, shape: [1, data.length] });
      const affect = Float32Array.of((logits[1] ?? 0) > 0 ? 0.6 : -0.2, 0.1, 0);
      return Promise.resolve({ logits: of(logits), present: of(present), fine: of(fine), affect: of(affect), attention: of(attention) });
    },
  };
}
