import { codeOf, type ErrorCode } from '../../../core/errors';
import { DEFAULT_FUSION, type FusedState, type FusionKind, type PersonalCalibration } from '../../../core/fusion';
import type { CorrectionEvidence, FeedbackEvent } from '../../../core/music';
import type { EpochMs } from '../../../core/units';
import { fuseMoment, type Fused } from '../../../fusion/fuse';
import type { Remembered } from '../../../fusion/memory';
import type { FusionNetwork } from '../../../fusion/network/network';
import { calibrationOf } from '../../../fusion/personal/calibration';
import { replayCorrections } from '../../../fusion/personal/replay';
import type { Moment } from '../../../fusion/senses/parts';
import type { SettingsContract } from '../../contracts';
import type { FusionContract, PersonalGain } from './fusionContract';

interface Needs {
  readonly settings: SettingsContract;
  readonly log: { readonly events: readonly FeedbackEvent[] };
  readonly now: () => EpochMs;
  /** Fetches the network when something is first to be fused; null in a build without it. */
  readonly open?: () => Promise<FusionNetwork | null>;
  /** Told how that went, for the lab. */
  readonly onOpened?: (result: 'loading' | 'ready' | ErrorCode) => void;
  /** Told when the next act of fusion would come out otherwise. */
  readonly onChanged?: () => void;
}

/** How the senses become one estimate: the kind, the network, what the lab leaves out, and what the user's own words taught. */
export class FusionStore implements FusionContract {
  #state = $state.raw<FusedState | null>(null);
  #network = $state.raw<FusionNetwork | null>(null);
  #networkState = $state<FusionContract['network']>('missing');
  #isAsked = false;
  #leftOut = $state.raw<ReadonlySet<string>>(new Set());
  #memory: readonly Remembered[] = [];
  #evidence: CorrectionEvidence | null = null;
  readonly #since = $derived.by(() => this.needs.settings.value.calibrationSince ?? -Infinity);
  readonly #learned = $derived.by(() => calibrationOf(this.needs.log.events, this.#since));
  readonly gain: PersonalGain | null = $derived.by(() => replayCorrections(this.needs.log.events, this.#since));

  constructor(private readonly needs: Needs) {}

  get state(): FusedState | null {
    return this.#state;
  }

  get kind(): FusionKind {
    return this.needs.settings.value.fusionKind ?? DEFAULT_FUSION;
  }

  get network(): FusionContract['network'] {
    return this.#networkState;
  }

  get leftOut(): ReadonlySet<string> {
    return this.#leftOut;
  }

  get isLearning(): boolean {
    return this.needs.settings.value.learnCorrections;
  }

  get calibration(): PersonalCalibration | null {
    return this.isLearning ? this.#learned : null;
  }

  /** What a correction at this moment may learn from; null before anything was said. */
  get evidence(): CorrectionEvidence | null {
    return this.#evidence;
  }

  setKind(kind: FusionKind): void {
    // What another kind remembered is in another scale.
    this.#memory = [];
    void this.needs.settings.update({ fusionKind: kind });
    this.needs.onChanged?.();
  }

  setLeftOut(source: string, isOut: boolean): void {
    const rest = [...this.#leftOut].filter((other) => other !== source);
    this.#leftOut = new Set(isOut ? [...rest, source] : rest);
    this.needs.onChanged?.();
  }

  setLearning(isOn: boolean): void {
    void this.needs.settings.update({ learnCorrections: isOn });
    this.needs.onChanged?.();
  }

  forgetCalibration(): void {
    void this.needs.settings.update({ calibrationSince: this.needs.now() });
    this.needs.onChanged?.();
  }

  fuse(moment: Moment): FusedState | null {
    if (!this.#isAsked) void this.#openNetwork();
    const manner = { kind: this.kind, network: this.#network, leftOut: this.#leftOut, calibration: this.calibration, memory: this.#memory };
    const fused: Fused | null = fuseMoment(moment, manner);
    this.#state = fused?.state ?? null;
    this.#evidence = fused?.evidence ?? null;
    if (fused) this.#memory = fused.memory;
    return this.#state;
  }

  /** Another listener: nothing of the one before may speak. */
  clear(): void {
    this.#state = null;
    this.#evidence = null;
    this.#memory = [];
  }

  /** A broken model costs nothing but what it would have added: the late kind goes on. */
  async #openNetwork(): Promise<void> {
    this.#isAsked = true;
    const { open, onOpened, onChanged } = this.needs;
    if (!open) return;
    this.#networkState = 'loading';
    onOpened?.('loading');
    try {
      this.#network = await open();
      if (this.#network) onOpened?.('ready');
    } catch (error) {
      onOpened?.(codeOf(error));
    }
    this.#networkState = this.#network ? 'ready' : 'missing';
    onChanged?.();
  }
}
