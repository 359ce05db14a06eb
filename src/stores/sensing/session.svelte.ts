import type { AbsenceReason } from '../../core/emotion';
import { codeOf, type ErrorCode } from '../../core/errors';
import type { EpochMs, Milliseconds } from '../../core/units';
import { playScenario, type ScenarioId } from '../../modalities/scenarios';
import type { ModalityId } from '../../modalities/registry';
import type { OpenResult, PushResult } from '../../workers/emotionHandlers';
import type { FaceGeometry, NoticesContract, SenseState, SenseView, SessionContract, SettingsContract } from '../contracts';
import type { EmotionStore } from './emotion.svelte';
import type { LabStore } from './lab.svelte';
import { RateMeter } from './rateMeter';
import { runSense, type OpenSensor, type SenseHost } from './runSense';

/** Whoever looks after the devices of a sense and keeps what it learns. */
export interface SenseFollower {
  /** Its devices are simulated or recorded, so what it says is nobody's feeling now. */
  readonly isSimulated: boolean;
  /** Its frames were measured at another time than they are shown. */
  readonly isRecorded?: boolean;
  /** The sense is ready in its worker. */
  onOpened(): Promise<void>;
  onResult(result: PushResult): void;
  onEnd(): void;
}

interface Needs {
  readonly host: SenseHost;
  readonly openSensor: OpenSensor;
  readonly senses: readonly ModalityId[];
  /** Names of the models behind a sense, for the lab. */
  readonly modelsOf: (id: ModalityId) => readonly string[];
  /** Bytes that switching on has still to load. */
  readonly measure: (id: ModalityId) => Promise<number>;
  readonly listCameras: () => Promise<SessionContract['cameras']>;
  readonly settings: SettingsContract;
  readonly emotion: EmotionStore;
  readonly followers?: Partial<Readonly<Record<ModalityId, SenseFollower>>>;
  readonly lab: LabStore;
  readonly notices: NoticesContract;
  readonly now: () => EpochMs;
  /** Seed of the next simulated listener. */
  readonly seed: () => number;
  /** Told when a sensor went off. */
  readonly onRest?: () => void;
}

const SIMULATION_STEP_MS: Milliseconds = 250;
/** The simulated listener goes through these, one after the other, and around. */
const DEMO_DAY: readonly ScenarioId[] = ['happyMorning', 'lowAfternoon', 'angryCommute', 'calmEvening'];
const SCENARIO_LASTS_MS: Milliseconds = 240_000;
/** Trying again cannot help: the build or the browser lacks it. */
const FINAL: readonly ErrorCode[] = ['sensor/unsupported', 'model/unavailable', 'model/manifest-invalid', 'model/self-test-failed'];

const OFF: SenseState = { kind: 'off' };

