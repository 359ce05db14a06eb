import { EMOTIONS } from '../../core/emotion';
import { NOTHING } from '../distribution';
import type { Answer } from './attention';
import type { FusionNetwork } from './network';
import { ENCODED, FEATURES, type Token } from './token';

interface Tensor {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** Inputs of the graph model for n moments. */
export interface GraphInputs {
  /** [n, 3, 15] */
  readonly tokens: Tensor;
  /** [n, 3] */
  readonly evidence: Tensor;
}

/** Its outputs: corrections of both networks [n, 7], gates and attention [n, 3]. */
export type GraphOutputs = Readonly<Record<'correction' | 'gates' | 'attention' | 'early', Tensor>>;

const SENSES = ENCODED.length;
const CLASSES = EMOTIONS.length;

/** @returns the tokens of each moment as the graph model takes them, zeros for an absent sense */
export function graphInputs(moments: readonly (readonly Token[])[]): GraphInputs {
  const tokens = new Float32Array(moments.length * SENSES * FEATURES);
  const evidence = new Float32Array(moments.length * SENSES);
  moments.forEach((moment, row) => {
    ENCODED.forEach((source, sense) => {
      const token = moment.find((one) => one.source === source);
      if (!token) return;
      tokens.set(token.features, (row * SENSES + sense) * FEATURES);
      evidence[row * SENSES + sense] = token.evidence;
    });
  });
  return {
    tokens: { data: tokens, shape: [moments.length, SENSES, FEATURES] },
    evidence: { data: evidence, shape: [moments.length, SENSES] },
  };
}

const rowOf = ({ data }: Tensor, row: number, size: number): number[] => Array.from(data.subarray(row * size, (row + 1) * size));

/** @returns for each moment what the graph's outputs say, as the networks of this room would */
export function graphAnswers(
  { evidence }: GraphInputs,
  outputs: GraphOutputs,
): readonly { readonly attention: Answer; readonly early: Answer }[] {
  return Array.from({ length: evidence.shape[0] ?? 0 }, (_, row) => {
    const there = rowOf(evidence, row, SENSES);
    const total = there.reduce((a, b) => a + b, 0);
    const known = (values: readonly number[]) =>
      new Map(ENCODED.flatMap((s, m) => ((there[m] ?? 0) > 0 ? [[s, values[m] ?? 0] as const] : [])));
    return {
      attention: {
        correction: rowOf(outputs.correction, row, CLASSES),
        gates: known(rowOf(outputs.gates, row, SENSES)),
        attention: known(rowOf(outputs.attention, row, SENSES)),
      },
      early: {
        correction: total > 0 ? rowOf(outputs.early, row, CLASSES) : NOTHING,
        gates: known([]),
        attention: known(there.map((value) => value / total)),
      },
    };
  });
}

/** Everything of a token that the networks read; its own log-probabilities and freshness are the caller's. */
function tokensFrom({ tokens, evidence }: GraphInputs, row: number): readonly Token[] {
  return ENCODED.map((source, sense) => ({
    source,
    features: rowOf(tokens, row * SENSES + sense, FEATURES),
    logs: NOTHING,
    evidence: evidence.data[row * SENSES + sense] ?? 0,
    freshness: 1,
  }));
}

/** The written-out networks in the place of the graph: same inputs, same outputs. */
export function runWrittenOut({ attention, early }: FusionNetwork, inputs: GraphInputs): GraphOutputs {
  const moments = Array.from({ length: inputs.evidence.shape[0] ?? 0 }, (_, row) => tokensFrom(inputs, row));
  const answers = moments.map((tokens) => ({ attention: attention(tokens), early: early(tokens) }));
  const table = (size: number, pick: (answer: (typeof answers)[number]) => readonly number[]): Tensor => ({
    data: Float32Array.from(answers.flatMap(pick)),
    shape: [answers.length, size],
  });
  const bySense = (values: ReadonlyMap<string, number>) => ENCODED.map((source) => values.get(source) ?? 0);
  return {
    correction: table(CLASSES, (answer) => answer.attention.correction),
    gates: table(SENSES, (answer) => bySense(answer.attention.gates)),
    attention: table(SENSES, (answer) => bySense(answer.attention.attention)),
    early: table(CLASSES, (answer) => answer.early.correction),
  };
}
