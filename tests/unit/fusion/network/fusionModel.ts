import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Emotion, EmotionEstimate } from '../../../../src/core/emotion';
import { EMOTIONS } from '../../../../src/core/emotion';
import type { EstimateId } from '../../../../src/core/units';
import { createNetwork } from '../../../../src/fusion/network/network';
import { readWeights } from '../../../../src/fusion/network/weights';
import { ROOT } from '../../../support/sourceTree';

const FOLDER = join(ROOT, 'models/fusion');

export const fusionFiles = () => ({
  description: readFileSync(join(FOLDER, 'model.json'), 'utf8'),
  weights: new Uint8Array(readFileSync(join(FOLDER, 'weights.bin'))),
});

/** The network that ships. */
export function openShipped() {
  const { description, weights } = fusionFiles();
  return createNetwork(readWeights(description, weights));
}

export interface GoldenSense {
  readonly probabilities: readonly number[];
  readonly affect: readonly [number, number, number, number];
  readonly confidence: number;
  readonly quality: number;
  readonly freshness: number;
  readonly features: readonly number[];
  readonly evidence: number;
}

export interface GoldenRow {
  readonly senses: Readonly<Record<string, GoldenSense>>;
  readonly correction: readonly number[];
  readonly gates: readonly number[];
  readonly attention: readonly number[];
  readonly early: readonly number[];
  readonly logits: Readonly<Record<'attention' | 'early' | 'late', readonly number[]>>;
}

/** What PyTorch makes of real clips. */
export const goldenRows = (): readonly GoldenRow[] =>
  (JSON.parse(readFileSync(join(ROOT, 'tests/golden/fusion-network.json'), 'utf8')) as { readonly rows: readonly GoldenRow[] }).rows;

/** The estimate that a golden sense stands for, said at `at`. */
export function estimateFrom(source: string, sense: GoldenSense, at: number): EmotionEstimate {
  const [valence, arousal, valenceSd, arousalSd] = sense.affect;
  return {
    id: `${source}-${at}` as EstimateId,
    source,
    at,
    windowMs: 0,
    probabilities: Object.fromEntries(EMOTIONS.map((e, k) => [e, sense.probabilities[k]])) as Record<Emotion, number>,
    affect: { valence, arousal, valenceSd, arousalSd },
    confidence: sense.confidence,
    signalQuality: sense.quality,
    latencyMs: 1,
    models: [],
  };
}