/** The sensors' life: what is on, why something is off, and what they see. Hands observations to the emotion store. */
export class SessionStore implements SessionContract {
  #views = $state.raw<ReadonlyMap<ModalityId, SenseView>>(new Map());
  #cameras = $state.raw<SessionContract['cameras']>([]);
  #previewStream = $state.raw<MediaStream | null>(null);
  #faceGeometry = $state.raw<FaceGeometry | null>(null);
  #isSimulated = $state(false);
  readonly #running = new Map<ModalityId, AbortController>();
  readonly #rates = new Map<ModalityId, RateMeter>();
  #simulation: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly needs: Needs) {
    const blank = (id: ModalityId): SenseView => ({ id, state: OFF, bytesToLoad: 0, observation: null, framesPerSecond: 0 });
    this.#views = new Map(needs.senses.map((id) => [id, blank(id)]));
  }

  readonly senses = $derived([...this.#views.values()]);
  readonly isSensing = $derived(this.senses.some(({ state }) => state.kind === 'starting' || state.kind === 'live'));

  isOn(id: ModalityId): boolean {
    return this.#running.has(id);
  }

  get isSimulated(): boolean {
    return this.#isSimulated;
  }

  get cameras(): SessionContract['cameras'] {
    return this.#cameras;
  }

  get cameraId(): string | null {
    return this.needs.settings.value.cameraId;
  }

  get previewStream(): MediaStream | null {
    return this.#previewStream;
  }

  get faceGeometry(): FaceGeometry | null {
    return this.#faceGeometry;
  }

  /** Finds out what switching on would load, and which cameras there are. */
  async load(): Promise<void> {
    await Promise.all([this.refreshCameras(), ...this.needs.senses.map((id) => this.#measure(id))]);
  }

  async refreshCameras(): Promise<void> {
    this.#cameras = await this.needs.listCameras();
  }

  /** Resolves when the sense is live, or has failed or was stopped. Does nothing before the first-run notice was accepted. */
  start(id: ModalityId): Promise<void> {
    if (this.needs.settings.value.consentAt === null || this.#running.has(id)) return Promise.resolve();
    this.stopSimulation();
    this.#stopUnlike(id);
    const controller = new AbortController();
    this.#running.set(id, controller);
    this.#rates.set(id, new RateMeter());
    this.#setView(id, { state: { kind: 'loading', loadedBytes: 0, totalBytes: 0 }, observation: null });
    for (const model of this.needs.modelsOf(id)) this.needs.lab.noteModel(model, 'loading');
    return new Promise((resolve) => {
      controller.signal.addEventListener('abort', () => resolve());
      void this.#run(id, controller, resolve).then(resolve);
    });
  }

  stop(id: ModalityId): void {
    this.#running.get(id)?.abort();
    this.#end(id, OFF);
  }

  stopAll(): void {
    for (const id of [...this.#running.keys()]) this.stop(id);
    this.stopSimulation();
  }

  /** A live sense whose device gives nothing any more: it stays on, and says so. */
  silence(id: ModalityId, reason: AbsenceReason): void {
    const view = this.#views.get(id);
    if (view?.state.kind !== 'live' || (view.observation?.kind === 'absent' && view.observation.reason === reason)) return;
    const observation = { kind: 'absent', source: id, at: this.needs.now(), reason } as const;
    this.#setView(id, { observation });
    this.needs.emotion.accept(observation, this.#isSimulatedSense(id));
  }

  async chooseCamera(id: string): Promise<void> {
    await this.needs.settings.update({ cameraId: id });
    await this.restart('face');
  }

  /** Off and on again, for a device that opens with other settings; nothing while it is off. */
  async restart(id: ModalityId): Promise<void> {
    if (!this.#running.has(id)) return;
    this.stop(id);
    await this.start(id);
  }

  /** Real sensors go off: a simulated listener and a real one are never mixed. */
  startSimulation(): void {
    if (this.#isSimulated) return;
    this.stopAll();
    this.needs.emotion.clear();
    this.#isSimulated = true;
    const seed = this.needs.seed();
    const begunAt = this.needs.now();
    let scenario = -1;
    let story: ReturnType<typeof playScenario> | null = null;
    this.#simulation = setInterval(() => {
      const now = this.needs.now();
      const index = Math.floor((now - begunAt) / SCENARIO_LASTS_MS);
      if (!story || index !== scenario) {
        scenario = index;
        const id = DEMO_DAY[index % DEMO_DAY.length] ?? 'happyMorning';
        story = playScenario(id, { seed: seed + index, startAt: now, everyMs: SIMULATION_STEP_MS });
      }
      // The page's timers slow down when it is hidden; what is said is said now.
      const said = story.next().value;
      this.needs.emotion.accept(
        said.kind === 'estimate' ? { ...said, estimate: { ...said.estimate, at: now } } : { ...said, at: now },
        true,
      );
    }, SIMULATION_STEP_MS);
  }

  stopSimulation(): void {
    if (!this.#isSimulated) return;
    clearInterval(this.#simulation);
    this.#isSimulated = false;
    this.needs.emotion.clear();
  }

  async #run(id: ModalityId, controller: AbortController, onLive: () => void): Promise<void> {
    const { host, openSensor } = this.needs;
    const isCurrent = () => this.#running.get(id) === controller;
    try {
      await runSense({
        id,
        host,
        openSensor,
        signal: controller.signal,
        onProgress: ({ loadedBytes, totalBytes }) => {
          if (isCurrent()) this.#setView(id, { state: { kind: 'loading', loadedBytes, totalBytes } });
        },
        onOpened: (result) => {
          if (isCurrent()) this.#opened(id, result);
        },
        onDevice: (stream) => {
          if (!isCurrent()) return;
          this.#previewStream = stream;
          void this.refreshCameras();
        },
        onResult: (result) => {
          if (!isCurrent()) return;
          this.#accept(id, this.needs.followers?.[id]?.isRecorded ? asPresent(result, this.needs.now()) : result);
          onLive();
        },
      });
      if (isCurrent()) this.#end(id, OFF);
    } catch (error) {
      if (isCurrent()) this.#fail(id, codeOf(error));
    }
  }

  #isSimulatedSense(id: ModalityId): boolean {
    return this.needs.followers?.[id]?.isSimulated ?? false;
  }

  /** What a simulated device says and what a real one says are never mixed. */
  #stopUnlike(id: ModalityId): void {
    const unlike = [...this.#running.keys()].filter((other) => this.#isSimulatedSense(other) !== this.#isSimulatedSense(id));
    for (const other of unlike) this.stop(other);
    if (this.needs.emotion.latest && this.needs.emotion.latest.simulated !== this.#isSimulatedSense(id)) this.needs.emotion.clear();
  }

  #opened(id: ModalityId, { models }: OpenResult): void {
    void this.needs.followers?.[id]?.onOpened();
    this.#setView(id, { state: { kind: 'starting' }, bytesToLoad: 0 });
    for (const { name, backend } of models) this.needs.lab.noteModel(name, { backend });
  }

  #accept(id: ModalityId, result: PushResult): void {
    const { observation, geometry, stages } = result;
    this.needs.followers?.[id]?.onResult(result);
    const framesPerSecond = this.#rates.get(id)?.count(this.needs.now()) ?? 0;
    this.#setView(id, { state: { kind: 'live' }, framesPerSecond, ...(observation && { observation }) });
    if (geometry) this.#faceGeometry = geometry;
    this.needs.lab.record(stages, id);
    if (observation) this.needs.emotion.accept(observation, this.#isSimulatedSense(id));
  }

  /** One notice; the other senses live on. */
  #fail(id: ModalityId, code: ErrorCode): void {
    const retriable = !FINAL.includes(code);
    this.#end(id, { kind: 'failed', code, retriable });
    if (code.startsWith('model/')) for (const model of this.needs.modelsOf(id)) this.needs.lab.noteModel(model, { failure: code });
    // A worker that gave up starts afresh only after it was stopped.
    if (code === 'worker/crashed' && this.#running.size === 0) this.needs.host.stop();
    this.needs.notices.problem(code, retriable ? { action: { key: 'retry', run: () => void this.start(id) } } : {});
  }

  #end(id: ModalityId, state: SenseState): void {
    this.#running.delete(id);
    this.#rates.delete(id);
    this.#setView(id, { state, observation: null, framesPerSecond: 0 });
    if (id === 'face') {
      this.#previewStream = null;
      this.#faceGeometry = null;
    }
    this.needs.emotion.forget(id);
    this.needs.followers?.[id]?.onEnd();
    this.needs.onRest?.();
  }

  #setView(id: ModalityId, change: Partial<SenseView>): void {
    const before = this.#views.get(id);
    if (before) this.#views = new Map(this.#views).set(id, { ...before, ...change });
  }

  async #measure(id: ModalityId): Promise<void> {
    try {
      this.#setView(id, { bytesToLoad: await this.needs.measure(id) });
    } catch (error) {
      // Offline, or a build without the model: switching on will say which.
      this.#setView(id, { bytesToLoad: 0 });
      if (!codeOf(error).startsWith('model/')) throw error;
    }
  }
}

/** A recording says now what it said then; how long ago that was is no latency. */
function asPresent(result: PushResult, now: EpochMs): PushResult {
  const { observation, stages, took } = result;
  const said: PushResult['observation'] =
    observation?.kind === 'estimate'
      ? { ...observation, estimate: { ...observation.estimate, at: now, latencyMs: took } }
      : observation && { ...observation, at: now };
  return { ...result, observation: said, stages: { ...stages, total: took } };
}
