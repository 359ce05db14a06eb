import { affectOf } from '../../src/core/circumplex';
import { EMOTIONS, type EmotionEstimate } from '../../src/core/emotion';
import { DEFAULT_FUSION } from '../../src/core/fusion';
import { gaussian, seededRandom } from '../../src/core/random';
import type { EstimateId } from '../../src/core/units';
import { fromSeven, softmax } from '../../src/fusion/distribution';
import { fuseMoment, type Fused } from '../../src/fusion/fuse';
import type { Remembered } from '../../src/fusion/memory';
import type { FusionNetwork } from '../../src/fusion/network/network';
import { graphInputs, runWrittenOut, type GraphOutputs } from '../../src/fusion/network/tensors';
import { tokenOf } from '../../src/fusion/network/token';
import { smoothEstimate } from '../../src/fusion/smooth';
import { openTfjs, startTfjs } from '../../src/ml/backend/tfjs';
import type { OpenSession } from '../../src/ml/backend/backendChoice';
import { fetchManifest } from '../../src/ml/loadModel';
import { openSimilarity, type Similarity } from '../../src/ml/similarity';
import { FUSION_MODEL, openNetwork } from '../../src/stores/sensing/fusion/openNetwork';
import { spreadOf, type Spread } from '../page/spread';

/** How often each sense speaks in the app, ms; all of them are multiples of a tick. */
const EVERY = { face: 100, voice: 500, text: 120_000, physiology: 1000, context: 10_000 } as const;
const TICK_MS = 100;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const START = Date.UTC(2026, 0, 5, 8);
/** Songs are ranked anew after each, on average. */
const SONG_MS = 3 * MINUTE_MS;
const SONGS = 1000;
const DIMENSION = 64;
/** An emotion holds about so long, and a sense says nothing in so many of its turns. */
const DWELL_MS = 45_000;
const ABSENT = 0.1;

export interface HoursBench {
  readonly hours: number;
  readonly fusions: number;
  /** Of one act of fusion by the product's own code, in the first minute. */
  readonly fusion: Spread;
  /** TensorFlow.js's tensors: after everything ran once, and after each hour. */
  readonly tensors: readonly number[];
  /** Of the page after a collection, MB, at the same times. */
  readonly megabytes: readonly number[];
  /** Largest difference between the TensorFlow.js graph and the written-out networks, once a second. */
  readonly worst: number;
  readonly graph: string;
}

interface World {
  readonly network: FusionNetwork;
  readonly session: OpenSession;
  readonly songs: Similarity;
  readonly random: () => number;
  felt: number;
  estimates: Map<string, EmotionEstimate>;
  memory: readonly Remembered[];
  worst: number;
}

/** Everything that fusion does in so many hours with all senses on, as fast as it goes: the networks that ship, their graph, the ranking. */
export async function benchHours(hours: number): Promise<HoursBench> {
  const world = await createWorld();
  const tf = await startTfjs('wasm');
  const times: number[] = [];
  const [tensors, megabytes]: [number[], number[]] = [[], []];
  const look = () => {
    tensors.push(tf.memory().numTensors);
    megabytes.push(usedMegabytes());
  };
  try {
    for (let at = 0; at < hours * HOUR_MS; at += TICK_MS) {
      const took = tick(world, at);
      if (at < MINUTE_MS) times.push(...took); // what is kept for longer would pass for a leak
      if (at % 1000 === 0) await compare(world, at);
      if (at % SONG_MS === 0) await rank(world);
      if (at === MINUTE_MS || (at + TICK_MS) % HOUR_MS === 0) look();
    }
    const fusions = Object.values(EVERY).reduce((sum, every) => sum + (hours * HOUR_MS) / every, 0);
    return { hours, fusions, fusion: spreadOf(times), tensors, megabytes, worst: world.worst, graph: world.session.backend };
  } finally {
    world.songs.release();
    await world.session.release();
  }
}

async function createWorld(): Promise<World> {
  const folder = new URL(`models/${FUSION_MODEL}/`, document.baseURI).href;
  const [network, manifest] = await Promise.all([openNetwork(folder), fetchManifest(folder)]);
  if (!network) throw new RangeError('there is no fusion model here');
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const { path } of manifest.files) files.set(path, new Uint8Array(await (await fetch(folder + path)).arrayBuffer()));
  const random = seededRandom(1);
  const vectors = Float32Array.from({ length: SONGS * DIMENSION }, () => gaussian(random) / Math.sqrt(DIMENSION));
  const [session, songs] = [await openTfjs('wasm', manifest, files), await openSimilarity('wasm', vectors, DIMENSION)];
  return { network, session, songs, random, felt: 0, estimates: new Map(), memory: [], worst: 0 };
}

/** A sense's word about what is felt, in log-odds with noise. */
function speak({ felt, random }: World, source: string, at: number): EmotionEstimate {
  const p = softmax(EMOTIONS.map((_, k) => (k === felt ? 1.5 : 0) + gaussian(random)));
  const probabilities = fromSeven(p);
  return {
    id: `${source}-${at}` as EstimateId,
    source,
    at: START + at,
    windowMs: 1000,
    probabilities,
    affect: affectOf(probabilities),
    confidence: Math.max(...p),
    signalQuality: Math.min(1, Math.abs(0.7 + 0.2 * gaussian(random))),
    latencyMs: 20,
    models: [],
  };
}

/** Whoever's turn it is speaks, and all is fused again after each. @returns ms of each act of fusion */
function tick(world: World, at: number): readonly number[] {
  if (world.random() < TICK_MS / DWELL_MS) world.felt = Math.floor(world.random() * EMOTIONS.length);
  return Object.entries(EVERY).flatMap(([source, every]) => {
    if (at % every !== 0) return [];
    if (world.random() >= ABSENT) {
      const word = speak(world, source, at);
      world.estimates = new Map(world.estimates).set(source, smoothEstimate(world.estimates.get(source) ?? null, word));
    }
    const from = performance.now();
    const fused = fuse(world, at);
    world.memory = fused?.memory ?? [];
    return [performance.now() - from];
  });
}

function fuse({ network, estimates, memory }: World, at: number): Fused | null {
  const moment = { now: START + at, simulated: false, estimates: [...estimates.values()], silent: new Map() };
  return fuseMoment(moment, { kind: DEFAULT_FUSION, network, leftOut: new Set(), calibration: null, memory });
}

async function compare(world: World, at: number): Promise<void> {
  const tokens = [...world.estimates.values()].map((estimate) => tokenOf(estimate, START + at));
  const inputs = graphInputs([tokens]);
  const wanted = runWrittenOut(world.network, inputs);
  const got = (await world.session.run({ ...inputs })) as unknown as GraphOutputs;
  for (const name of ['correction', 'gates', 'attention', 'early'] as const) {
    wanted[name].data.forEach((value, i) => (world.worst = Math.max(world.worst, Math.abs(value - (got[name].data[i] ?? NaN)))));
  }
}

async function rank(world: World): Promise<void> {
  await world.songs.scores(world.network.placeAmongSongs(2 * world.random() - 1, 2 * world.random() - 1));
}

/** Chromium only, with precise figures and a collector that can be called; NaN elsewhere. */
function usedMegabytes(): number {
  (globalThis as { gc?: () => void }).gc?.();
  const { memory } = performance as { memory?: { readonly usedJSHeapSize: number } };
  return Math.round((memory?.usedJSHeapSize ?? NaN) / 1e4) / 100;
}
