import { expect, test } from 'vitest';
import { openTfjs, type TfjsBackend } from '../../src/ml/backend/tfjs';
import { fetchManifest, loadModel } from '../../src/ml/loadModel';
import { openSimilarity } from '../../src/ml/similarity';
import { openNetwork } from '../../src/stores/sensing/fusion/openNetwork';
import golden from '../golden/fusion-network.json';

const FOLDER = new URL('/models/fusion/', location.origin).href;
/** Runtimes are compiled, on a busy machine for long. */
const PATIENCE_MS = 120_000;
const SENSES = golden.senses;
const FEATURES = 15;

/** All golden clips in one batch. */
function batch() {
  const tokens = new Float32Array(golden.rows.length * SENSES.length * FEATURES);
  const evidence = new Float32Array(golden.rows.length * SENSES.length);
  golden.rows.forEach(({ senses }, row) => {
    for (const [source, sense] of Object.entries(senses)) {
      const place = row * SENSES.length + SENSES.indexOf(source);
      tokens.set(sense.features, place * FEATURES);
      evidence[place] = sense.evidence;
    }
  });
  return {
    tokens: { data: tokens, shape: [golden.rows.length, SENSES.length, FEATURES] },
    evidence: { data: evidence, shape: [golden.rows.length, SENSES.length] },
  };
}

async function worstOn(backend: TfjsBackend): Promise<number> {
  const manifest = await fetchManifest(FOLDER);
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const { path } of manifest.files) files.set(path, new Uint8Array(await (await fetch(FOLDER + path)).arrayBuffer()));
  const session = await openTfjs(backend, manifest, files);
  const outputs = await session.run(batch());
  await session.release();
  const differences = (['correction', 'gates', 'attention', 'early'] as const).flatMap((name) => {
    const wanted = golden.rows.flatMap((row) => row[name]);
    expect(outputs[name]?.data).toHaveLength(wanted.length);
    return wanted.map((value, i) => Math.abs(value - Number(outputs[name]?.data[i])));
  });
  return Math.max(...differences);
}

test.each(['wasm', 'cpu'] as const)(
  'the fusion graph computes on tfjs %s what PyTorch computes',
  async (backend) => {
    expect(await worstOn(backend)).toBeLessThan(1e-4);
  },
  PATIENCE_MS,
);

test(
  'a batch on WebGPU, where there is an adapter, is the same within a thousandth',
  async ({ skip }) => {
    const adapter = await (navigator as { gpu?: { requestAdapter(): Promise<unknown> } }).gpu?.requestAdapter();
    if (!adapter) return skip('no WebGPU adapter in this browser');
    expect(await worstOn('webgpu')).toBeLessThan(1e-3);
  },
  PATIENCE_MS,
);

test(
  'the measured choice is the written-out network, which passes the same self-test',
  async () => {
    const network = await openNetwork(FOLDER);
    expect(network?.placeAmongSongs(0.5, 0.5)).toHaveLength(64);
    const { session } = await loadModel(FOLDER);
    expect(session.backend).toMatch(/^tfjs /);
  },
  PATIENCE_MS,
);

test('a build without the model has no network', async () => {
  expect(await openNetwork(new URL('/models/no-such-model/', location.origin).href)).toBeNull();
});

test.each(['wasm', 'cpu'] as const)('songs are ranked on tfjs %s as in plain loops', async (backend) => {
  const vectors = Float32Array.from({ length: 50 * 64 }, (_, i) => Math.sin(i * i) / 8);
  const wanted = vectors.slice(0, 64);
  const table = await openSimilarity(backend, vectors, 64);
  const scores = await table.scores(wanted);
  table.release();
  scores.forEach((score, row) => {
    const exact = vectors.subarray(row * 64, (row + 1) * 64).reduce((sum, x, k) => sum + x * (wanted[k] ?? 0), 0);
    expect(score).toBeCloseTo(exact, 4);
  });
});
