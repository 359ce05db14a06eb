import { expect, test } from 'vitest';
import { fetchManifest, loadModel } from '../../src/ml/loadModel';
import { tfjsCandidates } from '../../src/ml/backend/tfjs';
import { hasWebgpu } from '../../src/ml/backend/webgpu';

const FOLDER = new URL('/tests/fixtures/models/tiny-graph/', location.origin).href;
/** Three runtimes are compiled, on a busy machine for long. */
const PATIENCE_MS = 120_000;
const INPUT = { x: { data: Float32Array.of(1, 2, 3, 4, -1, 0, 0.5, 2), shape: [2, 4] } };

async function candidates() {
  const manifest = await fetchManifest(FOLDER);
  const files = await Promise.all(
    manifest.files.map(async ({ path }) => [path, new Uint8Array(await (await fetch(FOLDER + path)).arrayBuffer())] as const),
  );
  return tfjsCandidates(manifest, new Map(files));
}

test(
  'a graph gives the same numbers on every backend, also when their runs alternate',
  async () => {
    const sessions = [];
    for (const candidate of await candidates()) sessions.push(await candidate.open());
    expect(sessions.map(({ backend }) => backend).slice(0, 2)).toEqual(['tfjs wasm', 'tfjs cpu']);
    const reference = (await loadModel(FOLDER.replace('tiny-graph', 'tiny'))).session;
    const wanted = (await reference.run(INPUT))['scores'];
    for (const session of [...sessions, ...sessions]) {
      const { scores } = await session.run(INPUT);
      expect(scores?.shape).toEqual([2, 3]);
      for (const [i, value] of Array.from(scores?.data as Float32Array).entries()) expect(value).toBeCloseTo(Number(wanted?.data[i]), 5);
    }
  },
  PATIENCE_MS,
);

test(
  'loadModel picks a backend by measuring and the self-test passes',
  async () => {
    const { session, measured } = await loadModel(FOLDER);
    expect(session.backend).toMatch(/^tfjs (wasm|cpu|webgpu)$/);
    for (const took of Object.values(measured)) expect(took).toBeGreaterThanOrEqual(0);
  },
  PATIENCE_MS,
);

test('a machine without a real graphics processor is not offered WebGPU', async () => {
  const names = (await candidates()).map(({ name }) => name);
  expect(names.includes('webgpu')).toBe(await hasWebgpu());
});
