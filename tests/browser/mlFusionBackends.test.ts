import { expect, test } from 'vitest';
import { EMOTIONS, type EmotionEstimate } from '../../src/core/emotion';
import type { EstimateId } from '../../src/core/units';
import { fromSeven, softmax, topOf } from '../../src/fusion/distribution';
import type { FusionNetwork } from '../../src/fusion/network/network';
import { graphAnswers, graphInputs, type GraphOutputs } from '../../src/fusion/network/tensors';
import { tokenOf } from '../../src/fusion/network/token';
import { gatherEvidence, hear, totalOf } from '../../src/fusion/senses/evidence';
import { openTfjs, startTfjs, type TfjsBackend } from '../../src/ml/backend/tfjs';
import { fetchManifest } from '../../src/ml/loadModel';
import { openSimilarity } from '../../src/ml/similarity';
import { openNetwork } from '../../src/stores/sensing/fusion/openNetwork';
import golden from '../golden/fusion-network.json';

const FOLDER = new URL('/models/fusion/', location.origin).href;
/** Runtimes are compiled, on a busy machine for long. */
const PATIENCE_MS = 120_000;
const NOW = 1_000_000;
const LEARNED = ['attention', 'hybrid', 'early'] as const;
const BACKENDS: readonly (readonly [TfjsBackend, number])[] = [
  ['wasm', 1e-4],
  ['cpu', 1e-4],
  ['webgpu', 1e-3],
];

interface GoldenSense {
  readonly probabilities: readonly number[];
  readonly affect: readonly number[];
  readonly confidence: number;
  readonly quality: number;
}

function estimateFrom(source: string, { probabilities, affect, confidence, quality }: GoldenSense): EmotionEstimate {
  const [valence = 0, arousal = 0, valenceSd = 1, arousalSd = 1] = affect;
  return {
    id: `${source}-${NOW}` as EstimateId,
    source,
    at: NOW,
    windowMs: 0,
    probabilities: fromSeven(probabilities),
    affect: { valence, arousal, valenceSd, arousalSd },
    confidence,
    signalQuality: quality,
    latencyMs: 0,
    models: [],
  };
}

/** Real clips of the senses that go through the network (texts enter behind it), and each of them again with one of its senses alone. */
const moments = golden.rows.flatMap(({ senses: { face, voice } }) => {
  const all = Object.entries({ face, voice }).flatMap(([source, sense]) => (sense ? [estimateFrom(source, sense)] : []));
  return [all, ...all.map((one) => [one])];
});

const isThere = async (backend: TfjsBackend): Promise<boolean> => {
  if (backend !== 'webgpu') return true;
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<unknown> } };
  return !!(await gpu?.requestAdapter());
};

/** The networks' answers to each moment as a backend of TensorFlow.js gives them. */
async function answersOn(backend: TfjsBackend) {
  const manifest = await fetchManifest(FOLDER);
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const { path } of manifest.files) files.set(path, new Uint8Array(await (await fetch(FOLDER + path)).arrayBuffer()));
  const session = await openTfjs(backend, manifest, files);
  const inputs = graphInputs(moments.map((moment) => moment.map((estimate) => tokenOf(estimate, NOW))));
  const answers = graphAnswers(inputs, (await session.run({ ...inputs })) as unknown as GraphOutputs);
  await session.release();
  return answers;
}

test.for(BACKENDS)(
  'what the senses together say is the same on tfjs %s as in the written-out networks, for every learned kind',
  { timeout: PATIENCE_MS },
  async ([backend, tolerance], { skip }) => {
    if (!(await isThere(backend))) return skip('no WebGPU adapter in this browser');
    const network = await openNetwork(FOLDER);
    if (!network) throw new Error('no network');
    const answers = await answersOn(backend);
    expect(answers).toHaveLength(moments.length);
    answers.forEach(({ attention, early }, i) => {
      const heard = hear(moments[i] ?? [], NOW);
      const told: FusionNetwork = { ...network, attention: () => attention, early: () => early };
      for (const kind of LEARNED) {
        const [wanted, got] = [network, told].map((one) => softmax(totalOf(gatherEvidence(heard, kind, one))));
        EMOTIONS.forEach((_, k) => expect(Math.abs((got?.[k] ?? NaN) - (wanted?.[k] ?? NaN))).toBeLessThan(tolerance));
        // A tie between two emotions may fall either way within the tolerance.
        expect((got?.[topOf(wanted ?? [])] ?? 0) + 2 * tolerance).toBeGreaterThan(Math.max(...(got ?? [])));
      }
    });
  },
);

test.for(BACKENDS)(
  'running the graph and ranking songs on tfjs %s leaves no tensors behind',
  { timeout: PATIENCE_MS },
  async ([backend], { skip }) => {
    if (!(await isThere(backend))) return skip('no WebGPU adapter in this browser');
    const tf = await startTfjs(backend);
    const before = tf.memory().numTensors;
    for (let i = 0; i < 3; i++) {
      await answersOn(backend);
      const table = await openSimilarity(backend, new Float32Array(640).fill(0.125), 64);
      const scores = await table.scores(new Float32Array(64).fill(0.125));
      expect(scores[9]).toBeCloseTo(1, 3);
      table.release();
    }
    expect(tf.memory().numTensors).toBe(before);
  },
);
